"""Lines of a re-extraction's output: JSON as the store writes it, of values that are safe already."""

from itertools import chain
from typing import Final

import msgspec

from newsspider.items import Article
from newsspider.store.draft import bounded
from newsspider.store.identity import MAX_BODY, MAX_STRING

#: Line breaks to `str.splitlines` and to JavaScript, legal in JSON: U+0085, U+2028, U+2029.
_LINE_BREAKS: Final = {"\u0085": b"\\u0085", "\u2028": b"\\u2028", "\u2029": b"\\u2029"}
_ESCAPES: Final = {text.encode(): escape for text, escape in _LINE_BREAKS.items()}
# Nothing but U+0080 to U+00BF begins with this byte, and a single byte is found at once.
_C2: Final = b"\xc2"


def line_of(value: object) -> bytes:
    """Return a dataclass or plain values as one line of UTF-8 JSON ended by a newline.

    Strings have no lone surrogates: `fitted` saw to that.
    """
    data = msgspec.json.encode(value)
    for raw, escape in _ESCAPES.items():
        if (raw[:1] != _C2 or _C2 in data) and raw in data:
            data = data.replace(raw, escape)
    return data + b"\n"


def fitted(article: Article) -> Article:
    """Return the article as `store.draft.bounded` makes it; the same one where it fits a line already."""
    texts = list(filter(None, _texts(article)))
    if max(map(len, texts), default=0) > MAX_STRING or len(article.body) > MAX_BODY:
        return bounded(article)
    whole = "".join([article.body, *texts])
    if "\0" in whole or not _is_encodable(whole):
        return bounded(article)
    return article


def _texts(article: Article) -> chain[str | None]:
    links, images, evidence = article.related, article.images, article.evidence
    return chain(
        (article.url, article.title, article.source),
        *(article.channel, article.authors, article.editors, article.tags),
        *([link.group for link in links], [link.title for link in links]),
        *([link.url for link in links], [link.snippet for link in links]),
        *([image.url for image in images], [image.caption for image in images]),
        *([item.field for item in evidence], [item.rule for item in evidence]),
        *([item.node for item in evidence], [item.text for item in evidence]),
    )


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a pair alone
        return False
    return True
