"""Find the stored article that holds the text of this one, or is held by it.

A reprint keeps most clauses of its original as they were printed, whatever else its editor did.
So the longest clauses of every text are keys of a table in the ledger, and the few texts that
share one are compared clause by clause from their sketches (`reprint_sketch`).

The method is that of S. Brin, J. Davis and H. Garcia-Molina, "Copy detection mechanisms for
digital documents", SIGMOD 1995: hashed sentences as units, and how many of them two texts share.
That a fixed, small number of fingerprints a text is enough to find the candidates, and that common
ones should not count, is N. Heintze's, "Scalable document fingerprinting", USENIX Workshop on
Electronic Commerce 1996; the share of the shorter text found in the longer is the containment of
A. Broder, "On the resemblance and containment of documents", 1997. Clauses instead of sentences,
and telling a template from a text by what stands in place of what, are ours.

What was measured, and what other methods score on the same set: docs/adr/0006-reprints.md.

A key belongs to the first article that had it, so there are no buckets to grow: what a site
prints below every article is a key of one article and counts its stories, until there are so many
that it no longer says anything about a text.
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from newsspider.store.fold import fold_clauses
from newsspider.store.reprint_sketch import Overlap, Unit, overlap, pack, unit, unpack

#: Keys stored for an article, and keys looked up for one.
KEYS: Final = 8
LOOKED_UP: Final = 16
#: A clause of so many stories says nothing about a text.
BOILERPLATE: Final = 6
#: Folded characters below which a text says too little to be compared.
NOTHING: Final = 20
#: Folded characters below which only the same text is a reprint.
SHORT: Final = 60
#: Share of the shorter text that must be found in the longer.
FOUND: Final = 0.6
#: Share of the new text that must be the other's, when the new one is longer: a digest is no
#: reprint of what it holds among other things. Share of the stored text that the new one must have.
TAKEN: Final = 0.4
KEPT: Final = 0.2
#: Share of the shorter text that may have other text in its place, and where that is mostly other
#: figures: a template's blanks are filled with dates and amounts.
REPLACED: Final = 0.26
REPLACED_FIGURES: Final = 0.22
#: Figures replaced that are few; figures replaced that make a template when fewer are kept.
FEW_FIGURES: Final = 2
MANY_FIGURES: Final = 3
#: Share above which another text in its place makes even a reprint count as a story of its own.
VARIANT: Final = 0.12
#: Candidates whose sketch is compared.
CANDIDATES: Final = 5
#: Characters of a body and clauses of a text that are looked at: no article is longer.
CHARACTERS: Final = 100_000
CLAUSES: Final = 2_000

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS reprint_text(
  number INTEGER PRIMARY KEY, id BLOB NOT NULL, sketch BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS reprint_key(
  key INTEGER PRIMARY KEY, number INTEGER NOT NULL, stories INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A stored article that holds this text, or whose text this one holds."""

    id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class _Text:
    """A body, made ready for the index."""

    body: str
    length: int
    whole: int
    keys: dict[int, Unit]
    units: list[Unit]


