"""The versions of an article, and what changed from one to the next."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final, Literal

from newsspider.disk import Disk
from newsspider.errors import ConfigurationError
from newsspider.items import Record
from newsspider.store.index import LEDGER, Index
from newsspider.store.ledger import Ledger
from newsspider.store.setup import Setup
from newsspider.store.versions import Version
from newsspider.store.visits import Rules

#: Two paragraphs of which this share is alike are one paragraph that was changed.
ALIKE: Final = 0.5
#: Characters of a paragraph that are compared one by one; longer ones are shown whole.
COMPARED: Final = 5_000
#: Characters by which two paragraphs are known for one, and paragraphs among which its like is looked
#: for: a body that was written anew, of a thousand paragraphs, is compared in a second or two.
_KNOWN_BY: Final = 600
_AHEAD: Final = 20

Edit = Literal["same", "removed", "added", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph, or a piece of one, before and after."""

    edit: Edit
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two versions; `fields` holds (name, before, after)."""

    fields: tuple[tuple[str, str | None, str | None], ...]
    paragraphs: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The versions of an article in order, and those whose lines can't be read."""

    records: tuple[Record, ...]
    unreadable: tuple[Version, ...]


def versions_of(root: Path, identity: str) -> History:
    """Return the versions of the article that this URL id, or article id, stands for.

    Nothing is locked or changed. Raises ConfigurationError when there is no ledger to look in.
    """
    path = root / ".state" / LEDGER
    if not path.exists():
        raise ConfigurationError(f"there is no ledger in {root}: `scrapy rebuild` makes it")
    try:
        ledger = Ledger(path, only_read=True)
    except sqlite3.Error as error:
        raise _useless(path, error) from error
    try:
        setup = Setup(root=root, run="", disk=Disk(), now=lambda: datetime.now(UTC), rules=Rules())
        index = Index(setup, ledger)
        article = identity
        if ledger.versions.latest(article) is None:
            known = ledger.urls.get(identity)
            article = known.article if known and known.article else identity
        found = [(version, _read(index, version)) for version in ledger.versions.of(article)]
    except sqlite3.Error as error:
        raise _useless(path, error) from error
    finally:
        ledger.close()
    return History(
        records=tuple(record for _, record in found if record is not None),
        unreadable=tuple(version for version, record in found if record is None),
    )


def _useless(path: Path, error: sqlite3.Error) -> ConfigurationError:
    return ConfigurationError(f"{path}: {error}: `scrapy rebuild` makes it anew")


def _read(index: Index, version: Version) -> Record | None:
    """Return the record; None when its file can't be read, or says another thing at that place."""
    try:
        record = index.read(version)
    except OSError:
        return None
    known = record is not None and (record.id, record.version) == (version.id, version.number)
    return record if known else None


def compare(before: Record, after: Record) -> Comparison:
    """Return what changed, paragraph by paragraph."""
    fields = tuple(
        (name, old, new)
        for name in ("title", "published_at", "source")
        if (old := getattr(before, name)) != (new := getattr(after, name))
    )
    return Comparison(fields, tuple(_paragraphs(before.body, after.body)))


def pieces(before: str, after: str) -> Iterator[Change]:
    """Yield what is the same, removed and added inside a paragraph that was changed."""
    if max(len(before), len(after)) > COMPARED:
        yield Change("removed", before, "")
        yield Change("added", "", after)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Change("same", before[i:j], after[k:m])
            continue
        if j > i:
            yield Change("removed", before[i:j], "")
        if m > k:
            yield Change("added", "", after[k:m])


def are_alike(one: str, other: str) -> bool:
    """Tell whether two texts are one that was changed."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < ALIKE / (2 - ALIKE) * longer:
        return False  # 2 * shorter / (shorter + longer) is the most that ratio() could be
    matcher = SequenceMatcher(None, one[:_KNOWN_BY], other[:_KNOWN_BY], autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _paragraphs(before: str, after: str) -> Iterator[Change]:
    old, new = _split(before), _split(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield from (Change("same", text, text) for text in old[i:j])
        else:
            yield from _replaced(old[i:j], new[k:m])


def _replaced(old: list[str], new: list[str]) -> Iterator[Change]:
    """Pair the paragraphs that are alike, in order."""
    for text in new:
        partner = next((other for other in old[:_AHEAD] if are_alike(other, text)), None)
        if partner is None:
            yield Change("added", "", text)
            continue
        place = old.index(partner)
        yield from (Change("removed", other, "") for other in old[:place])
        yield Change("changed", partner, text)
        old = old[place + 1 :]
    yield from (Change("removed", other, "") for other in old)


def _split(body: str) -> list[str]:
    return [text for text in body.split("\n\n") if text]
