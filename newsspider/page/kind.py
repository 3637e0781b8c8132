"""What a page is, before anything is read from it: article, list, blocked, gone, empty or other."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from newsspider.items import PageKind
from newsspider.page.document import Page
from newsspider.page.outline import Block, Box, Outline
from newsspider.page.refusing import MOST_TEXT, blocked_by, challenged_by, login, missing, shell
from newsspider.profile import SiteProfile


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of a page and the rule that decided."""

    kind: PageKind
    reason: str


_GONE_STATUS: Final = frozenset({404, 410})
_BLOCKED_STATUS: Final = frozenset({401, 403, 405, 412, 418, 429, 444, 503, 521})
_SERVER_ERROR: Final = 500

_SENTENCE: Final = re.compile(r"[。！？；，…]")
# 2019-10-12 08:30, 2019年10月12日
_TIME: Final = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
_TIME_OR_CREDIT: Final = re.compile(
    _TIME.pattern + r"|来源|稿源|责任编辑|责编|编辑\s?[：:]|作者\s?[：:]|记者|通讯员|发布时间|发表时间"
)
# /2019-10/12/, 1234567.html, content_12345.htm, /a/20191012/
_ARTICLE_PATH: Final = re.compile(
    r"/(?:19|20)?\d\d[-_/]?(?:0?[1-9]|1[0-2])[-_/]?(?:[0-3]?\d)[/_-]\w|\d{5,}[^/]*$|(?:content|detail|article|show|view)[^/]*\d",
    re.IGNORECASE,
)
_LONG_NUMBER: Final = re.compile(r"\d{7,}")
_LIST_PATH: Final = re.compile(
    r"/$|/(?:index|list|default|more|node|col)[-_]?\d{0,8}(?:[-_]\d+)?(?:\.\w{3,5})?$|/news-list-|/(?:list|col|channel|node|column)s?[-_/]?\w{0,12}/?$",
    re.IGNORECASE,
)
_TOPIC_PATH: Final = re.compile(
    r"/(?:\w{0,8}zt(?:lm|k)?|zhuanti|special|topics?|subject)(?:[/_-]|\d{0,4}/)", re.IGNORECASE
)
_TOPIC_TITLE: Final = re.compile(r"专题|特别报道|系列报道")
# slide.example.cn, /photo/, /tuji/
_SLIDES_PATH: Final = re.compile(
    r"(?:^|[./])(?:slides?|photos?|photoview|pic(?:s|ture)?s?|gallery|tuji)[./_-]", re.IGNORECASE
)
# v.example.cn, /video/, /live/
_VIDEO_PATH: Final = re.compile(r"(?:^|[./])(?:videos?|v|tv|live|zhibo|vod|shipin)[./_-]", re.IGNORECASE)
_SLIDES_TITLE: Final = re.compile(r"高清图集|_图集|图集_")
_FORUM: Final = re.compile(r"(?:^|[./])(?:bbs|tieba|forum|club)[./]|viewthread|showthread", re.IGNORECASE)
_FORUM_TITLE: Final = re.compile(r"贴吧|[-_ ][^-_ ]{0,6}论坛$|Powered by (?:Discuz|phpwind)", re.IGNORECASE)
# /about/, /aboutus.html, /lxwm/
_SERVICE_PATH: Final = re.compile(
    r"/(?:about\w{0,8}|contact\w{0,4}|copyright|privacy|disclaimer|jobs?|help|gywm|lxwm|guanyu\w{0,8}|lianxi\w{0,8})(?:[/._-]|$)",
    re.IGNORECASE,
)
_SERVICE_TITLE: Final = re.compile(
    r"^(?:关于(?:我们|本站|本网)|联系(?:我们|方式)|(?:版权|免责|法律|网站|隐私)(?:声明|政策|条款|保护)|隐私|广告(?:服务|刊例|报价)|诚聘|招贤|网站(?:简介|地图)|服务(?:条款|协议)|用户协议)"
)