def _key(text: str) -> int:
    """Return 62 bits that are the same in every process and on every machine."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 2


def _text(body: str) -> _Text:
    clauses = fold_clauses(body[:CHARACTERS])[:CLAUSES]
    folded = "".join(clauses)
    units = [unit(clause) for clause in clauses]
    keys: dict[int, Unit] = {}
    if len(folded) >= SHORT:
        unit_of = dict(zip(clauses, units, strict=True))
        longest = sorted(sorted(unit_of), key=len, reverse=True)  # of one length in the order of their text
        keys = {_key(clause): unit_of[clause] for clause in longest[:LOOKED_UP]}
    # the line break, which folded text can't hold, keeps a whole text apart from a clause
    return _Text(body, len(folded), _key(f"{folded}\n"), keys, units)


def is_reprint(shared: Overlap) -> bool:
    """Tell a reprint of `other` from another filling of the same template, and from a digest."""
    figures = shared.figures_replaced
    if figures >= MANY_FIGURES and figures > shared.figures_kept:
        return False
    most = REPLACED if figures < FEW_FIGURES else REPLACED_FIGURES
    return (
        shared.found >= FOUND
        and shared.of_one >= TAKEN
        and shared.of_other >= KEPT
        and shared.replaced <= most
    )


class ReprintIndex:
    """The index of all stored texts, on tables of the ledger; the caller commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Make the tables where they are missing."""
        self._connection = connection
        for statement in _TABLES.split(";"):  # executescript would commit the caller's transaction
            connection.execute(statement)
        self._last = _text("")
        self._last_found: tuple[str, tuple[Match | None, float]] | None = None

    def find(self, body: str, *, exclude: str | None = None) -> Match | None:
        """Return the stored article whose text is most like `body`; None when it is new."""
        text = self._ready(body)
        if text.length < NOTHING:
            return None
        owners = self._owners(text)
        match = self._match(text, owners, exclude)
        if exclude is None:
            self._last_found = (body, match)
        return match[0]

    def add(self, article: str, body: str) -> None:
        """Index the text of an article."""
        text = self._ready(body)
        if text.length < NOTHING:
            return
        owners = self._owners(text)
        known = [key for key in text.keys if key in owners]
        if known and not self._is_copy(text, owners):
            self._connection.executemany(
                "UPDATE reprint_key SET stories = min(stories + 1, 100) WHERE key = ?",
                [(key,) for key in known],
            )
        number = self._connection.execute(
            "INSERT INTO reprint_text(id, sketch) VALUES (?, ?)",
            (bytes.fromhex(article), pack(text.units)),
        ).lastrowid
        telling = [k for k in text.keys if k not in owners or owners[k][1] < BOILERPLATE]
        self._connection.executemany(
            "INSERT INTO reprint_key VALUES (?, ?, 1)",
            [(key, number) for key in (text.whole, *telling[:KEYS]) if key not in owners],
        )
        self._last_found = None

    def _is_copy(self, text: _Text, owners: dict[int, tuple[int, int]]) -> bool:
        if self._last_found and self._last_found[0] == text.body:
            match, replaced = self._last_found[1]
        else:
            match, replaced = self._match(text, owners, None)
        return match is not None and replaced <= VARIANT

    def _match(
        self, text: _Text, owners: dict[int, tuple[int, int]], exclude: str | None
    ) -> tuple[Match | None, float]:
        if text.whole in owners:
            article, _ = self._article(owners[text.whole][0])
            if article != exclude:
                return Match(article, 1.0), 0.0
        known = {key: owner for key, owner in owners.items() if key != text.whole}
        boilerplate = {text.keys[k] for k, (_, stories) in known.items() if stories >= BOILERPLATE}
        votes = Counter(number for number, stories in known.values() if stories < BOILERPLATE)
        best: Match | None = None
        replaced = 0.0
        for number, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:CANDIDATES]:
            article, sketch = self._article(number)
            if article == exclude:
                continue
            shared = overlap(text.units, unpack(sketch), boilerplate)
            if is_reprint(shared) and (best is None or shared.found > best.similarity):
                best, replaced = Match(article, shared.found), shared.replaced
        return best, replaced

    def _ready(self, body: str) -> _Text:
        if self._last.body != body:
            self._last = _text(body)
        return self._last

    def _owners(self, text: _Text) -> dict[int, tuple[int, int]]:
        keys = (text.whole, *text.keys)
        marks = ",".join("?" * len(keys))
        rows = self._connection.execute(
            f"SELECT key, number, stories FROM reprint_key WHERE key IN ({marks})",  # noqa: S608
            keys,
        )
        return {key: (number, stories) for key, number, stories in rows}

    def _article(self, number: int) -> tuple[str, bytes]:
        row = self._connection.execute(
            "SELECT id, sketch FROM reprint_text WHERE number = ?", (number,)
        ).fetchone()
        return row[0].hex(), row[1]
