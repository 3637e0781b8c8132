"""Lists of links to other articles, each with its printed heading: 相关新闻, 推荐阅读, 热点排行."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final

from newsspider.extract.title import fold
from newsspider.items import Related
from newsspider.page.document import Page
from newsspider.page.outline import Block, Box, Link, Outline
from newsspider.page.urls import absolute

#: Characters of a link that may be a headline; shorter ones count only among long ones.
_LONG: Final = 7
_MAX: Final = 400
# 1、 · ・ ◇ ■ [图] 01 before a headline
_BULLET: Final = re.compile(r"^(?:[\s·・•．.◇◆■□●○★☆▪▲△→>»›\-*※|｜]+|\d{1,2}\s?[、.．:：]\s?(?=\D)|\d{1,2}\s+(?=\D{5})|(?:\d{1,2}图)(?=\S{4}))+")
_TAIL: Final = re.compile(r"\s*(?:[\[(（]?(?:20\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s\d\d:\d\d(?::\d\d)?)?[\])）]?|\d\d:\d\d)$")
# A part of the page that links to no articles.
_NAVIGATION: Final = re.compile(
    r"nav|menu|foot|crumb|comment|pinglun|login|user|copyright|friend|yqlink|toolbar|share|paging|pagination|\btags?\b|keyword|subscribe|tie-|location|weizhi|search|weather|banner|\bad[_\d-]|advert|guanggao|sponsor"
)
_NOT_ARTICLE: Final = re.compile(
    r"许可证|备案|公网安备|ICP|版权|违法和不良|举报|自律|公约|声明|关于我们|联系我们|联系方式|广告服务|招聘|律师|法律顾问|网站地图|友情链接|下载|客户端|登录|注册|邮箱|投稿|我来说两句|评论|跟贴|查看全部|查看更多|更多>|^更多|更多.{0,8}>>|返回|"
    r"首页|上一[篇页条]|下一[篇页条]|用户协议|隐私|服务条款|设为|加入收藏|RSS|About|English|微博|论坛|博客$|频道$|专题$|^@|[:：]$|^https?:|^www\.|意见反馈|帮助中心|订阅|进入|点击"
)
_HEADING_EDGES: Final = " 　:：>》»【】[]<《|｜·■●▍▶▼◆☆★-—_/\\"
_MORE: Final = re.compile(r"\s*(?:[\[【(（]?更多[^\s]{0,8}[\]】)）]?|more|MORE|More|换一换|查看更多)[\s>》»+.…]*$")
_HEADING_HINT: Final = re.compile(r"tit|head|\bhd\b|_hd|bt\b|name|caption|h\d|label|tab|nav")


@dataclass
class _List:
    """Links of one box and the heading printed above them."""

    box: Box
    links: list[Link] = field(default_factory=list)
    heading: str | None = None


def find_related(page: Page, *, title: str, text: Container[int], start: int) -> tuple[Related, ...]:
    """Return the links; `text` are the blocks of the article's paragraphs, `start` the first of them."""
    outline = page.outline
    folded_title = fold(title)
    lists: dict[int, _List] = {}
    candidates = [link for link in outline.links if _candidate(link, text)]
    counts = _long_counts(outline, candidates)
    for link in candidates:
        box = _container(link, counts)
        lists.setdefault(box.index, _List(box)).links.append(link)
    found: list[Related] = []
    seen: set[tuple[str | None, str]] = set()
    for group in lists.values():
        if not _is_reading_list(group, outline, start):
            continue
        heading = _heading(group, outline)
        for link in group.links:
            name, snippet = _parts(link, outline)
            if len(name) < 4 or _NOT_ARTICLE.search(name) and len(name) < 16:
                continue
            url = absolute(page.base_url, link.href) if page.base_url else link.href.strip()
            if url is None or fold(name) == folded_title and page.url is None:
                continue
            if page.url is not None and _same(url, page.url):
                continue
            key = (heading, name)
            if key in seen:
                continue
            seen.add(key)
            found.append(Related(group=heading, title=name, url=url, snippet=snippet))
    return tuple(found[:_MAX])


