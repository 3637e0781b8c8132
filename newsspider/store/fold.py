"""Folding: two printings of one Chinese text become the same characters, cut into clauses.

Only for comparing. What is stored stays as printed.

Folded away are full and half width, simplified and traditional characters, upper and lower case,
white space and all punctuation. Characters are folded one by one, never as words: a word-wise
conversion (OpenCC's own) keeps 乾坤 but turns 乾淨 into 干净, so the fold of a text would depend
on its neighbours; here 乾 and 干 are one character everywhere, on both sides of a comparison.

The table of variants is a file of the package and not a library call, because the keys of the
reprint index are made from folded text: with a library, its next dictionary would silently make
every stored key unfindable.
"""

import json
import re
import unicodedata
from importlib import resources
from typing import Final

#: A clause shorter than this is taken together with the next one of its sentence.
CLAUSE: Final = 10

_CLAUSE_END: Final = "\t"
_SENTENCE_END: Final = "\n"
#: The enumeration comma counts, because half-width printing has none and writes "," for it.
_ENDS_CLAUSE: Final = frozenset("，,、､：:﹐﹑﹕")
#: An ellipsis ends a sentence, because it is printed as "……" and as "...".
_ENDS_SENTENCE: Final = frozenset("。｡.．﹒！!？?；;﹔…\n\r\v\f\x85\u2028\u2029")
#: Punctuation inside a number, time or host name: 3.5, 12,000, 10：30, ２．５, x.cn
_INSIDE: Final = re.compile(r"(?<=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])[.．,，:：](?=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])")


def _variants() -> dict[str, str]:
    text = resources.files(__package__).joinpath("variants.json").read_text(encoding="utf-8")
    table = json.loads(text)
    return dict(zip("".join(table["from"]), "".join(table["to"]), strict=True))


class _Fold(dict[int, str]):
    """A table for `str.translate` that works out a character when it is first met."""

    def __init__(self) -> None:
        super().__init__()
        self._variants = _variants()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _ENDS_SENTENCE:
            folded = _SENTENCE_END
        elif char in _ENDS_CLAUSE:
            folded = _CLAUSE_END
        else:
            compatible = unicodedata.normalize("NFKC", char).casefold()
            folded = "".join(self._variants.get(c, c) for c in compatible if c.isalnum())
        self[code] = folded
        return folded


_FOLD: Final = _Fold()


def fold_clauses(text: str) -> list[str]:
    """Fold `text` and cut it into clauses of at least `CLAUSE` characters where a sentence has them.

    >>> fold_clauses("３月２日，臺北。 “他說，雨要下到明天：出門帶傘！”")
    ['3月2日台北', '他说雨要下到明天出门带伞']
    """
    clauses: list[str] = []
    for sentence in _INSIDE.sub("", text).translate(_FOLD).split(_SENTENCE_END):
        if len(sentence) < 2 * CLAUSE:
            clauses.append(sentence.replace(_CLAUSE_END, ""))
            continue
        waiting = ""
        first = len(clauses)
        for clause in sentence.split(_CLAUSE_END):
            waiting += clause
            if len(waiting) >= CLAUSE:
                clauses.append(waiting)
                waiting = ""
        if waiting and len(clauses) > first:
            clauses[-1] += waiting
        else:
            clauses.append(waiting)
    return [clause for clause in clauses if clause]


def fold(text: str) -> str:
    """Fold `text` to its letters, digits and characters."""
    return "".join(fold_clauses(text))
