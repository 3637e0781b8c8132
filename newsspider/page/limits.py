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
MAX_ATTRIBUTES: Final = 512
#: Levels of nesting that are kept, tried in turn: beyond 255 libxml2 drops the text and says nothing,
#: and elements whose end is implied (`<td>`) nest without being counted.
LEVELS: Final = (200, 60, 0)

#: A page of so few characters costs no more than two seconds, whatever is in it.
_HARMLESS: Final = 100_000
#: A tag of so many characters may hold too many attributes.
_LONG_TAG: Final = 2 * MAX_ATTRIBUTES
#: Characters of the widest window in which the end of a tag is looked for, and what the width of one times
#: the size of the page comes to: tags of two windows and less then cost the parser three seconds together.
_WIDEST: Final = 40_000
_WORK: Final = 7_000_000_000
#: Attributes that cost the parser a third of a second, were they all of one element.
_MANY: Final = 20_000
_SPACES: Final = (b" ", b"\n", b"\t", b"\r", b"\f")
#: One space in so many characters is seldom.
_SPARSE: Final = 20
#: Characters of the shortest tag: <a>
_TAG_SIZE: Final = 3
# href=x title="a > b": what stands in a tag, to its end or to where the look ends; a value in quotes may hold
# any character, a name even a <
_ATTRIBUTES: Final = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+""")
# <a href=x title="a > b"
_WHOLE_TAG: Final = re.compile("<[a-zA-Z]" + _ATTRIBUTES.pattern)
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
    if len(text) > _TAG_SIZE * MAX_TAGS and text.count("<") > MAX_TAGS:
        text = text[: len(text) - len(text.split("<", MAX_TAGS + 1)[-1]) - 1]
        flags.append(Flag(field="body", reason=f"cut_tags: only {MAX_TAGS} were read"))
    if _may_hold_long_tags(text):
        trimmed = _WHOLE_TAG.sub(_trimmed, text)
        if trimmed != text:
            text = trimmed
            flags.append(
                Flag(field="body", reason=f"cut_attributes: only {MAX_ATTRIBUTES} of an element were read")
            )
    return text, tuple(flags)


def _may_hold_long_tags(text: str) -> bool:
    """Return whether the windows of the text that may lie within a tag could hold many attributes.

    The text is looked at in windows, and not from tag to tag: most windows are soon found to hold the end
    of a tag, whatever quote is open where they begin.
    """
    width = min(_WIDEST, _WORK // len(text))
    found = 0
    for begin in range(0, len(text) - width, width):
        end = begin + width
        if any(
            _reaches(text, at + len(quote), end)
            for quote in ("", '"', "'")
            if (at := text.find(quote, begin, end)) >= 0
        ):
            found += _separators(text[begin:end])
    return found > _MANY


def _separators(window: str) -> int:
    """Return how many attributes the window may hold: white space, a slash and a value end one."""
    source = window.encode("utf-8", "replace")  # a byte that is not there is found out at once
    spaces = sum(map(source.count, _SPACES))
    if spaces * _SPARSE > len(source):
        spaces = len(source.split())  # many stand in rows
    return spaces + source.count(b"/") + source.count(b"=")


def _reaches(text: str, begin: int, end: int) -> bool:
    """Return whether a tag that is open at `begin` may still be open at `end`."""
    match = _ATTRIBUTES.match(text, begin, end)
    return match is not None and match.end() == end


def _trimmed(match: re.Match[str]) -> str:
    """Drop the attributes of a tag beyond the limit."""
    tag = match.group()
    if len(tag) <= _LONG_TAG:
        return tag
    attributes = [found.group() for found in islice(_ATTRIBUTE.finditer(tag), MAX_ATTRIBUTES + 1)]
    if len(attributes) <= MAX_ATTRIBUTES:
        return tag
    return " ".join(attributes[:MAX_ATTRIBUTES])


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
