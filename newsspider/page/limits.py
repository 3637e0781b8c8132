"""Limits before parsing: what would cost the parser seconds or hundreds of megabytes is cut, and said so."""

import re
from itertools import islice
from typing import Final

from newsspider.items import Flag

#: Tags of a page that are parsed; a news page has about 1,000.
MAX_TAGS: Final = 120_000
#: Characters of a page that are parsed.
MAX_CHARACTERS: Final = 8 * 1024 * 1024
#: Attributes of one element that are parsed: libxml2's time grows with their square.
MAX_ATTRIBUTES: Final = 256
#: Levels of nesting that are kept, tried in turn: beyond 255 libxml2 drops the text and says nothing,
#: and elements whose end is implied (`<td>`) nest without being counted.
LEVELS: Final = (200, 60, 0)

#: A page of so few characters costs no more than a second or two, whatever is in it.
_HARMLESS: Final = 100_000
#: A tag of so many characters may hold too many attributes.
_LONG_TAG: Final = 2 * MAX_ATTRIBUTES
#: Every long tag holds a whole one of the stretches of this length into which a page is cut.
_STRETCH: Final = _LONG_TAG // 2
#: So many of them may hide attributes behind values that hold a `>`.
_MANY_EQUALS: Final = 20_000
# <a href="x" title="a > b">, with values in quotes
_TAG_WITH_VALUES: Final = re.compile(r"""<[a-zA-Z](?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+""")
# the tag's name, or an attribute with its value
_ATTRIBUTE: Final = re.compile(
    r"""(?:<[a-zA-Z][^\s/>]*|[^\s"'=<>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)"""
)
# <div class="a">, </div>; no < within, else a page of "<a <a <a" costs the square of its length
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
_VOID: Final = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "script", "style", "p", "li", "td", "tr", "th", "dd", "dt", "option",
))  # fmt: skip


def limit(text: str) -> tuple[str, tuple[Flag, ...]]:
    """Return `text` with what lies beyond the limits cut off, and a flag for each cut."""
    if len(text) <= _HARMLESS:
        return text, ()
    flags = []
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        flags.append(Flag(field="body", reason=f"cut_characters: only {MAX_CHARACTERS} were read"))
    if text.count("<") > MAX_TAGS:
        text = text[: len(text) - len(text.split("<", MAX_TAGS + 1)[-1]) - 1]
        flags.append(Flag(field="body", reason=f"cut_tags: only {MAX_TAGS} were read"))
    if _has_long_tag(text):
        trimmed = _TAG_WITH_VALUES.sub(_trimmed, text)
        if trimmed != text:
            text = trimmed
            flags.append(
                Flag(field="body", reason=f"cut_attributes: only {MAX_ATTRIBUTES} of an element were read")
            )
    return text, tuple(flags)


def _has_long_tag(text: str) -> bool:
    """Return whether a tag may hold too many attributes, or values with a `>` may hide that it does."""
    if text.count("=") > _MANY_EQUALS:
        return True
    at = 0
    while at < len(text):
        behind = at + _STRETCH
        # Nearly every stretch of a page holds the end of a tag, or the beginning of one.
        if text.find(">", at, behind) >= 0 or text.find("<", at, behind) >= 0:
            at = behind
            continue
        begin, at = text.rfind("<", 0, at) + 1, text.find("<", behind)
        if at < 0:
            at = len(text)
        if _is_long_tag(text[begin:at]):
            return True
    return False


def _is_long_tag(piece: str) -> bool:
    """Return whether what stands between two `<` is a tag that may hold too many attributes."""
    return (
        len(piece) > _LONG_TAG
        and piece[0].isalpha()
        and piece.find(">", 0, _LONG_TAG) < 0
        and (piece.count("=") > MAX_ATTRIBUTES or len(piece.split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES)
    )


def _trimmed(match: re.Match[str]) -> str:
    """Drop the attributes of a tag beyond the limit."""
    tag = match.group()
    if len(tag) <= _LONG_TAG:
        return tag
    attributes = [found.group() for found in islice(_ATTRIBUTE.finditer(tag), MAX_ATTRIBUTES + 1)]
    if len(attributes) <= MAX_ATTRIBUTES:
        return tag
    return " ".join(attributes[:MAX_ATTRIBUTES]) + ">"


def flattened(text: str, levels: int) -> str:
    """Return the page without the tags that nest deeper than `levels`; their text stays."""
    out: list[str] = []
    open_tags: list[str] = []
    last = dropped = 0
    for match in _TAG.finditer(text):
        closing, name = match.group(1), match.group(2).lower()
        if name in _VOID or match.group(0).endswith("/>"):
            continue
        if not closing:
            open_tags.append(name)
            keep = len(open_tags) <= levels
        elif dropped and len(open_tags) > levels:
            open_tags.pop()
            keep = False
        elif open_tags and open_tags[-1] == name:
            open_tags.pop()
            keep = True
        else:
            keep = True
        if not keep:
            dropped += 1
            out += (text[last : match.start()], " ")
            last = match.end()
    out.append(text[last:])
    return "".join(out)
