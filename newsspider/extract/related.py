"""Lists of links to other articles, each with its printed heading: 相关新闻, 推荐阅读, 热点排行."""

import re
from collections.abc import Container
from itertools import accumulate
from typing import Final

from msgspec import Struct

from newsspider.extract.article_links import FILES, is_article_address, is_headline
from newsspider.extract.headings import find_heading
from newsspider.extract.lines import is_neighbour
from newsspider.extract.title import fold
from newsspider.items import Related
from newsspider.page.document import Page
from newsspider.page.outline import Block, Box, Link, Outline
from newsspider.page.text import remembered
from newsspider.page.urls import absolute

#: Characters of a link that may be a headline; shorter ones count only among long ones.
_LONG: Final = 7
_MAX: Final = 400
#: Characters of any link that counts.
_LEAST: Final = 4
# 1、 · ・ ◇ ■ [图] 01 before a headline
_BULLET: Final = re.compile(
    r"^(?:[\s·・•．.◇◆■□●○★☆▪▲△→>»›\-*※|｜]+|\d{1,2}\s?[、.．:：]\s?(?=\D)|\d{1,2}\s+(?=\D{5})|(?:\d{1,2}图)(?=\S{4}))+"
)
# 2020.10.04 behind a headline, (10-04 07:11), 6小时前 before it
_TAIL: Final = re.compile(
    r"(?:\s{1,3}[\[(（]?|[\[(（]|(?=20\d\d[-/.]\d\d[-/.]\d\d))(?:20\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s\d\d:\d\d(?::\d\d)?)?[\])）]?$|\s\d\d:\d\d$"
)
_AGO: Final = re.compile(r"^\d{1,2}\s?(?:小时|分钟|天)前\s*")
# A part of the page that links to no articles, whatever is in it, and one where only headlines count.
# A pattern whose every alternative begins with a character of its own is looked for in one quick pass over
# the text: so `\b` and `^` are looked for behind that character.
_FOOTER: Final = re.compile(
    r"foot|copyright|friend|yqlink|advert|guanggao|sponsor|a(?<=\ba)d(?:[_\d-]|s?\b)|weather|toolbar"
)
_NAVIGATION: Final = re.compile(
    r"nav|menu|crumb|comment|pinglun|login|user|share|paging|pagination|t(?<=\bt)ags?\b|keyword|subscribe|tie-|location|weizhi|search|banner"
)
_is_named_footer: Final = remembered(_FOOTER)
_is_named_navigation: Final = remembered(_NAVIGATION)
_CLEAN: Final = re.compile(r"https?://[\w.-]+/[\w./?=&%~-]*(?:#[\w=&-]*)?", re.ASCII)
#: Characters of a date behind a headline.
_DATE_SIZE: Final = 24
#: Headlines that make a list above the article's one.
_FEW: Final = 4
#: Links of a card: headline, channel, tags, comments.
_CARD: Final = 7
_IN_NAVIGATION: Final = 1
_IN_FOOTER: Final = 2
_ITEMS: Final = frozenset(("li", "dt", "dd", "tr", "p"))
_LISTS: Final = frozenset(("ul", "ol", "dl", "table", "tbody", "tr", "td", "body"))


class _List(Struct, eq=False):
    """Links of one box."""

    box: Box
    links: list[Link]


def find_related(page: Page, *, title: str, text: Container[int], above: int) -> tuple[Related, ...]:
    """Return the links; `text` are the blocks of the article's paragraphs, `above` the headline's block."""
    outline = page.outline
    lists = _lists(outline, text)
    places: dict[int, int] = {}
    chosen = [group for group in lists if _is_reading_list(group, above, places)]
    items = {
        i
        for group in lists
        for link in group.links
        if len(link.text) >= _LONG
        for i in range(link.first, link.last)
    }
    found: dict[tuple[str | None, str], Related] = {}
    here = page.url.partition("#")[0].partition("://")[2] if page.url else None
    own, base = fold(title), page.base_url
    for group in chosen:
        heading = find_heading(group.box, group.links[0].first, outline, items)
        for link in _headlines(group):
            name, snippet = _parts(link, outline)
            if (
                (heading, name) in found
                or len(name) < _LEAST
                or (link.href[-5:] != ".html" and link.href.lower().endswith(FILES))
                or is_neighbour(outline.blocks[link.first].text)
            ):
                continue
            url = _address(base, link.href)
            if url is None or (_is_same(url, here) if here else fold(name) == own):
                continue
            found[heading, name] = Related(group=heading, title=name, url=url, snippet=snippet)
    return tuple(found.values())[:_MAX]


def _is_same(url: str, here: str) -> bool:
    """Return whether `url` is the page `here`, which has neither scheme nor fragment."""
    return here in url and url.partition("#")[0].partition("://")[2] == here


def _address(base: str | None, href: str) -> str | None:
    """Return the link's URL; most are absolute and clean as they are."""
    if base is None:
        return href.strip()
    if _CLEAN.fullmatch(href):
        return href
    return absolute(base, href)


