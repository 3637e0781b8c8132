"""What reading anew changed: field by field, counted and told."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from newsspider.items import Article, Record

#: The fields that are compared, in the order of the table.
FIELDS: Final = (
    "title",
    "published_at",
    "published_precision",
    "source",
    "body",
    "related",
    "channel",
    "authors",
    "editors",
    "tags",
    "images",
    "lang",
)

#: Those of which the digest is made.
DIGESTED: Final = ("title", "published_at", "published_precision", "source", "body")

Effect = Literal["same", "changed", "gained", "lost"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one article that reads otherwise now. Field `article`: the article as a whole."""

    id: str
    version: int
    site: str
    url: str | None
    file: str
    offset: int
    field: str
    effect: Effect
    old: Any
    new: Any


def effect(old: object, new: object) -> Effect:
    """Return what became of a value: gained where nothing was, lost where nothing is."""
    if old == new:
        return "same"
    if old in (None, "", ()):
        return "gained"
    return "lost" if new in (None, "", ()) else "changed"


def compare(old: Record, new: Article) -> dict[str, Effect]:
    """Return what became of each field."""
    return {name: effect(getattr(old, name), getattr(new, name)) for name in FIELDS}


def tell(old: Record, new: Article, effects: dict[str, Effect]) -> list[Difference]:
    """Return the differences of one article."""
    return [
        _difference(old, name, what, getattr(old, name), getattr(new, name))
        for name, what in effects.items()
        if what != "same"
    ]


def lost(old: Record, reason: str) -> Difference:
    """Return the difference of an article that is none any more."""
    return _difference(old, "article", "lost", old.title, reason)


def gained(new: Record) -> Difference:
    """Return the difference of an article that was none before."""
    return _difference(new, "article", "gained", None, new.title)


def _difference(record: Record, field: str, what: Effect, old: object, new: object) -> Difference:
    ref = record.warc[0]
    return Difference(
        record.id,
        record.version,
        record.site,
        record.url,
        ref.file,
        ref.offset,
        field,
        what,
        old,
        new,
    )
