"""Scrapy signals of newsspider's own."""

from typing import Final

#: Sent after a visit is on the disk, with `visit` and `record` (None unless something was stored).
visit_acknowledged: Final = object()
