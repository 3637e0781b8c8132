"""What every way in yields: a link that may be an article, with what is said beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link found on a listing, in a feed or in a sitemap.

    url: absolute, as written (not the canonical one). date: when the linked page was published, as far
    as the way in says it: `YYYY-MM-DD` or ISO 8601 with offset, else None. modified: likewise, when it
    was last changed. place: a number that links of one list of a page share: the boxes around them have
    the same tags, classes and ids. A feed, a sitemap and a JSON list are one list each: there it is 0.
    """

    url: str
    title: str = ""
    date: str | None = None
    modified: str | None = None
    place: int = 0
