"""From bytes to text, whatever header, meta and byte order mark claim."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from bs4.dammit import EncodingDetector
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
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEAD: Final = 4096
_MULTIBYTE: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that gave it, and how it was known (bom, content, header, meta, guess)."""

    text: str
    encoding: str
    encoding_from: str
    flag: Flag | None = None


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page: BOM, then strict UTF-8 when it is more than ASCII, then what is declared, then GB18030."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom):].decode(name, "replace"), name, "bom")
    declared, declared_from = _declaration(body, content_type)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if declared and not _MULTIBYTE.search(body) and not body.isascii():
            return Decoded(text, "utf-8", "content")
        if body.isascii():
            return Decoded(text, declared or "utf-8", declared_from or "guess")
        return Decoded(text, "utf-8", declared_from if declared == "utf-8" else "content")
    for name, known_from in ((declared, declared_from), ("gb18030", "content")):
        if name and name != "utf-8":
            try:
                return Decoded(body.decode(name), name, known_from)
            except (UnicodeDecodeError, LookupError):
                continue
    for name in (declared, "utf-8", "gb18030"):
        if name:
            text = body.decode(name, "replace")
            if text.count("\ufffd") * 1000 < len(text) + 1000:
                return Decoded(text, name, declared_from if name == declared else "content")
    guess = next(iter(EncodingDetector(body, is_html=True).encodings), None) or "utf-8"
    return Decoded(body.decode(guess, "replace"), guess, "guess")


def _declaration(body: bytes, content_type: str | None) -> tuple[str | None, str]:
    name = http_content_type_encoding(content_type) if content_type else None
    if name:
        return _widened(name), "header"
    if match := _DECLARED.search(body, 0, _HEAD):
        name = resolve_encoding(match.group(1).decode("ascii"))
        if name:
            return _widened(name), "meta"
    return None, ""


def _widened(name: str) -> str:
    """Every GB label means GB18030, its superset: pages labelled gb2312 hold 镕 and €."""
    name = codecs.lookup(name).name
    return "gb18030" if name in {"gb2312", "gbk", "hz"} else name