def _lists(outline: Outline, text: Container[int]) -> list[_List]:
    """Return the links outside the text by the smallest box that holds two headlines."""
    count = len(outline.blocks)
    candidates = [
        link
        for link in outline.links
        if len(link.text) >= _LEAST and link.first < count and link.first not in text
    ]
    counts = _long_counts(outline, candidates)
    containers: dict[int, Box] = {}
    lists: dict[int, _List] = {}
    for link in candidates:
        box = containers.get(link.box.index)
        if box is None:
            box = containers[link.box.index] = _container(link.box, counts)
        group = lists.get(box.index)
        if group is None:
            lists[box.index] = _List(box, [link])
        else:
            group.links.append(link)
    return list(lists.values())


def _long_counts(outline: Outline, candidates: list[Link]) -> list[int]:
    """Return running sums of links with a headline's length, by link index."""
    long_ones = bytearray(len(outline.links))
    for link in candidates:
        if len(link.text) >= _LONG:
            long_ones[link.index] = 1
    return list(accumulate(long_ones, initial=0))


def _container(box: Box, counts: list[int]) -> Box:
    """Return the smallest box around `box` that holds two headlines."""
    while box.parent is not None:
        own = counts[box.to_link] - counts[box.from_link]
        if own >= 2 and not (
            own == 2 and box.tag in _ITEMS and counts[box.parent.to_link] - counts[box.parent.from_link] > 2
        ):
            break
        box = box.parent
    return box


def _place(box: Box, known: dict[int, int]) -> int:
    """Return what the names of the boxes around say: `_IN_FOOTER`, `_IN_NAVIGATION` or 0."""
    place = known.get(box.index)
    if place is None:
        place = 0
        if box.tag not in {"html", "body"}:
            hint = box.hint
            if box.tag == "footer" or _is_named_footer(hint):
                place = _IN_FOOTER
            else:
                place = _place(box.parent, known) if box.parent is not None else 0
                if place == 0 and (box.tag == "nav" or _is_named_navigation(hint)):
                    place = _IN_NAVIGATION
        known[box.index] = place
    return place


def _is_reading_list(group: _List, above: int, places: dict[int, int]) -> bool:
    """Return whether the box lists articles; drop the controls among its links."""
    is_above = group.box.first < above
    long_ones = len([link for link in group.links if len(link.text) >= _LONG])
    if long_ones < (_FEW if is_above else 1) or (place := _place(group.box, places)) == _IN_FOOTER:
        return False
    articles = {link.index for link in group.links if is_article_address(link.href)}
    if len(articles) * 3 < len(group.links):
        return False
    links = group.links = [link for link in group.links if is_headline(link.text)]
    sizes = [len(link.text) for link in links]
    long_ones = len([size for size in sizes if size >= _LONG])
    if not long_ones or long_ones * 2 < len(links):
        return False
    if place == _IN_NAVIGATION and sum(sizes) < 10 * len(links):
        return False
    if is_above and (long_ones < _FEW or sum(sizes) < 12 * len(links)):
        return False
    return len([link for link in links if link.index in articles]) * 2 >= len(links)


def _headlines(group: _List) -> list[Link]:
    """Return one headline for each card: its tags, channel and comments are links too."""
    cards: dict[int, list[Link]] = {}
    kept: list[Link] = []
    for link in group.links:
        at: Box | None = link.box
        while at is not None and at.to_link - at.from_link < 2:
            at = at.parent
        if at is None or at.tag in _LISTS or at.to_link - at.from_link > _CARD:
            kept.append(link)
        else:
            cards.setdefault(at.index, []).append(link)
    if not cards:
        return kept
    for links in cards.values():
        longest = max(len(link.text) for link in links)
        kept += [link for link in links if len(link.text) * 5 >= longest * 2]
    return sorted(kept, key=lambda link: link.index)


def _parts(link: Link, outline: Outline) -> tuple[str, str | None]:
    """Return a link's headline and the snippet printed with it, without bullets, ranks and dates."""
    name, snippet = link.text, None
    if link.last - link.first > 1:
        lines = [b for b in outline.blocks[link.first : link.last] if b.link_size * 2 > b.size]
        headings = [b for b in lines if b.level] or [b for b in lines if b.size >= _LONG] or lines
        if headings:
            head = headings[0]
            name = head.text
            longer = [b for b in lines if b.index > head.index and b.size > 30]
            snippet = longer[0].text if longer else None
    else:
        snippet = _snippet(link, outline)
    if not name[0].isalpha():
        name = _BULLET.sub("", _AGO.sub("", name))
    if not name[-1:].isalpha() and (match := _TAIL.search(name, max(0, len(name) - _DATE_SIZE))) is not None:
        name = name[: match.start()].strip() or name
    return name, snippet


def _snippet(link: Link, outline: Outline) -> str | None:
    """Return the paragraph that follows a headline in its item: "2月8日，由省教育厅主办的…"."""
    blocks = outline.blocks
    if link.last >= len(blocks):
        return None
    following: Block = blocks[link.last]
    item = link.box if link.box.tag in {"li", "dl", "div"} else link.box.parent
    if (
        item is None
        or not item.first <= following.index < item.last
        or following.links
        or following.size < 20
    ):
        return None
    if item.to_link - item.from_link > 3:
        return None
    return following.text
