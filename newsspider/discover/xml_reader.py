"""XML that strangers wrote: bounded, without entities, repaired where it is broken."""

import html
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from lxml import etree

from newsspider.page.decode import decode

#: Bytes of a feed or sitemap that are read, after inflating.
MAX_BYTES: Final = 8 * 1024 * 1024
#: Elements that are read: 50,000 URLs with five each.
MAX_ELEMENTS: Final = 300_000
#: Elements of one entry that are read.
MAX_IN_ENTRY: Final = 2_000

#: The root and its children.
_ENTRY_DEPTH: Final = 2
_GZIP: Final = b"\x1f\x8b"
# <?xml version="1.0" encoding="gb2312"?>: the text is decoded already
_DECLARATION: Final = re.compile(r"<\?xml[^>]{0,200}\?>")
# &nbsp; and the bare & of ?a=1&b=2
_REFERENCE: Final = re.compile(r"&(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{0,30};)?")
_XML_NAMES: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
# What XML 1.0 forbids
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def inflated(body: bytes) -> bytes:
    """Return `body` without gzip, however it was labelled: as much as is whole, at most `MAX_BYTES`."""
    if not body.startswith(_GZIP):
        return body[:MAX_BYTES]
    stream = zlib.decompressobj(wbits=31)
    try:
        return stream.decompress(body, MAX_BYTES)
    except zlib.error:
        return _readable_part(body)


def _readable_part(body: bytes) -> bytes:
    """Return what a damaged gzip file still gives, read in small steps."""
    stream, out = zlib.decompressobj(wbits=31), bytearray()
    try:
        for start in range(0, len(body), 1024):
            out += stream.decompress(body[start : start + 1024], MAX_BYTES - len(out) + 1)
            if len(out) >= MAX_BYTES:
                break
    except zlib.error:
        pass
    return bytes(out[:MAX_BYTES])


def read_text(body: bytes) -> str:
    """Return the document's text: inflated, decoded, without XML declaration and what stands before it."""
    text = _DECLARATION.sub("", decode(inflated(body)).text, count=1)
    return text[max(text.find("<"), 0) :]


def entries(text: str, names: frozenset[str]) -> Iterator[etree._Element]:
    """Yield each element whose local name is in `names`, whole; it is emptied when the next is asked for.

    A document that is no well-formed XML is read again in its repaired form, from the entry at which
    the first reading broke off.
    """
    done = 0
    try:
        for element in _read(text, names, recover=False):
            done += 1
            yield element
    except etree.XMLSyntaxError:
        pass
    else:
        return
    try:
        whole = repaired(_without_stump(text, names))
        for number, element in enumerate(_read(whole, names, recover=True)):
            if number >= done:
                yield element
    except etree.XMLSyntaxError:
        return


def _without_stump(text: str, names: frozenset[str]) -> str:
    """Cut the document behind its last whole entry: an address that was cut off is a wrong one."""
    lower = text.lower()
    end = max(lower.rfind(f"</{name}>") + len(name) + 3 for name in names)
    return text[:end] if end > max(map(len, names)) + 3 else text


def local_name(element: etree._Element) -> str:
    """Return the element's name without namespace, in lower case; "" for a comment or an entity."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def repaired(text: str) -> str:
    """Escape bare ampersands outside CDATA, replace HTML's entities, drop what XML forbids."""
    text = _FORBIDDEN.sub("", text)
    parts = text.split("<![CDATA[")
    out = [_REFERENCE.sub(_reference, parts[0])]
    for part in parts[1:]:
        inside, closed, outside = part.partition("]]>")
        out.append("<![CDATA[" + inside + closed + _REFERENCE.sub(_reference, outside))
    return "".join(out)


def _reference(match: re.Match[str]) -> str:
    name = match.group(1)
    if name is None:
        return "&amp;"
    if name.startswith("#") or name in _XML_NAMES:
        return match.group()
    character = html.unescape(f"&{name}")
    return f"&amp;{name}" if character.startswith("&") else html.escape(character)


def _read(text: str, names: frozenset[str], *, recover: bool) -> Iterator[etree._Element]:
    stream = etree.iterparse(
        BytesIO(text.encode("utf-8", "replace")),
        events=("start", "end"),
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = seen = within = 0
    for event, element in stream:
        if event == "start":
            depth += 1
            seen += 1
            within = within + 1 if depth > _ENTRY_DEPTH else 0
            if seen > MAX_ELEMENTS:
                return
            continue
        depth -= 1
        if local_name(element) in names:
            yield element
            within = 0
            _forget(element)
        elif depth <= 1 or within > MAX_IN_ENTRY:
            _forget(element)


def _forget(element: etree._Element) -> None:
    """Free the memory of an element and of what stands before it."""
    element.clear()
    while (before := element.getprevious()) is not None:
        parent = before.getparent()
        if parent is None:
            return
        parent.remove(before)
