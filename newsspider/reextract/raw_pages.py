"""Raw pages from WARC files of others, taken into the archive before the articles that point to them."""

from pathlib import Path
from typing import Final

from newsspider.archive.exchange import Exchange
from newsspider.archive.reader import StoredResponse, load
from newsspider.archive.writer import Archive
from newsspider.items import Record, WarcRef
from newsspider.reextract.reading import moment

_ROOT: Final = Path("/")  # what whole paths are relative to


class RawPages:
    """Answers where the raw pages of an accepted article lie: in the archive, or nowhere.

    A file of others may be moved or deleted tomorrow, and no archive command reads it.
    """

    def __init__(self, root: Path, *, run: str, max_bytes: int, enabled: bool) -> None:
        """Write to the archive `root` once there is something to write; `enabled` is ARCHIVE_ENABLED."""
        self._root = root
        self._run = run
        self._max_bytes = max_bytes
        self._enabled = enabled
        self._archive: Archive | None = None

    def of(self, record: Record) -> tuple[WarcRef, ...]:
        """Return references into the archive. Raises DamagedRecord where a page of others is gone."""
        if not any(is_foreign(ref) for ref in record.warc):
            return record.warc
        if not self._enabled:
            return ()
        if self._archive is None:
            self._archive = Archive.open(self._root, run=self._run, max_bytes=self._max_bytes)
        return tuple(
            self._archive.append(_exchange(load(_ROOT, ref), record.site, ref)) if is_foreign(ref) else ref
            for ref in record.warc
        )

    def sync(self) -> None:
        """Return when all pages are on the disk."""
        if self._archive is not None:
            self._archive.sync()

    def close(self) -> None:
        """Finish the file. Safe to call again."""
        if self._archive is not None:
            self._archive.close()


def is_foreign(ref: WarcRef) -> bool:
    """Return whether a reference leads out of the archive: it is a whole path then."""
    return ref.file.startswith("/")


def _exchange(response: StoredResponse, site: str, ref: WarcRef) -> Exchange:
    return Exchange(
        url=response.url,
        at=moment(response.date),
        status=response.status,
        reason=response.reason,
        headers=response.headers,
        payload=response.payload,
        metadata={"site": site, "takenFrom": f"{ref.file}:{ref.offset}"},
    )
