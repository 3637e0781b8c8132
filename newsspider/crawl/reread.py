"""Reads an archived page anew with today's rules, so that an upgrade makes no false corrections."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from newsspider.archive.reader import read_at
from newsspider.errors import NewsspiderError
from newsspider.extract.article import extract
from newsspider.extract.join import join
from newsspider.items import Record
from newsspider.page.document import Page
from newsspider.profile import SiteProfile
from newsspider.store.identity import digest


@dataclass(frozen=True, slots=True)
class Rereader:
    """Given a stored record, the digest of what today's extractor makes of its raw pages, or None."""

    archive_dir: Path
    profile_of: Callable[[str], SiteProfile | None]

    def __call__(self, record: Record) -> str | None:
        """Return None where a raw page is gone, damaged or gives no article any more."""
        articles = []
        for ref in record.warc:
            try:
                exchange = read_at(self.archive_dir / ref.file, ref.offset)
            except (NewsspiderError, OSError):
                return None
            content_type = exchange.header(b"content-type")
            page = Page.from_bytes(
                exchange.payload,
                url=exchange.url,
                content_type=content_type.decode("latin-1") if content_type else None,
            )
            extraction = extract(page, profile=self.profile_of(record.site))
            if extraction.article is None:
                return None
            articles.append(extraction.article)
        return digest(join(articles)) if articles else None
