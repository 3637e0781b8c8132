"""A fetched page: decoded once, parsed once, walked once; read by extract/ and discover/."""

from functools import cached_property
from typing import Final
from urllib.parse import urljoin

from lxml import etree
from lxml.etree import _Element

from newsspider.items import Flag
from newsspider.page.decode import Decoded, decode
from newsspider.page.limits import LEVELS, flattened, limit
from newsspider.page.outline import MAX_DEPTH, Outline
from newsspider.page.text import clean

_EMPTY: Final = b"<html><body></body></html>"


class Page:
    """One page.

    url: where it was fetched from, or None. text: the decoded source. root: the lxml tree, without
    comments. outline: its blocks and boxes. flags: what was cut or could not be read.
    """

    def __init__(self, decoded: Decoded, url: str | None = None) -> None:
        self.url = url
        self.encoding = decoded.encoding
        self.encoding_from = decoded.encoding_from
        self.text, self._flags = limit(decoded.text)
        # What was cut has to be encoded anew.
        self._source = decoded.source if self.text is decoded.text else None
        if decoded.flag:
            self._flags += (decoded.flag,)

    @classmethod
    def from_bytes(cls, body: bytes, *, url: str | None = None, content_type: str | None = None) -> "Page":
        """Decode `body`; `content_type` is the value of that HTTP header, if any."""
        return cls(decode(body, content_type), url)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What is doubtful about the page as a whole."""
        self._tree  # noqa: B018 - parsing finds some of them
        return self._flags

    @property
    def root(self) -> _Element:
        """The tree; an empty document where nothing can be parsed."""
        return self._tree[0]

    @property
    def outline(self) -> Outline:
        """Blocks and boxes of the page."""
        return self._tree[1]

    @cached_property
    def _tree(self) -> tuple[_Element, Outline]:
        root = _parse(self.text, self._source)
        self._source = None
        outline = Outline(root)
        if outline.depth >= MAX_DEPTH:
            self._flags += (Flag(field="body", reason="truncated_tree: tags nested too deep were dropped"),)
            for levels in LEVELS:
                root = _parse(flattened(self.text, levels))
                outline = Outline(root)
                if outline.depth < MAX_DEPTH:
                    break
        return root, outline

    @cached_property
    def base_url(self) -> str | None:
        """What links of the page are relative to: `<base href>` against the page's URL."""
        href = next((el.get("href") for el in self.outline.heads if el.tag == "base"), None)
        if not href:
            return self.url
        try:
            return urljoin(self.url or "", href.strip()) or self.url
        except ValueError:
            return self.url

    @cached_property
    def metas(self) -> dict[str, str]:
        """`<meta name|property|itemprop content>` by lower-case name; the first of each counts."""
        found: dict[str, str] = {}
        for meta in self.outline.heads:
            content = meta.get("content")
            if content:
                name = meta.get("name") or meta.get("property") or meta.get("itemprop")
                if name:
                    found.setdefault(name.strip().lower(), content)
        return found

    @cached_property
    def head_title(self) -> str:
        """The text of `<title>`, cleaned."""
        title = next((el for el in self.outline.heads if el.tag == "title"), None)
        return clean(title.text or "") if title is not None else ""


def _parse(text: str, encoded: bytes | None = None) -> _Element:
    """Parse `text`; `encoded` is the same in UTF-8, where it is at hand."""
    # Not lxml.html's parser: it asks Python for the class of every element, half the time of a walk.
    # Nobody asks for an element by the index of ids.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    source = encoded if encoded is not None else text.encode("utf-8", "replace")
    source = source.replace(b"\0", b"")
    try:
        root = etree.fromstring(source or _EMPTY, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return root if root is not None else etree.fromstring(_EMPTY, parser)
