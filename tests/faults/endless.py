"""Sites that never end: traps that a crawl has to leave by itself; one small class each."""

from html import escape
from itertools import count

from tests.faults.healthy import Healthy
from tests.faults.server import Exchange


def page(title: str, links: list[tuple[str, str]], extra: str = "") -> str:
    """Print a list of links."""
    entries = "\n".join(f'<li><a href="{escape(address)}">{escape(text)}</a></li>' for address, text in links)
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<div class="nav"><a href="/">首页</a></div><ul>\n{entries}\n</ul>{extra}</body></html>'
    )


class Calendar(Healthy):
    """The home page links to a calendar whose months link to the next and the last one, for ever."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        numbers = range(self.articles)[(page - 1) * self.per_page : page * self.per_page]
        link = f'<div class="calendar"><a href="/rili/{self.now:%Y/%m}/">日历</a></div>'
        await exchange.send(self.list_page(page, numbers).replace("</body>", link + "</body>"))

    async def other(self, exchange: Exchange) -> None:
        parts = exchange.path.strip("/").split("/")
        if parts[0] != "rili" or len(parts) != 3:
            await self.missing(exchange)
            return
        months = int(parts[1]) * 12 + int(parts[2]) - 1
        links = [
            (f"/rili/{month // 12:04d}/{month % 12 + 1:02d}/", "上月下月")
            for month in (months - 1, months + 1)
        ]
        await exchange.send(page("日历", links))


class EndlessPaging(Healthy):
    """Every page of the list has a next page; beyond the last article it shows the last ones again."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        last = max(1, -(-self.articles // self.per_page))
        shown = min(page, last)
        numbers = range(self.articles)[(shown - 1) * self.per_page : shown * self.per_page]
        text = self.list_page(page, numbers)
        if "下一页" not in text:
            text = text.replace(
                '<div class="pages">', f'<div class="pages"><a href="/news/index_{page + 1}.html">下一页</a>'
            )
        await exchange.send(text)


class EndlessNews(Healthy):
    """Every page of the list has articles that were never seen before, and a next page."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        self.articles = max(self.articles, (page + 1) * self.per_page)
        numbers = range((page - 1) * self.per_page, page * self.per_page)
        await exchange.send(self.list_page(page, numbers))


class RepeatedSegments(Healthy):
    """Links that are relative by mistake: /a/, /a/a/, /a/a/a/, ..."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        numbers = range(self.articles)[(page - 1) * self.per_page : page * self.per_page]
        link = '<p><a href="gengduo/">更多栏目新闻</a></p>'
        await exchange.send(self.list_page(page, numbers).replace("</body>", link + "</body>"))

    async def other(self, exchange: Exchange) -> None:
        if exchange.path.endswith("/gengduo/"):
            await exchange.send(page("更多", [("gengduo/", "更多栏目新闻")]))
        else:
            await self.missing(exchange)


class SessionIds(Healthy):
    """Each list has a new session id in every link; with it, each article has endless addresses."""

    def __init__(self, articles: int = 60) -> None:
        super().__init__(articles)
        self._sessions = count(1)

    async def listing(self, exchange: Exchange, page: int) -> None:
        numbers = range(self.articles)[(page - 1) * self.per_page : page * self.per_page]
        if not numbers:
            await self.missing(exchange)
            return
        session = f"{next(self._sessions):032x}"
        text = self.list_page(page, numbers).replace('.html"', f'.html;jsessionid={session}"')
        await exchange.send(text.replace('href="/news/"', f'href="/news/?PHPSESSID={session}"'))

    async def respond(self, exchange: Exchange) -> None:
        exchange.path = exchange.path.partition(";")[0]
        await super().respond(exchange)


class QueryPermutations(Healthy):
    """The list offers itself sorted and filtered in endless orders of the same parameters."""

    async def listing(self, exchange: Exchange, page_number: int) -> None:
        given = [pair for pair in exchange.query.split("&") if pair]
        links = [
            (f"/news/?{'&'.join([*given, f'{key}={value}'])}", f"按{key}{value}排序的新闻")
            for key in ("sort", "type", "area", "year")
            for value in ("asc", "desc")
        ]
        numbers = range(self.articles)[: self.per_page]
        extra = "".join(f'<a href="{escape(address)}">{text}</a>' for address, text in links)
        await exchange.send(self.list_page(1, numbers).replace("</body>", f"<div>{extra}</div></body>"))


class SitemapLoop(Healthy):
    """A sitemap index that names itself and, one level deeper each time, another one like it."""

    async def robots(self, exchange: Exchange) -> None:
        await exchange.send(
            f"User-agent: *\nSitemap: {exchange.base}/sitemap-0.xml\n", content_type="text/plain"
        )

    async def other(self, exchange: Exchange) -> None:
        name = exchange.path.removeprefix("/sitemap-").removesuffix(".xml")
        if not name.isdigit():
            await self.missing(exchange)
            return
        entries = "".join(
            f"<sitemap><loc>{exchange.base}/sitemap-{level}.xml</loc></sitemap>"
            for level in (int(name), int(name) + 1)
        )
        await exchange.send(
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>',
            content_type="text/xml",
        )
