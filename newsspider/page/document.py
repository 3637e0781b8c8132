"""A fetched page: decoded once, parsed once, read by extract/ and discover/."""

from functools import cached_property
from typing import Final
from urllib.parse import urljoin

from lxml import html

from newsspider.page.decode import Decoded, decode

_EMPTY: Final = "<html><body></body></html>"


class Page:
    """One page. `root` is the lxml tree, `text` the decoded source, `url` the URL it was fetched from (or None)."""

    def __init__(self, decoded: Decoded, url: str | None = None) -> None:
        self.url = url
        self.text = decoded.text
        self.encoding = decoded.encoding
        self.encoding_from = decoded.encoding_from

    @classmethod
    def from_bytes(cls, body: bytes, *, url: str | None = None, content_type: str | None = None) -> "Page":
        """Decode `body`; `content_type` is the value of that HTTP header, if any."""
        return cls(decode(body, content_type), url)

    @cached_property
    def root(self) -> html.HtmlElement:
        """The tree; an empty document where nothing can be parsed."""
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        source = self.text.replace("\0", "").encode("utf-8", "replace")
        try:
            return html.document_fromstring(source or _EMPTY.encode(), parser=parser)
        except (html.etree.ParserError, ValueError):
            return html.document_fromstring(_EMPTY)

    @cached_property
    def base_url(self) -> str | None:
        """What links of the page are relative to: `<base href>` against the page's URL."""
        base = self.root.find(".//base[@href]")
        if base is None:
            return self.url
        return urljoin(self.url or "", base.get("href", "").strip()) or self.url
