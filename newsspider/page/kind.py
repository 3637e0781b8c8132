"""What a page is, before anything is read from it: article, list, blocked, gone, empty or other."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from newsspider.items import PageKind
from newsspider.page.document import Page
from newsspider.page.measures import FEW, HEADLINE, PARAGRAPH, Measures, days_printed, measure
from newsspider.page.refusing import MOST_TEXT, blocked_by, challenged_by, login, missing, shell, waiting
from newsspider.profile import SiteProfile


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of a page and the rule that decided."""

    kind: PageKind
    reason: str


#: The reason for an article that is nothing but pictures below its headline.
PICTURES: Final = "pictures"

_GONE_STATUS: Final = frozenset({404, 410})
_BLOCKED_STATUS: Final = frozenset({401, 403, 405, 412, 418, 429, 444, 503, 521})
_SERVER_ERROR: Final = 500

# /2019-10/12/, 1234567.html, content_12345.htm, /a/20191012/
_ARTICLE_PATH: Final = re.compile(
    r"/(?:19|20)?\d\d[-_/]?(?:0?[1-9]|1[0-2])[-_/]?(?:[0-3]?\d)[/_-]\w|\d{5,}[^/]*$"
    r"|(?:content|detail|article|show|view)[^/]*\d",
    re.IGNORECASE,
)
_LONG_NUMBER: Final = re.compile(r"\d{7,}")
# /, /index_2.html, /node_41302.htm, /channel/7397.html
_LIST_PATH: Final = re.compile(
    r"/$|/(?:index|list|default|more|node|col)[-_]?\d{0,8}(?:[-_]\d+)?(?:\.\w{3,5})?$|/news-list-"
    r"|/(?:list|col|channel|node|column|class)s?[-_/]?\w{0,12}(?:\.\w{3,5})?/?$",
    re.IGNORECASE,
)
_TOPIC_PATH: Final = re.compile(
    r"/(?:\w{0,8}zt(?:lm|k)?|zhuanti|special|topics?|subject)(?:[/_-]|\d{0,4}/)", re.IGNORECASE
)
# 乡村振兴_专题_云溪网, 春耕进行时--专题; no 县委召开专题会议
_TOPIC_TITLE: Final = re.compile(r"(?:专题|特别报道|系列报道|专题报道)(?:$|[-_|—–\s])|^专题")
# 2019上海市民修身行动, 国庆69周年, “晒文化”活动: an occasion in the title of a page that is no
# article; a day (2023年3月29日, of a newspaper's page) is none
_OCCASION: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d|\s?[年/.-]\s?\d)|周年|第[一二三四五六七八九十百\d]{1,4}届|[“”]|活动|两会|纪念|聚焦|直击|献礼"
)
_SITE_NAME: Final = re.compile(r"[-_|—–]")
# slide.example.cn, /photoview/, /tuji/: pages of a picture player; an article below /photo/ is one
_SLIDES_PATH: Final = re.compile(r"(?:^|[./])(?:slides?|photoview|gallery|tuji)[./_-]", re.IGNORECASE)
# v.example.cn, /video/, /live/
_VIDEO_PATH: Final = re.compile(
    r"(?:(?:^|\.)(?:videos?|v|tv|live|zhibo|vod|shipin)\.(?=[^/]*\.)"
    r"|/(?:videos?|v|tv|live|zhibo|vod|shipin)[/_-])",
    re.IGNORECASE,
)
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

#: Characters of a page that prints anything, of a text that no block or missing page has, of an article,
#: of a long one.
_PRINTED: Final = 8
_LEAST_ARTICLE: Final = 200
_TEXT: Final = 250
_LONG_TEXT: Final = 800
#: Characters that a player's page with a headline and a time tells where it is an article too.
_TOLD: Final = 100
#: Headlines (or dates) of a short list, dated headlines of the shortest, short headlines of one, headlines of
#: a front page, links of a topic's page.
_FEW: Final = 5
_LEAST: Final = 3
_SOME: Final = 8
_MANY: Final = 30
_TOPIC_LINKS: Final = 20
#: Lines of a page that are asked whether it is a block or missing.
_FIRST: Final = 60
#: Points (see `_points`) from which on a page is an article.
_ENOUGH: Final = 3


def classify(page: Page, *, status: int = 200, profile: SiteProfile | None = None) -> Verdict:
    """Return the kind of `page` that was answered with `status`, and why."""
    if status in _GONE_STATUS:
        return Verdict(PageKind.GONE, f"http_{status}")
    measures = measure(page)
    # A short article may speak of blocks and missing pages; it has a headline and a byline, they have none.
    short = measures.titled and measures.byline and status not in _BLOCKED_STATUS
    return (
        (None if short or measures.body >= _LEAST_ARTICLE else _no_content(page, measures, status))
        or (_by_profile(page, measures, profile) if profile is not None else None)
        or _content(page, measures)
    )


