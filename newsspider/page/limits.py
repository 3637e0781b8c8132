"""Limits before parsing: what would cost the parser seconds or hundreds of megabytes is cut, and said so."""

import re
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
_LONG_TAG: Final = 2 * MAX_ATTRIBUTES
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>")  # <div class="a">, </div>
_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr script style p li td tr th dd dt option".split()
)


def limit(text: str) -> tuple[str, tuple[Flag, ...]]:
    """Return `text` with what lies beyond the limits cut off, and a flag for each cut."""
    if len(text) <= _HARMLESS:
        return text, ()
    flags = []
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        flags.append(Flag(field="body", reason=f"cut_characters: only {MAX_CHARACTERS} were read"))
    pieces = text.split("<", MAX_TAGS + 1)
    if len(pieces) > MAX_TAGS + 1:
        text = text[: len(text) - len(pieces[-1]) - 1]
        pieces.pop()
        flags.append(Flag(field="body", reason=f"cut_tags: only {MAX_TAGS} were read"))
    cut = False
    for at, size in enumerate(map(len, pieces)):
        if size > _LONG_TAG and at and (trimmed := _trimmed(pieces[at])) is not pieces[at]:
            pieces[at], cut = trimmed, True
    if cut:
        text = "<".join(pieces)
        flags.append(Flag(field="body", reason=f"cut_attributes: only {MAX_ATTRIBUTES} of an element were read"))
    return text, tuple(flags)


def _trimmed(piece: str) -> str:
    """Drop the attributes of a tag beyond the limit; `piece` is what follows a `<`."""
    if not piece[0].isalpha():
        return piece
    tag, closed, rest = piece.partition(">")
    if len(tag) <= _LONG_TAG or max(tag.count("="), tag.count(" ")) <= MAX_ATTRIBUTES:
        return piece
    words = tag.split(None, MAX_ATTRIBUTES)
    if len(words) <= MAX_ATTRIBUTES:
        return piece
    return " ".join(words[:MAX_ATTRIBUTES]) + closed + rest


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
