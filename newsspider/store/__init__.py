"""The store: exactly once, whole lines, nothing acknowledged lost (docs/promises.md)."""