def _no_content(page: Page, measures: Measures, status: int) -> Verdict | None:
    """Blocks, logins, missing pages and shells."""
    # What a page says of itself is no link: the headlines of a list may speak of blocks and missing pages.
    said = [block.text for block in page.outline.blocks[:_FIRST] if block.link_size * 2 < block.size]
    printed = "\n".join(said)[: 2 * MOST_TEXT]
    little = measures.text <= MOST_TEXT
    alone = little and measures.headlines < HEADLINE
    visible = measures.text + measures.link_text
    verdict: tuple[PageKind, str] | None = None
    if alone and (reason := blocked_by(page, printed)):
        verdict = PageKind.BLOCKED, reason
    elif status in _BLOCKED_STATUS:
        verdict = PageKind.BLOCKED, f"http_{status}"
    elif status >= _SERVER_ERROR:
        verdict = PageKind.OTHER, f"http_{status}"
    elif alone and measures.body < 2 * PARAGRAPH and login(page, printed):
        verdict = PageKind.OTHER, "login"
    elif little and missing(page, printed[:300] if visible >= _PRINTED else None):
        verdict = PageKind.GONE, "soft_404"
    elif visible < PARAGRAPH and (reason := challenged_by(page)):
        verdict = PageKind.BLOCKED, reason
    elif visible < _PRINTED or (visible < PARAGRAPH and waiting(printed)):
        verdict = PageKind.EMPTY, shell(page)
    return Verdict(*verdict) if verdict else None


def _by_profile(page: Page, measures: Measures, profile: SiteProfile) -> Verdict | None:
    url = page.url or ""
    if profile.article_pattern is not None and profile.article_pattern.search(url):
        return (
            Verdict(PageKind.ARTICLE, "article_url") if measures.body >= PARAGRAPH or measures.brief else None
        )
    if url in profile.start or (profile.listing_pattern is not None and profile.listing_pattern.search(url)):
        return Verdict(PageKind.LIST, "listing_url") if measures.links else None
    return None


def _content(page: Page, m: Measures) -> Verdict:
    place = _Place(page.url)
    if reason := _other(page, m, place):
        return Verdict(PageKind.OTHER, reason)
    told = m.brief or m.pictured or m.tabled or m.attached
    if (m.body >= PARAGRAPH or told) and _points(page, m, place) >= _ENOUGH:
        reason = "paragraphs" if m.body >= _TEXT else "short_text"
        for found, name in ((m.pictured, PICTURES), (m.tabled, "table"), (m.attached, "attachment")):
            reason = name if found else reason
        return Verdict(PageKind.ARTICLE, reason)
    if (
        m.links > _TOPIC_LINKS
        and not place.root
        and _OCCASION.search(_SITE_NAME.split(page.head_title, 1)[0])
    ):
        return Verdict(PageKind.OTHER, "topic")
    days = days_printed(page.outline)
    dated = days >= _FEW and m.links >= _FEW
    # A channel of three notices; an article's own day and two others prove nothing.
    short = min(days, m.phrases) >= _LEAST and not m.titled
    if m.headlines >= _FEW or m.phrases >= _SOME or dated or short:
        return Verdict(PageKind.LIST, "headlines")
    return Verdict(PageKind.OTHER, "little_text")


def _points(page: Page, m: Measures, place: "_Place") -> int:
    """Count what speaks for an article and against it."""
    listed = m.body_links >= max(FEW, m.paragraphs // 2)
    if place.article and m.body >= _LONG_TEXT and m.body * 2 > m.text:
        listed = False  # a digest: an article that links to each of its stories
    return (
        2 * m.titled
        + m.byline
        + (m.body >= PARAGRAPH)
        + (m.body >= _TEXT)
        + (m.body >= _LONG_TEXT)
        + (m.byline and m.headlines < FEW and m.body * 2 > m.text)
        + place.article
        - 2 * place.list
        - 2 * listed
        - 2 * (listed and not place.article and days_printed(page.outline) >= _FEW)
        - 4 * place.root
        - (m.headlines > _MANY and m.body < _TEXT)
    )


def _other(page: Page, m: Measures, place: "_Place") -> str | None:
    """Pages that are neither articles nor lists of them, by their address and title."""
    title = page.head_title
    if place.has(_FORUM) or _FORUM_TITLE.search(title):
        return "forum"
    if not place.list and (_SLIDES_TITLE.search(title) or place.has(_SLIDES_PATH)) and m.body < _LONG_TEXT:
        return "slides"
    told = _TOLD if m.titled and m.byline else _TEXT
    if not place.list and place.has(_VIDEO_PATH) and m.body < told:
        return "video"
    if _SERVICE_TITLE.search(title) or (place.has(_SERVICE_PATH) and not days_printed(page.outline)):
        return "service"
    if m.titled and m.byline:
        return None
    topic = place.has(_TOPIC_PATH) or _TOPIC_TITLE.search(title) is not None
    return "topic" if topic and m.links > _TOPIC_LINKS and not place.article else None


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
