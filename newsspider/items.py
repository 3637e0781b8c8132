"""What newsspider produces: articles, records and visits, frozen, refusing contradictions."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from msgspec import Struct

#: Version of the line format of records and visits. A field never changes its meaning.
SCHEMA: Final = 1

Precision = Literal["day", "minute", "second", "relative"]
Change = Literal["first", "corrected", "re-extracted"]
Via = Literal["start", "sitemap", "feed", "listing", "paging", "guess", "due", "page", "further", "request"]

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")  # 2023-03-29
# 2023-03-29T10:00:09+08:00, 2023-03-29T10:00+08:00
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})")
_ID: Final = re.compile(r"[0-9a-f]{32}")


class PageKind(StrEnum):
    """What a fetched page is."""

    ARTICLE = "article"
    LIST = "list"
    BLOCKED = "blocked"
    GONE = "gone"
    EMPTY = "empty"
    OTHER = "other"


class Outcome(StrEnum):
    """How a visit ended. Every fetch ends as exactly one of these."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    SAME_TEXT = "same_text"
    REPRINT = "reprint"
    LISTING = "listing"
    GONE = "gone"
    BLOCKED = "blocked"
    NOT_NEWS = "not_news"
    REFUSED = "refused"
    FAILED = "failed"


#: Outcomes that need no reason.
GOOD: Final = frozenset(
    {Outcome.STORED, Outcome.UNCHANGED, Outcome.SAME_TEXT, Outcome.REPRINT, Outcome.LISTING}
)
#: Outcomes of a page that gave an article.
GAVE_ARTICLE: Final = frozenset({Outcome.STORED, Outcome.UNCHANGED, Outcome.SAME_TEXT, Outcome.REPRINT})


class Related(Struct, frozen=True, kw_only=True):
    """A link to another article, as the page prints it."""

    group: str | None
    title: str
    url: str | None
    snippet: str | None = None


class Image(Struct, frozen=True, kw_only=True):
    """An image of the article and the caption printed with it."""

    url: str
    caption: str | None = None


class Evidence(Struct, frozen=True, kw_only=True):
    """Where the value of a field was found: the rule, the node's path, the text it was read from."""

    field: str
    rule: str
    node: str | None
    text: str


class Flag(Struct, frozen=True, kw_only=True):
    """A field whose value is doubtful, and why."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an article's page says. Pure: the same bytes give the same article.

    `published_at` is `YYYY-MM-DD` where only a day is known, else ISO 8601 with offset;
    `body` is plain text, paragraphs joined by one blank line. A value that the page does not
    give is None or empty, never a guess.
    """

    url: str | None
    title: str
    published_at: str | None = None
    published_precision: Precision | None = None
    source: str | None = None
    body: str = ""
    related: tuple[Related, ...] = ()
    channel: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    lang: str | None = None
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[Flag, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a time that contradicts its precision."""
        if (self.published_at is None) != (self.published_precision is None):
            raise ValueError("published_at and published_precision go together")
        if self.published_at is None:
            return
        if self.published_precision == "day":
            if not _DAY.fullmatch(self.published_at):
                raise ValueError(f"not a day: {self.published_at!r}")
        elif self.published_precision == "relative":
            if not (_DAY.fullmatch(self.published_at) or _MOMENT.fullmatch(self.published_at)):
                raise ValueError(f"not a time: {self.published_at!r}")
        elif not _MOMENT.fullmatch(self.published_at):
            raise ValueError(f"not a moment with offset: {self.published_at!r}")
        # 2026-02-30 has the form alone; here it costs one page, in the store the whole run.
        datetime.fromisoformat(self.published_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRef:
    """Where a raw page lies: a file below ARCHIVE_DIR and the byte offset of its response record."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Article):
    """One line of `articles/` or `reprints/`: an article and what crawler and store know of it."""

    id: str
    digest: str
    version: int
    change: Change
    story: str
    reprint_of: str | None = None
    similarity: float | None = None
    site: str
    region: str | None
    fetched_at: str
    final_url: str | None
    status: int
    encoding: str
    encoding_from: str
    warc: tuple[WarcRef, ...] = ()
    run: str
    spider: str
    layout: str | None = None
    extractor: str
    schema: int = SCHEMA

    def __post_init__(self) -> None:
        """Refuse a record that contradicts itself."""
        # super() without arguments fails in a dataclass with slots: the class was made anew.
        Article.__post_init__(self)
        if not _ID.fullmatch(self.id) or not _ID.fullmatch(self.story):
            raise ValueError("id and story are 32 hexadecimal digits")
        if self.version < 1 or (self.version == 1) != (self.change == "first"):
            raise ValueError(f"version {self.version} cannot be {self.change!r}")
        if (self.reprint_of is None) != (self.similarity is None):
            raise ValueError("reprint_of and similarity go together")
        if (self.reprint_of is None) != (self.story == self.id):
            raise ValueError("an original is its own story; a reprint belongs to another's")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One line of `runs/<run>/visits.jsonl`: one requested URL and what became of it.

    `article` is the id of the article that the page gave (stored, unchanged, same_text, reprint)
    and `version` the version stored by this visit; `id` is the hash of the canonical requested URL.
    `missing` names the fields that the article lacks. `seconds` and `bytes` are of the
    download with its retries and redirects. `found` lists the article URLs that a listing brought and
    that this run was going to fetch, `continues` the listing's next page: a run that was killed is
    taken up from there.
    """

    run: str
    site: str
    url: str
    id: str
    via: Via
    outcome: Outcome
    reason: str | None = None
    detail: str | None = None
    at: str
    status: int | None = None
    final_url: str | None = None
    referrer: str | None = None
    kind: PageKind | None = None
    article: str | None = None
    version: int | None = None
    digest: str | None = None
    published_at: str | None = None
    missing: tuple[str, ...] = ()
    new_links: int = 0
    found: tuple[str, ...] = ()
    continues: str | None = None
    attempts: int = 1
    seconds: float = 0.0
    bytes: int = 0
    etag: str | None = None
    last_modified: str | None = None
    warc: tuple[WarcRef, ...] = ()
    schema: int = SCHEMA

    def __post_init__(self) -> None:
        """Refuse a visit without the reason it owes."""
        if self.outcome not in GOOD and not self.reason:
            raise ValueError(f"a visit that ends as {self.outcome} has a reason")