def _same(url: str, other: str) -> bool:
    return url.partition("#")[0].partition("://")[2] == other.partition("#")[0].partition("://")[2]


def _candidate(link: Link, text: Container[int]) -> bool:
    if len(link.text) < 4:
        return False
    href = link.href.strip().lower()
    if not href or href[0] == "#" or href.startswith(("javascript:", "mailto:", "tel:")):
        return False
    return not any(i in text for i in range(link.first, max(link.last, link.first + 1)))


def _long_counts(outline: Outline, candidates: list[Link]) -> list[int]:
    """Return running sums of links with a headline's length, by link index."""
    long_ones = bytearray(len(outline.links))
    for link in candidates:
        long_ones[link.index] = len(link.text) >= _LONG
    total, sums = 0, [0]
    for flag in long_ones:
        total += flag
        sums.append(total)
    return sums


def _container(link: Link, counts: list[int]) -> Box:
    """Return the smallest box around `link` that holds two headlines."""
    box = link.box
    while box.parent is not None and (
        counts[box.to_link] - counts[box.from_link] < 2 or box.tag in {"li", "dt", "dd", "tr", "p"} and _is_item(box, counts)
    ):
        box = box.parent
    return box


def _is_item(box: Box, counts: list[int]) -> bool:
    parent = box.parent
    return parent is not None and counts[box.to_link] - counts[box.from_link] <= 2 and counts[parent.to_link] - counts[parent.from_link] > 2


def _is_reading_list(group: _List, outline: Outline, start: int) -> bool:
    names = [link.text for link in group.links]
    long_ones = [name for name in names if len(name) >= _LONG and not _NOT_ARTICLE.search(name)]
    if not long_ones or len(long_ones) * 2 < len(names):
        return False
    articles = sum(_article_href(link.href) for link in group.links)
    if articles * 2 < len(names):
        return False
    at: Box | None = group.box
    while at is not None and at.tag not in {"html", "body"}:
        if at.tag in {"nav", "footer"} or _NAVIGATION.search(at.hint):
            return False
        at = at.parent
    return True


_ARTICLE_HREF: Final = re.compile(r"\d{3}|[?&]\w*id=|\.s?html?(?:$|[?#])|/detail|/content|/article|/view|/p/|/a/", re.IGNORECASE)


def _article_href(href: str) -> bool:
    return bool(_ARTICLE_HREF.search(href))


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
    name = _BULLET.sub("", name)
    name = _TAIL.sub("", name).strip() or name
    return name, snippet


def _snippet(link: Link, outline: Outline) -> str | None:
    """Return the paragraph that follows a headline in its item: "2月8日，由省教育厅主办的…"."""
    blocks = outline.blocks
    if link.last >= len(blocks):
        return None
    following: Block = blocks[link.last]
    item = link.box if link.box.tag in {"li", "dl", "div"} else link.box.parent
    if item is None or not item.first <= following.index < item.last or following.links or following.size < 20:
        return None
    if item.to_link - item.from_link > 3:
        return None
    return following.text


def _heading(group: _List, outline: Outline) -> str | None:
    """Return the words printed above the list."""
    first = min(link.first for link in group.links)
    box: Box | None = group.box
    for _ in range(5):
        if box is None or box.tag in {"body", "html"}:
            return None
        for block in reversed(outline.blocks[max(box.first, first - 3) : first]):
            if name := _heading_text(block, outline):
                return name
        box = box.parent
    return None


def _heading_text(block: Block, outline: Outline) -> str | None:
    text = _MORE.sub("", block.text).strip(_HEADING_EDGES)
    if not 2 <= len(text) <= 20 or not any(c.isalpha() for c in text):
        return None
    if any(mark in text for mark in "，。！？,!?"):
        return None
    return text
