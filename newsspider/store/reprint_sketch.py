"""The sketch of a text: three bytes a clause, enough to tell how much of it another text holds.

A sketch is the sequence of the text's folded clauses (`store.fold`), each as 16 bits of its hash,
its length and whether it holds a figure. Two clauses are taken for one when all three agree. By
chance that happens once in some 65,000 times even for equal lengths, and a single clause decides
nothing, so comparing sketches is comparing the texts clause by clause.
"""

import struct
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

_UNIT: Final = struct.Struct("<HB")
_FIGURE: Final = 0x80
_LENGTH: Final = 0x7F

# A clause of the shorter text that the longer lacks, or has only further up.
_MISSING: Final = -1
_MOVED: Final = -2

#: A clause: 16 bits of its hash; its length (at most 127) and the bit for a figure.
Unit = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share, as shares of the shorter one's characters.

    `replaced` is text that has other text in its place in the longer one, between clauses that
    both have: what a template's blanks are filled with, or a correction. `figures` counts the places
    with a figure on both sides, `common` the clauses found in order.
    """

    found: float
    replaced: float
    figures: int
    common: int


def clause_hash(clause: str) -> int:
    """Return 64 bits that are the same in every process and on every machine."""
    digest = blake2b(clause.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest)


def unit(clause: str, number: int) -> Unit:
    """Return the unit of a folded clause with that hash."""
    figure = _FIGURE if any(char.isdecimal() for char in clause) else 0
    return number & 0xFFFF, min(len(clause), _LENGTH) | figure


def pack(units: Sequence[Unit]) -> bytes:
    """Return the sketch of the units."""
    return b"".join(_UNIT.pack(*one) for one in units)


def unpack(sketch: bytes) -> list[Unit]:
    """Return the units of a sketch."""
    return list(_UNIT.iter_unpack(sketch))


def _size(units: Sequence[Unit]) -> int:
    return sum(mark & _LENGTH for _, mark in units)


def _has_figure(units: Sequence[Unit]) -> bool:
    return any(mark & _FIGURE for _, mark in units)


def _align(shorter: Sequence[Unit], longer: Sequence[Unit]) -> list[int]:
    """Return where each clause of `shorter` stands in `longer`: in order, or _MOVED, or _MISSING."""
    places: dict[Unit, list[int]] = {}
    for place, clause in enumerate(longer):
        places.setdefault(clause, []).append(place)
    aligned: list[int] = []
    last = -1
    for clause in shorter:
        there = places.get(clause)
        if not there:
            aligned.append(_MISSING)
            continue
        after = bisect_right(there, last)
        if after == len(there):
            there.pop()
            aligned.append(_MOVED)
        else:
            last = there.pop(after)
            aligned.append(last)
    return aligned


def overlap(one: Sequence[Unit], other: Sequence[Unit], ignored: Collection[Unit] = ()) -> Overlap:
    """Compare two texts without the clauses that are ignored."""
    shorter, longer = sorted(
        ([u for u in units if u not in ignored] for units in (one, other)), key=_size
    )
    total = _size(shorter)
    if not total:
        return Overlap(0.0, 0.0, 0, 0)
    aligned = _align(shorter, longer)
    lost = replaced = figures = 0
    last, missing = -1, list[Unit]()
    for i, place in enumerate((*aligned, len(longer))):
        if place == _MISSING:
            missing.append(shorter[i])
        elif place != _MOVED:
            instead = longer[last + 1 : place]
            if missing and instead:
                replaced += min(_size(missing), _size(instead))
                figures += _has_figure(missing) and _has_figure(instead)
            lost += _size(missing)
            last, missing = place, []
    common = sum(place >= 0 for place in aligned)
    return Overlap(1 - lost / total, replaced / total, figures, common)