#: Characters of a paragraph, of a linked headline, of a page that prints anything, of a text that no block
#: or missing page has, of an article, of a long one.
_PARAGRAPH: Final = 28
_HEADLINE: Final = 9
_PRINTED: Final = 8
_LEAST_ARTICLE: Final = 200
_TEXT: Final = 250
_LONG_TEXT: Final = 800
#: Headlines (or dates) of a short list, headlines of a front page, dates of a list.
_FEW: Final = 5
_MANY: Final = 30
#: Characters of a line; lines above and below the text where a byline stands.
_LINE: Final = 150
_ABOVE: Final = 15
_BELOW: Final = 6


@dataclass(slots=True)
class Measures:
    """What a page has of an article and of a list.

    text: characters outside links. body: characters of paragraphs in the box that holds most of them,
    body_links: headlines linked between these paragraphs. headlines: links with the text of a headline.
    """

    text: int
    body: int
    paragraphs: int
    body_links: int
    headlines: int
    links: int
    link_text: int
    times: int
    byline: bool
    h1: bool


def classify(page: Page, *, status: int = 200, profile: SiteProfile | None = None) -> Verdict:
    """Return the kind of `page` that was answered with `status`, and why."""
    if status in _GONE_STATUS:
        return Verdict(PageKind.GONE, f"http_{status}")
    measures = measure(page.outline)
    if measures.body < _LEAST_ARTICLE and (found := _no_content(page, measures, status)):
        return found
    if profile is not None and (found := _by_profile(page, measures, profile)):
        return found
    return _content(page, measures)


def measure(outline: Outline) -> Measures:
    """Measure a page once for all rules."""
    paragraphs = [
        block
        for block in outline.blocks
        if block.size >= _PARAGRAPH and block.link_size * 4 < block.size and _SENTENCE.search(block.text)
    ]
    body, inner = _densest(paragraphs)
    headlines = [link for link in outline.links if len(link.text) >= _HEADLINE]
    among = 0
    if inner:
        among = sum(inner[0].index < link.first <= inner[-1].index for link in headlines)
    return Measures(
        text=outline.sums[-1] - outline.link_sums[-1],
        body=body,
        paragraphs=len(inner),
        body_links=among,
        headlines=len(headlines),
        links=len(outline.links),
        link_text=outline.link_sums[-1],
        times=sum(block.size < _LINE and _TIME.search(block.text) is not None for block in outline.blocks),
        byline=bool(inner) and _has_byline(outline, inner),
        h1=any(block.level == 1 for block in outline.blocks),
    )


def _has_byline(outline: Outline, inner: list[Block]) -> bool:
    """Whether a time or a credit is printed just above or below the text."""
    first, last = inner[0].index, inner[-1].index
    around = (*outline.blocks[max(0, first - _ABOVE) : first], *outline.blocks[last + 1 : last + 1 + _BELOW])
    return any(
        block.size < _LINE and block.link_size * 2 < block.size and _TIME_OR_CREDIT.search(block.text)
        for block in around
    )


def _densest(paragraphs: list[Block]) -> tuple[int, list[Block]]:
    """Characters and blocks of the box that holds most of the paragraphs' text, at most three levels above them."""
    inside: dict[int, list[Block]] = {}
    sizes: dict[int, int] = {}
    for block in paragraphs:
        box: Box | None = block.box
        for _ in range(3):
            if box is None:
                break
            inside.setdefault(box.index, []).append(block)
            sizes[box.index] = sizes.get(box.index, 0) + block.size
            box = box.parent
    if not sizes:
        return 0, []
    best = max(sizes, key=lambda index: sizes[index])
    return sizes[best], inside[best]


