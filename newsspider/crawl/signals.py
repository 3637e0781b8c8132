"""Signals of newsspider: what the parts of a crawl tell each other."""

from typing import Final

#: A visit is in the store, synced: it counts from now on.
#: Sent with `visit` (items.Visit) and `record` (items.Record, or None when no line was written).
visit_acknowledged: Final = object()
