"""From bytes to text, whatever header, meta and byte order mark claim."""

import codecs
import re
from typing import Final

from msgspec import Struct
from w3lib.encoding import http_content_type_encoding, resolve_encoding

from newsspider.items import Flag

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# <meta charset="gb2312">, <meta http-equiv=... content="text/html; charset=gbk">, <?xml encoding="GBK"?>
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([a-z0-9_:.-]{2,40})""")
_WORDS: Final = (b"charset", b"encoding")
_HEAD: Final = 4096
#: What a Western label means on a Chinese page: that nobody set one.
_WESTERN: Final = frozenset(("iso8859-1", "cp1252", "ascii", "latin-1"))
#: One character in so many that cannot be decoded is a broken byte, more is a wrong encoding.
_BROKEN: Final = 1000
_REPLACEMENT: Final = "\ufffd"
#: The first byte of U+E000 to U+EFFF in UTF-8, and how many bytes a Chinese character takes in it.
_PRIVATE: Final = b"\xee"
_BYTES: Final = 2


class Decoded(Struct, frozen=True):
    """Text, the encoding that gave it, and how it was known: bom, content, header, meta, guess.

    flag: what is doubtful about the text. source: the text in UTF-8, where it is at hand.
    """

    text: str
    encoding: str
    encoding_from: str
    flag: Flag | None = None
    source: bytes | None = None


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page: BOM, then strict UTF-8 when it is more than ASCII, then what is declared, then GB18030.

    What decodes and yet is no text is tried as Big5, or else flagged.
    """
    decoded = _decoded(body, content_type)
    if decoded.flag is not None or decoded.encoding == "utf-8":
        return decoded
    source = decoded.text.encode("utf-8", "replace")
    if not _is_gibberish(source):
        return Decoded(decoded.text, decoded.encoding, decoded.encoding_from, source=source)
    text = _strictly(body, "big5hkscs")
    if text is not None and not _is_gibberish(text.encode("utf-8", "replace")):
        return Decoded(text, "big5hkscs", "content")
    flag = Flag(field="body", reason=f"doubtful_encoding: {decoded.encoding} gives no text")
    return Decoded(decoded.text, decoded.encoding, decoded.encoding_from, flag)


def _is_gibberish(source: bytes) -> bool:
    """Whether text in UTF-8 is full of what no page prints and a wrong encoding yields.

    Big5 read as GB18030 is full of private characters, U+E000 to U+E864; UTF-16 read as Latin-1 of NUL.
    """
    return (source.count(_PRIVATE) + source.count(b"\0")) * _BROKEN * _BYTES > len(source)


def _decoded(body: bytes, content_type: str | None) -> Decoded:
    if (marked := _by_mark(body)) is not None:
        return marked
    declared, declared_from = _declaration(body, content_type)
    if body.isascii():
        if declared and not declared.startswith(("utf-16", "utf-32")):
            return Decoded(body.decode("ascii"), declared, declared_from)
        return Decoded(body.decode("ascii"), "utf-8", "guess")
    if (text := _strictly(body, "utf-8")) is not None:
        return Decoded(text, "utf-8", declared_from if declared == "utf-8" else "content", source=body)
    candidates = [("gb18030", declared_from if declared == "gb18030" else "content")]
    if declared and declared not in {"utf-8", "gb18030"}:
        candidates.insert(len(candidates) if declared in _WESTERN else 0, (declared, declared_from))
    for name, known_from in candidates:
        if (text := _strictly(body, name)) is not None:
            return Decoded(text, name, known_from)
    return _loosely(body, declared, declared_from)


def _by_mark(body: bytes) -> Decoded | None:
    """Decode by the byte order mark, unless what follows it is something else."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            text = body[len(bom) :].decode(name, "replace")
            whole = text.count(_REPLACEMENT) * _BROKEN <= len(text) + _BROKEN
            if whole and (name == "utf-8" or not _is_gibberish(text.encode("utf-8", "replace"))):
                return Decoded(text, name, "bom")
            return None
    return None


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _loosely(body: bytes, declared: str | None, declared_from: str) -> Decoded:
    """Decode bytes that no encoding fits, by the one that fits best."""
    found: list[Decoded] = []
    for name in dict.fromkeys((declared, "utf-8", "gb18030")):
        if name is None or name in _WESTERN:
            continue
        text = body.decode(name, "replace")
        known_from = declared_from if name == declared else "content"
        if text.count(_REPLACEMENT) * _BROKEN <= len(text) + _BROKEN:
            return Decoded(text, name, known_from)
        found.append(Decoded(text, name, known_from))
    if (guess := _guessed(body)) is not None:
        found.append(Decoded(body.decode(guess, "replace"), guess, "guess"))
    best = min(found, key=lambda decoded: decoded.text.count(_REPLACEMENT) / max(1, len(decoded.text)))
    lost = best.text.count(_REPLACEMENT)
    if lost * _BROKEN <= len(best.text):
        return best
    flag = Flag(field="body", reason=f"undecodable: {lost} of {len(best.text)} characters")
    return Decoded(best.text, best.encoding, best.encoding_from, flag)


def _guessed(body: bytes) -> str | None:
    """Ask a detector; it is slow to load and seldom needed."""
    from bs4.dammit import EncodingDetector

    for name in EncodingDetector(body, is_html=True).encodings:
        try:
            guess = codecs.lookup(name).name
        except LookupError:
            continue
        if guess not in _WESTERN:
            return guess
    return None


def _declaration(body: bytes, content_type: str | None) -> tuple[str | None, str]:
    name = http_content_type_encoding(content_type) if content_type else None
    if name:
        return _widened(name), "header"
    head = body[:_HEAD].lower()
    for word in _WORDS:
        at = head.find(word)
        while at >= 0:
            match = _DECLARED.match(head, at)
            if match and (name := resolve_encoding(match.group(1).decode("ascii"))):
                return _widened(name), "meta"
            at = head.find(word, at + 1)
    return None, ""


def _widened(name: str) -> str:
    """Every GB label means GB18030, its superset: pages labelled gb2312 hold 镕 and €."""
    name = codecs.lookup(name).name
    return "gb18030" if name in {"gb2312", "gbk", "hz"} else name