def _no_content(page: Page, measures: Measures, status: int) -> Verdict | None:
    """Blocks, logins, missing pages and shells."""
    printed = "\n".join(block.text for block in page.outline.blocks[:60])[: 2 * MOST_TEXT]
    little = measures.text <= MOST_TEXT
    alone = little and measures.headlines < _HEADLINE
    visible = measures.text + measures.link_text
    if alone and (reason := blocked_by(page, printed)):
        return Verdict(PageKind.BLOCKED, reason)
    if status in _BLOCKED_STATUS:
        return Verdict(PageKind.BLOCKED, f"http_{status}")
    if status >= _SERVER_ERROR:
        return Verdict(PageKind.OTHER, f"http_{status}")
    if alone and measures.body < _PARAGRAPH * 2 and login(page, printed):
        return Verdict(PageKind.OTHER, "login")
    if little and missing(page, printed[:300] if visible >= _PRINTED else None):
        return Verdict(PageKind.GONE, "soft_404")
    if visible < _PARAGRAPH and (reason := challenged_by(page)):
        return Verdict(PageKind.BLOCKED, reason)
    return Verdict(PageKind.EMPTY, shell(page)) if visible < _PRINTED else None


def _by_profile(page: Page, measures: Measures, profile: SiteProfile) -> Verdict | None:
    url = page.url or ""
    if profile.article_pattern is not None and profile.article_pattern.search(url):
        return Verdict(PageKind.ARTICLE, "article_url") if measures.body >= _PARAGRAPH else None
    if url in profile.start or (profile.listing_pattern is not None and profile.listing_pattern.search(url)):
        return Verdict(PageKind.LIST, "listing_url") if measures.links else None
    return None


def _content(page: Page, m: Measures) -> Verdict:
    place = _Place(page.url)
    if reason := _other(page, m, place):
        return Verdict(PageKind.OTHER, reason)
    listed = m.body_links >= max(4, m.paragraphs // 2)
    if place.article and m.body >= _LONG_TEXT and m.body * 2 > m.text:
        listed = False  # a digest: an article that links to each of its stories
    front = place.root or (place.list and m.headlines > _MANY and m.body < _LONG_TEXT)
    if m.body >= _TEXT and not listed and not front:
        return Verdict(PageKind.ARTICLE, "paragraphs")
    if _short_article(m, place) and not listed and not place.root:
        return Verdict(PageKind.ARTICLE, "short_text")
    if m.headlines >= _FEW or (m.times >= _FEW and m.links >= _FEW):
        return Verdict(PageKind.LIST, "headlines")
    return Verdict(PageKind.OTHER, "little_text")


def _other(page: Page, m: Measures, place: "_Place") -> str | None:
    """Pages that are neither articles nor lists of them, by their address and title."""
    title = page.head_title
    if place.has(_FORUM) or _FORUM_TITLE.search(title):
        return "forum"
    if not place.list and (_SLIDES_TITLE.search(title) or place.has(_SLIDES_PATH)) and m.body < _LONG_TEXT:
        return "slides"
    if not place.list and place.has(_VIDEO_PATH) and m.body < _TEXT:
        return "video"
    if _SERVICE_TITLE.search(title) or (place.has(_SERVICE_PATH) and not m.times):
        return "service"
    topic = place.has(_TOPIC_PATH) or _TOPIC_TITLE.search(title) is not None
    return "topic" if topic and m.links > 20 and not place.article and m.body < _LONG_TEXT else None


def _short_article(m: Measures, place: "_Place") -> bool:
    """A notice or a flash of a sentence or two: what stands around it has to say that it is news."""
    if m.body < _PARAGRAPH:
        return False
    if place.article:
        return (m.byline and m.headlines < 2 * _MANY) or (m.h1 and 0 < m.times < _FEW)
    return not place.known and m.byline and m.headlines < _MANY


class _Place:
    """What the address of a page says of it."""

    def __init__(self, url: str | None) -> None:
        parts = urlsplit(url or "")
        self.known = bool(url)
        self.root = self.known and parts.path in {"", "/"} and not parts.query and not parts.fragment
        self.text = f"{parts.netloc}{parts.path}"
        listed = not _LONG_NUMBER.search(parts.path) and _LIST_PATH.search(parts.path or "/") is not None
        self.list = self.known and listed
        self.article = (
            self.known and not listed and _ARTICLE_PATH.search(f"{parts.path}?{parts.query}") is not None
        )

    def has(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.text) is not None
