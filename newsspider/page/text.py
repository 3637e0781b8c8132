"""Cleaning of printed text: white space and invisible characters. Nothing is folded or translated."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

# Zero-width, bidirectional and byte-order marks, soft hyphen, surrogates, U+FFFE/U+FFFF: they print nothing.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# Private use characters at the edges are icons of the site's own font; inside a text they are characters
# that the page's encoding has and Unicode has not.
_ICONS: Final = re.compile("^[\ue000-\uf8ff\\s]+|[\ue000-\uf8ff\\s]+$")
# Control characters but the white space among them: "新\x07闻".
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# A line break of the source between two Chinese characters prints nothing: "河\n  南".
_CJK_BREAK: Final = re.compile(
    # It begins with the space, not with the look behind it: so it is tried at spaces alone.
    r"[ \t\r\n](?<=[\u3001-\u303f\u4e00-\u9fff\uff01-\uffef][ \t\r\n])(?:(?<=[\r\n])|[ \t]*[\r\n])\s*"
    r"(?=[\u3001-\u303f\u4e00-\u9fff\uff01-\uffef])"
)
#: Characters of a text whose line breaks are looked at one by one.
_LONG: Final = 100_000
#: Names of boxes whose answers are remembered.
_NAMES: Final = 4096


def any_of(*words: str) -> re.Pattern[str]:
    """Return the pattern that finds any of the words: it passes over a text once, `in` once for each word."""
    return re.compile("|".join(map(re.escape, words)))


def remembered(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Return the search for `pattern` in the names of boxes, which remembers its answers.

    The pages of a site share a template, and the boxes of a page a few names.
    """

    @lru_cache(maxsize=_NAMES)
    def is_found(names: str) -> bool:
        return pattern.search(names) is not None

    return is_found


def clean(text: str) -> str:
    """Return `text` as it prints on one line: white space collapsed, invisible characters removed."""
    if text.isprintable():  # no white space but the plain space
        return " ".join(text.split()) if "  " in text else text.strip()
    if len(text) < _LONG:
        text = text.strip()  # most line breaks stand at the ends
        if "\n" in text or "\r" in text:
            text = _CJK_BREAK.sub("", text)
    text = " ".join(text.split())
    if not text.isprintable():
        text = _CONTROL.sub("", _INVISIBLE.sub("", text))
        text = _ICONS.sub("", " ".join(text.split()))
    return text
