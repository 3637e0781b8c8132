"""A plain healthy news site: a home page, lists of twenty, articles. Misbehaviours derive from it."""

import re
from datetime import datetime, timedelta, timezone
from html import escape

from newsspider.demo.story import Story
from newsspider.demo.writer import write
from tests.faults.server import Exchange

CHINA = timezone(timedelta(hours=8))
_ARTICLE = re.compile(r"/news/\d{8}/(\d+)\.html")  # /news/20261120/1001.html
_LIST = re.compile(r"/(?:news/)?(?:index_(\d+)\.html)?")  # /, /news/, /news/index_2.html
_FIRST = 1001


class Healthy:
    """A site of `articles` articles, the newest of yesterday, `per_day` a day. Number 0 is the newest."""

    def __init__(
        self, articles: int = 60, *, per_page: int = 20, per_day: int = 6, seed: str = "healthy"
    ) -> None:
        self.articles = articles
        self.per_page = per_page
        self.per_day = per_day
        self.seed = seed
        self.now = datetime.now(CHINA).replace(hour=12, minute=0, second=0, microsecond=0)

    async def respond(self, exchange: Exchange) -> None:
        """Send a request to the method for its kind of page."""
        if exchange.path == "/robots.txt":
            await self.robots(exchange)
        elif match := _ARTICLE.fullmatch(exchange.path):
            await self.article(exchange, self.articles - 1 - (int(match[1]) - _FIRST))
        elif match := _LIST.fullmatch(exchange.path):
            await self.listing(exchange, int(match[1] or 1))
        else:
            await self.other(exchange)

    async def robots(self, exchange: Exchange) -> None:
        """Answer /robots.txt."""
        await exchange.send("User-agent: *\nDisallow: /admin/\n", content_type="text/plain")

    async def listing(self, exchange: Exchange, page: int) -> None:
        """Answer a page of the list; the home page is the first."""
        numbers = range(self.articles)[(page - 1) * self.per_page : page * self.per_page]
        if not numbers:
            await self.missing(exchange)
        else:
            await exchange.send(self.list_page(page, numbers))

    async def article(self, exchange: Exchange, number: int) -> None:
        """Answer an article."""
        if not 0 <= number < self.articles or exchange.path != self.path(number):
            await self.missing(exchange)
        else:
            await exchange.send(self.article_page(number))

    async def other(self, exchange: Exchange) -> None:
        """Answer anything else."""
        await self.missing(exchange)

    async def missing(self, exchange: Exchange) -> None:
        """Answer that there is no such page."""
        await exchange.send("<html><body><h1>404 Not Found</h1></body></html>", status=404)

    def moment(self, number: int) -> datetime:
        """Return when an article was published."""
        return self.now - timedelta(days=1 + number // self.per_day, minutes=7 * (number % self.per_day))

    def path(self, number: int) -> str:
        """Return an article's path."""
        return f"/news/{self.moment(number):%Y%m%d}/{self.articles - 1 - number + _FIRST}.html"

    def story(self, number: int) -> Story:
        """Return what an article tells."""
        return write(f"{self.seed}-{self.articles - number}")

    def list_page(self, page: int, numbers: range) -> str:
        """Print a list."""
        entries = "\n".join(
            f'<li><span>{self.moment(number):%Y-%m-%d}</span><a href="{self.path(number)}">'
            f"{escape(self.story(number).title)}</a></li>"
            for number in numbers
        )
        following = (
            f'<a href="/news/index_{page + 1}.html">下一页</a>' if numbers.stop < self.articles else ""
        )
        return (
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>新闻列表</title></head><body>'
            '<div class="nav"><a href="/">首页</a><a href="/news/">新闻</a></div>'
            f'<ul class="newslist">\n{entries}\n</ul><div class="pages">{following}</div></body></html>'
        )

    def article_page(self, number: int) -> str:
        """Print an article."""
        story = self.story(number)
        text = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
        return self.frame(number, f'<div class="content">\n{text}\n</div>')

    def frame(self, number: int, content: str) -> str:
        """Print what stands around an article's text."""
        story = self.story(number)
        return (
            f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{escape(story.title)}_故障站</title></head><body>'
            '<div class="nav"><a href="/">首页</a><a href="/news/">新闻</a></div>'
            f'<h1>{escape(story.title)}</h1><div class="info"><span>{self.moment(number):%Y-%m-%d %H:%M:%S}</span>'
            f"<span>来源：{escape(story.source)}</span></div>{content}"
            '<div class="foot">版权所有 故障站</div></body></html>'
        )
