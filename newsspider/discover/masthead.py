"""What a home page says of its site: the site's own name, and the region that its licence names."""

import re
from collections import Counter
from typing import Final
from urllib.parse import urlsplit

from newsspider.page.document import Page
from newsspider.page.text import clean
from newsspider.page.urls import registrable

_MOST_TITLE: Final = 20
_MOST_TEXT: Final = 400_000
_CODES: Final = (
    "BJ TJ HE SX NM LN JL HL SH JS ZJ AH FJ JX SD HA HB HN GD GX HI CQ SC SC GZ GZ YN YN XZ SN GS QH NX XJ"
)
#: The province's character in a licence number, and its code in ISO 3166-2.
_PROVINCES: Final = dict(
    zip(
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕甘青宁新",
        _CODES.split(),
        strict=True,
    )
)
# 豫ICP备05012345号, 豫公网安备 41010502000001号, 豫新网许可证
_LICENCE: Final = re.compile(
    rf"([{''.join(_PROVINCES)}])\s?(?:ICP|公网安备|B2-|新网|网文|备案|网备)", re.IGNORECASE
)
# 大河网_河南新闻门户, 红网 - 首页 | 湖南
_SEPARATOR: Final = re.compile(r"\s*(?:[_|｜—–·:：]|-{1,3}|\s-\s|,|，)\s*")
# 大河网, 南渡晚报, 岭上新闻, 东屏在线
_SITE_NAME: Final = re.compile(r"(?:网|报|在线|新闻|日报|晚报|都市报|门户|快讯|之窗|传媒|电视台|广播|观察)$")
_HOME: Final = re.compile(r"首\s?页|欢迎您?(?:访问|来到|光临)?|官方网站|官网|主页|index", re.IGNORECASE)


def site_title(page: Page) -> str:
    """Return the site's own name: what its metadata or `<title>` says; else its host."""
    named = clean(page.metas.get("og:site_name") or page.metas.get("application-name") or "")
    if 1 < len(named) <= _MOST_TITLE:
        return named
    title = page.root.findtext(".//title") or ""
    parts = [clean(_HOME.sub("", part)) for part in _SEPARATOR.split(clean(title))]
    parts = [part for part in parts if 1 < len(part) <= _MOST_TITLE]
    like_names = [part for part in parts if _SITE_NAME.search(part)]
    if like_names or parts:
        return (like_names or parts)[0]
    return urlsplit(page.url or "").hostname or "?"


def region(page: Page) -> str | None:
    """Return the region (CN-HA) that most of the page's licence numbers name, or None."""
    found = Counter(match[1] for match in _LICENCE.finditer(page.text[-_MOST_TEXT:]))
    if not found:
        return None
    return f"CN-{_PROVINCES[found.most_common(1)[0][0]]}"


def spider_name(url: str) -> str:
    """Return a spider's name made of a host: dahe of news.dahe.cn, site_127_0_0_1_80 of an address."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    label = registrable(host).partition(".")[0]
    if label.isdigit() or not label:
        label = f"site_{urlsplit(url).netloc}"
    return re.sub(r"[^a-z0-9_]+", "_", label.lower()).strip("_")[:60] or "site"
