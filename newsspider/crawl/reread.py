"""Reads an archived page anew with today's rules, so that an upgrade makes no false corrections."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from newsspider.items import Record
from newsspider.reextract.reading import reread
from newsspider.reextract.site import Site
from newsspider.store.draft import bounded
from newsspider.store.identity import digest


@dataclass(frozen=True, slots=True)
class Rereader:
    """Given a stored record, the digest of what today's extractor makes of its raw pages, or None."""

    archive_dir: Path
    site_of: Callable[[str], Site | None]

    def __call__(self, record: Record) -> str | None:
        """Return None where a raw page is gone, damaged or gives no article any more."""
        article = reread(record, self.archive_dir, self.site_of(record.site))
        return None if article is None else digest(bounded(article))
