"""Shapes of URLs: what the addresses of a site's articles have in common, as a regular expression.

The *tail* of an address, from the first segment that holds a number or an id, is what articles of all
channels share: `2023/03-29/1211502.html` of `/news/2023/03-29/1211502.html`. It is cut into tokens:
numbers, ids (letters and digits mixed), words. Addresses whose tokens are of the same kinds have one
shape; numbers and ids become classes in its pattern, words stay.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from newsspider.discover.link import Link
from newsspider.page.urls import canonical_url, identity

#: Shapes that a proposed pattern may have.
MOST_SHAPES: Final = 4

_FEWEST_ADDRESSES: Final = 3
_MANY_WORDS: Final = 3
_SMALLEST_SHARE: Final = 0.08
_HEADLINE: Final = 8
_MOST_CHANNELS_MATCHED: Final = 0.2

# 123e4567-e89b-12d3-a456-426614174000
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# 20231105, WS5dc4c152e4b0621d5c14cfb2, content, and what stands between such
_TOKEN: Final = re.compile(rf"{_UUID.pattern}|[0-9A-Za-z]+|[^0-9A-Za-z]+")
# 2023, 202311, 20231105: digits that count years, not articles
_DATED: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])?(?:[0-2]\d|3[01])?")
# content123, t20231105, c1: a word and a number
_WORD_NUMBER: Final = re.compile(r"([A-Za-z]{1,12})(\d+)")
# 5dc4c152e4b0, f74v0o3f8cb, WS5dc4c152: letters and digits mixed
_MIXED: Final = re.compile(r"(?=[^0-9]*\d)(?=[^A-Za-z]*[A-Za-z])[0-9A-Za-z]{7,}")
_DIGIT: Final = re.compile(r"[0-9]")  # 7
_EXTENSION: Final = re.compile(r"\.[a-z0-9]{2,5}$")  # .shtml, .php
# index_2.html, list-3.htm, node_12.htm
_INDEX_PAGE: Final = re.compile(r"^(?:index|default|list|node|more)\b", re.IGNORECASE)
# id, newsid, contentId, n
_ID_PARAMETER: Final = re.compile(r"\w*id|n|no|num|aid|nid|contentid|article|p|key|uuid", re.IGNORECASE)

_NUMBER, _ID_KIND, _UUID_KIND, _HTML = "{n}", "{id}", "{uuid}", "{html}"
_CLASSES: Final = {_NUMBER: r"\d+", _ID_KIND: r"\w*\d\w*", _UUID_KIND: r"[0-9a-fA-F-]{36}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A regular expression for a kind of addresses, an address of it, and how many there were."""

    pattern: str
    example: str
    count: int


def article_shapes(items: Iterable[Link], channels: Iterable[str] = ()) -> tuple[Shape, ...]:
    """Propose patterns for the articles among `items`, the links that listings of one site bring.

    `channels` are addresses that are no articles: a pattern that matches many of them is dropped.
    The most frequent first.
    """
    addresses: dict[str, Link] = {}
    for link in items:
        addresses.setdefault(identity(link.url), link)
    groups = _grouped(addresses.values())
    enough = max(_FEWEST_ADDRESSES, round(_SMALLEST_SHARE * len(addresses)))
    kept = [links for links in groups if len(links) >= enough and _has_headlines(links)]
    kept.sort(key=len, reverse=True)
    others = [canonical_url(url) for url in channels]
    shapes: list[Shape] = []
    for links in kept[:MOST_SHAPES]:
        pattern = _pattern([link.url for link in links])
        if not _matches_too_many(pattern, others):
            shapes.append(Shape(pattern=pattern, example=links[0].url, count=len(links)))
    return tuple(shapes)


def joined(shapes: Sequence[Shape]) -> str | None:
    """Return one pattern for several shapes; None for none."""
    return "|".join(shape.pattern for shape in shapes) or None


def _grouped(links: Iterable[Link]) -> list[list[Link]]:
    """Put links of one shape together.

    Addresses that differ only in the word before a number (doc-ifymrqmq1234, doc-ihnyuqhi5678) are of
    one shape where there are many such words: they are a part of the id, not a name.
    """
    fine: defaultdict[str, list[Link]] = defaultdict(list)
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        if (tail := _tail(link.url)) is not None:
            fine[_key(tail)].append(link)
            alike[_key(tail, words=False)].add(_key(tail))
    groups = []
    for keys in alike.values():
        if len(keys) >= _MANY_WORDS:
            groups.append([link for key in keys for link in fine[key]])
        else:
            groups += [fine[key] for key in keys]
    return groups


def _has_headlines(links: Sequence[Link]) -> bool:
    long = sum(len(link.title) >= _HEADLINE for link in links)
    untitled = sum(not link.title for link in links)  # sitemaps give no titles
    return long + untitled >= len(links) / 2


