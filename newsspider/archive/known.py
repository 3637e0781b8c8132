"""Which payloads the archive holds already: the index where there is one, a bounded memory where not."""

import logging
import sqlite3
from collections import OrderedDict
from pathlib import Path
from typing import Final

from newsspider.archive import places
from newsspider.archive.index import Capture, Index
from newsspider.disk import Disk

_log = logging.getLogger(__name__)

# 20,000 captures are about 10 MB.
_REMEMBERED: Final = 20_000


class Known:
    """Answers which capture holds a payload. An index that fails costs space, never a page."""

    def __init__(self, root: Path, io: Disk) -> None:
        self._root = root
        self._index: Index | None = None
        self._recent: OrderedDict[str, Capture] = OrderedDict()  # digest or URL -> capture
        self._present: set[str] = set()
        self._waiting: list[Capture] = []
        self._gap = False
        try:
            self._index = Index.open(root, io)
        except (sqlite3.Error, OSError) as error:
            self._without_index(error)

    def original(self, digest: str) -> Capture | None:
        """Return a response that holds the payload with this digest."""
        return self._still_there(self._recent.get(digest) or self._ask("original", digest))

    def latest(self, url: str) -> Capture | None:
        """Return the capture that holds the page which a URL gave last."""
        capture = self._recent.get(url) or self._ask("latest", url)
        if capture is not None and capture.kind == "revisit":
            return self.original(capture.digest or "")
        return self._still_there(capture)

    def add(self, capture: Capture) -> None:
        """Take in a capture that was just written."""
        self._waiting.append(capture)
        if len(self._waiting) > _REMEMBERED:
            self._waiting.clear()
            self._gap = True
        if capture.kind == "response" and capture.digest is not None:
            self._remember(capture.digest, capture)
        if capture.status == 200:  # noqa: PLR2004 (OK)
            self._remember(capture.url, capture)

    def synced(self, file: str, end: int, *, finished: bool = False) -> None:
        """Tell the index what is on the disk now."""
        if self._index is None:
            self._waiting.clear()
            return
        until = 0 if self._gap else end  # what was dropped has to be read from the file
        try:
            self._index.add(self._waiting, file=file, synced=until, complete=finished and not self._gap)
        except sqlite3.Error as error:
            _log.warning("the archive's index is behind: %s", error)
            return
        self._waiting.clear()
        if finished:
            self._gap = False

    def synced_until(self, file: str) -> int:
        """Return up to where a file was on the disk when last heard of; 0 where that is not known."""
        return 0 if self._index is None else self._index.synced(file)

    def cut(self, file: str, end: int) -> None:
        """Forget what lay behind `end` of a file."""
        if self._index is not None:
            try:
                self._index.forget(file, end)
            except sqlite3.Error as error:
                self._without_index(error)

    def close(self) -> None:
        """Close the index."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def _ask(self, question: str, key: str) -> Capture | None:
        if self._index is None:
            return None
        try:
            return self._index.original(key) if question == "original" else self._index.latest(key)
        except sqlite3.Error as error:
            self._without_index(error)
            return None

    def _remember(self, key: str, capture: Capture) -> None:
        self._recent[key] = capture
        while len(self._recent) > _REMEMBERED:
            self._recent.popitem(last=False)

    def _still_there(self, capture: Capture | None) -> Capture | None:
        if capture is None:
            return None
        # While a run writes nothing is removed: what was there once stays.
        if capture.file not in self._present and places.present(self._root, capture.file) is None:
            return None
        self._present.add(capture.file)
        return capture

    def _without_index(self, error: Exception) -> None:
        _log.warning("the archive's index cannot be used, payloads may be kept twice: %s", error)
        self.close()
