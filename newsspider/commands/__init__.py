"""One thin class a command."""
