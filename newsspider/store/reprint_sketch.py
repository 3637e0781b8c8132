"""The sketch of a text: three bytes a clause, enough to tell how much of it another text holds.

A sketch is the sequence of the text's folded clauses (`store.fold`), each as 16 bits of its CRC,
its length and whether it holds a figure. Two clauses are taken for one when all three agree. By
chance that happens once in some 65,000 times even for equal lengths, and a single clause decides
nothing, so comparing sketches is comparing the texts clause by clause.
"""

import re
import struct
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

_UNIT: Final = struct.Struct("<HB")
_DIGIT: Final = re.compile(r"[0-9]")  # 3月2日台北
_FIGURE: Final = 0x80
_LENGTH: Final = 0x7F

# A clause of the shorter text that the longer lacks, or has only further up.
_MISSING: Final = -1
_MOVED: Final = -2

#: A clause: 16 bits of its CRC-32; its length (at most 127) and the bit for a figure.
Unit = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share.

    `of_one` and `of_other` are the shares of their characters that both have, the larger one is
    that of the shorter text. `replaced` is the share of the shorter text that has other
    text in its place in the longer one, between clauses that both have: a correction, or what the
    blanks of a template are filled with. `figures_replaced` and `figures_kept` count the clauses
    with a figure that are replaced by others with a figure, and that both texts have.
    """

    of_one: float
    of_other: float
    replaced: float
    figures_replaced: int
    figures_kept: int

    @property
    def found(self) -> float:
        """Share of the shorter text that is found in the longer."""
        return max(self.of_one, self.of_other)


def unit(clause: str) -> Unit:
    """Return the unit of a folded clause: the same in every process and on every machine."""
    encoded = clause.encode("utf-8", "surrogatepass")
    mark = min(len(clause), _LENGTH)
    # three bytes for every character: Chinese throughout, no figures to look for
    if len(encoded) != 3 * len(clause) and _DIGIT.search(clause):
        mark |= _FIGURE
    return crc32(encoded) & 0xFFFF, mark


def pack(units: Sequence[Unit]) -> bytes:
    """Return the sketch of the units."""
    return b"".join(_UNIT.pack(*one) for one in units)


def unpack(sketch: bytes) -> list[Unit]:
    """Return the units of a sketch."""
    return list(_UNIT.iter_unpack(sketch))


def _size(units: Iterable[Unit]) -> int:
    return sum(mark & _LENGTH for _, mark in units)


def _figures(units: Iterable[Unit]) -> int:
    return sum(mark >= _FIGURE for _, mark in units)


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
    texts = [[u for u in units if u not in ignored] for units in (one, other)]
    sizes = [_size(units) for units in texts]
    if not all(sizes):
        return Overlap(of_one=0.0, of_other=0.0, replaced=0.0, figures_replaced=0, figures_kept=0)
    shorter, longer = texts if sizes[0] <= sizes[1] else reversed(texts)
    total = min(sizes)
    aligned = _align(shorter, longer)
    lost = replaced = figures = 0
    last, missing = -1, list[Unit]()
    for i, place in enumerate((*aligned, len(longer))):
        if place == _MISSING:
            missing.append(shorter[i])
        elif place != _MOVED:
            if missing:
                instead = longer[last + 1 : place]
                replaced += min(_size(missing), _size(instead))
                figures += min(_figures(missing), _figures(instead))
                lost += _size(missing)
            last, missing = place, []
    kept = _figures(u for u, place in zip(shorter, aligned, strict=True) if place != _MISSING)
    of_one, of_other = ((total - lost) / size for size in sizes)
    return Overlap(of_one, of_other, replaced / total, figures, kept)
