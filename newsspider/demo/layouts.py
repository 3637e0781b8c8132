"""Prints articles: one template a layout, filled with the escaped words of an article."""

import json
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Final

from newsspider.demo import addresses
from newsspider.demo.article import DemoArticle
from newsspider.demo.story import Picture
from newsspider.items import Related

_TIMES: Final[Mapping[str, str]] = {
    "portal2008": "%Y-%m-%d %H:%M:%S",
    "table2005": "%Y-%m-%d %H:%M:%S",
    "portal2012": "%Y年%m月%d日%H:%M",
    "html5": "%Y-%m-%d %H:%M",
    "mobile": "%Y/%m/%d %H:%M",
    "epaper": "%Y年%m月%d日",
}
_WEEKDAYS: Final = "一二三四五六日"
_ADS: Final = (
    "家装节全屋定制八折起", "新能源车试驾有礼", "冬季旅游线路特惠", "驾校报名立减五百",
    "周末亲子农场门票团购", "净水器以旧换新补贴到家", "口腔检查免费预约", "少儿编程体验课",
)  # fmt: skip


@cache
def template(name: str) -> Template:
    """Return the template of a layout or list."""
    text = files("newsspider.demo").joinpath("layouts", f"{name}.html").read_text(encoding="utf-8")
    return Template(text)


def article_page(article: DemoArticle, page: int, *, rotation: int, others: tuple[Related, ...]) -> str:
    """Return one page of an article. `rotation` moves what changes at every fetch, `others` among it."""
    layout, site, traits = article.channel.layout, article.site, article.traits
    printed = article.moment.strftime(_TIMES[layout])
    if layout == "epaper":
        printed += f" 星期{_WEEKDAYS[article.moment.weekday()]}"
    first, second = (*traits.related, "", "")[:2]
    words = {
        "declared": site.declared,
        "site": escape(site.title),
        "title": escape(article.title),
        "kicker": escape(article.kicker or ""),
        "summary": escape(article.paragraphs[0][:60]),
        "url": escape(article.url),
        "css": f"{layout}.css",
        "menu": menu(article),
        "slug": article.channel.slug,
        "channel": escape(article.channel.label),
        "time": printed,
        "iso": article.moment.isoformat(),
        "month": f"{article.moment:%Y-%m}",
        "source": escape(article.source),
        "authors": escape(" ".join(article.authors)),
        "editors": escape(" ".join(article.editors)),
        "tags": escape(" ".join(article.tags)),
        "tag_links": "".join(f'<a rel="tag" href="/tag/{tag}/">{tag}</a> ' for tag in article.tags),
        "body": _body(article, page),
        "pager": _pager(article, page),
        "related": _links(article, [item for item in article.related if item.group == first]),
        "related2": _links(article, [item for item in article.related if item.group == second]),
        "rotating": _links(article, others),
        "neighbours": _neighbours(article),
        "linked_data": _linked_data(article),
        "comments": str(rotation * 7 % 213),
        "ad": str(rotation % len(_ADS)),
        "adtext": advertisement(rotation),
    }
    return template(layout).substitute(words)


def advertisement(rotation: int) -> str:
    """Return the advertisement of the hour: another one at each fetch."""
    return _ADS[rotation % len(_ADS)]


def menu(article: DemoArticle) -> str:
    """Return the links to the site's channels."""
    separator = "&nbsp;|&nbsp;" if article.channel.layout == "table2005" else ""
    links = (f'<a href="/{channel.slug}/">{channel.label}</a>' for channel in article.site.channels)
    return separator.join(('<a href="/">首页</a>', *links))


def _body(article: DemoArticle, page: int) -> str:
    layout = article.channel.layout
    paragraphs = [escape(paragraph, quote=False) for paragraph in article.pages[page - 1]]
    pictures = [_picture(picture, layout) for picture in article.pictures] if page == 1 else []
    if layout == "table2005":
        return "\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{paragraph}<br><br>" for paragraph in paragraphs)
    if layout in ("portal2008", "portal2012"):
        printed = [f"<p>　　{paragraph}</p>" for paragraph in paragraphs]
    else:
        printed = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
    return "\n".join((*printed[:1], *pictures, *printed[1:]))


def _picture(picture: Picture, layout: str) -> str:
    address = f"/images/{picture.name}"
    caption = escape(picture.caption or "")
    if layout == "html5":
        note = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f'<figure><img src="{address}" alt="" loading="lazy">{note}</figure>'
    if layout == "mobile":
        note = f'<div class="m-caption">{caption}</div>' if caption else ""
        return f'<div class="m-img"><img data-src="{address}" src="/images/blank.gif" alt="">{note}</div>'
    note = (
        f'\n<p class="pictext" align="center"><font color="#003399">{caption}</font></p>' if caption else ""
    )
    return f'<p align="center"><img src="{address}" border="0" alt="" /></p>{note}'


def _pager(article: DemoArticle, page: int) -> str:
    count = len(article.pages)
    if count == 1:
        return ""
    own = [addresses.further(article.path, number).rpartition("/")[2] for number in range(1, count + 1)]
    links = [
        f"<span>{number}</span>" if number == page else f'<a href="{own[number - 1]}">{number}</a>'
        for number in range(1, count + 1)
    ]
    before = f'<a href="{own[page - 2]}">上一页</a>' if page > 1 else ""
    after = f'<a href="{own[page]}">下一页</a>' if page < count else ""
    return f'<div class="pages">{before} {" ".join(links)} {after}</div>'


def _links(article: DemoArticle, items: list[Related] | tuple[Related, ...]) -> str:
    """Print a list of links as the layout does; the one of 2008 links to the page itself, too."""
    layout, origin = article.channel.layout, article.site.origin
    printed = []
    for item in items:
        address = (item.url or "").removeprefix(origin)
        title = escape(item.title)
        snippet = f"<p>{escape(item.snippet)}</p>" if item.snippet else ""
        link = f'<a href="{address}" title="{title}">{title}</a>'
        if layout == "table2005":
            printed.append(f'· <a href="{address}" target="_blank">{title}</a><br>')
        elif layout == "mobile":
            printed.append(f'<div class="m-item"><a href="{address}">{title}</a></div>')
        else:
            printed.append(f"<li>{link}{snippet}</li>")
    if layout == "portal2008" and items and items[0].snippet:
        title = escape(article.title)
        printed.insert(2, f'<li><a href="{article.path}" title="{title}">{title}</a></li>')
    return "\n".join(printed)


def _neighbours(article: DemoArticle) -> str:
    """Print the links to the article before and after, as digital editions do: without titles."""
    page = f"node_{article.channel.slug}.htm"
    return f'<a href="{page}">上一篇</a> <a href="{page}">下一篇</a>'


def _linked_data(article: DemoArticle) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.moment.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "Organization", "name": article.site.title},
        "mainEntityOfPage": article.url,
    }
    return json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c")