def _matches_too_many(pattern: str, others: Sequence[str]) -> bool:
    found = sum(re.search(pattern, url) is not None for url in others)
    return found > _MOST_CHANNELS_MATCHED * len(others) and found > 1


def _tail(url: str) -> str | None:
    """Return an address from its first segment with a number or id on; None where it has none."""
    parts = urlsplit(canonical_url(url))
    segments = parts.path.split("/")[1:]
    query = _id_parameter(parts.query)
    if query is not None:
        return f"{segments[-1]}?{query}"
    first = next((place for place, segment in enumerate(segments) if _is_variable(segment)), None)
    if first is None or not segments[-1] or _INDEX_PAGE.match(segments[-1]):
        return None
    return "/".join(segments[first:])


def _id_parameter(query: str) -> str | None:
    """Return `id=123` of a query that names an article."""
    for name, value in parse_qsl(query):
        if _ID_PARAMETER.fullmatch(name) and _DIGIT.search(value):
            return f"{name}={value}"
    return None


def _is_variable(segment: str) -> bool:
    """Return whether a segment holds a number or an id; the `mp4` of an extension is none."""
    stem = _EXTENSION.sub("", segment)
    return _DIGIT.search(stem) is not None


def _key(tail: str, *, words: bool = True) -> str:
    """Return what addresses of one shape have in common; without `words` before numbers, of several."""
    return "".join(
        _ID_KIND if not words and _WORD_NUMBER.fullmatch(text) else kind for kind, text in _tokens(tail)
    )


def _tokens(tail: str) -> list[tuple[str, str]]:
    """Cut a tail into tokens and name the kind of each: what two of one kind share."""
    texts = _TOKEN.findall(tail)
    last = max((place for place, text in enumerate(texts) if _DIGIT.search(text)), default=-1)
    # The last number is the article's own, however short: /2026/11/24/12.html
    return [
        (_NUMBER if place == last and text.isdecimal() else _kind(text), text)
        for place, text in enumerate(texts)
    ]


def _kind(text: str) -> str:
    if text.isdecimal():
        return f"{{{len(text)}}}" if _is_dated(text) else _NUMBER
    if _UUID.fullmatch(text):
        return _UUID_KIND
    if word := _WORD_NUMBER.fullmatch(text):
        return f"{word[1]}{_kind(word[2])}"
    if _MIXED.fullmatch(text):
        return _ID_KIND
    # .htm, .html and .shtml of one site are one shape
    return _HTML if text in {"htm", "html", "shtml"} else text


def _is_dated(digits: str) -> bool:
    """Return whether digits are a year, a month, a day or several of them."""
    return len(digits) == len("01") or _DATED.fullmatch(digits) is not None


def _pattern(urls: Sequence[str]) -> str:
    """Make the regular expression of addresses of one shape."""
    tails = [_tokens(tail) for url in urls if (tail := _tail(url)) is not None]
    expression = "".join(_expression(column) for column in zip(*tails, strict=False))
    if r"\?" in expression:
        # The id may stand behind other parameters, and others behind it.
        return "/" + expression.replace(r"\?", r"\?(?:.*&)?", 1)
    folder = "" if "/" in expression else _shared_folder(urls)
    end = r"(?:\?|$)" if any(urlsplit(canonical_url(url)).query for url in urls) else "$"
    return f"{folder}/{expression}{end}"


def _shared_folder(urls: Sequence[str]) -> str:
    """Return `/news` where all addresses lie in folders of that name: `/123.html` alone says little."""
    folders = Counter(urlsplit(url).path.split("/")[-2] for url in urls if urlsplit(url).path.count("/") > 1)
    if len(folders) == 1 and folders.total() == len(urls):
        return f"/{re.escape(next(iter(folders)))}"
    return ""


def _expression(column: Sequence[tuple[str, str]]) -> str:
    """Make the expression of one token from its kinds and values in all addresses."""
    kinds = {kind for kind, _ in column}
    return _of_kind(_ID_KIND if len(kinds) > 1 else column[0][0], [text for _, text in column])


def _of_kind(kind: str, texts: Sequence[str]) -> str:
    if kind in _CLASSES:
        return _CLASSES[kind]
    if kind == _HTML:
        return _extension(set(texts))
    if texts[0].isdecimal():
        return rf"\d{{{len(texts[0])}}}"
    if (word := _WORD_NUMBER.fullmatch(texts[0])) is not None:
        return word[1] + _of_kind(kind.removeprefix(word[1]), [word[2]])
    return re.escape(texts[0]).replace(r"\-", "-")


def _extension(values: set[str]) -> str:
    if values == {"shtml"}:
        return "shtml"
    return "s?html?" if "shtml" in values else "html?"
