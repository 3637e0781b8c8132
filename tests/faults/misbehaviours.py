"""One small class per misbehaviour of a server; each is a healthy site in everything else."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Literal

from tests.faults.healthy import Healthy
from tests.faults.server import Exchange

_MIB = 1 << 20

#: What a Retry-After may say, by its kind.
RETRY_AFTER = {
    "seconds": "2",
    "zero": "0",
    "negative": "-5",
    "huge": "1000000000",
    "garbage": "soon; drop table",
    "fraction": "1.5",
    "past date": "Wed, 21 Oct 2015 07:28:00 GMT",
}


def http_date(seconds: float) -> str:
    """Return the HTTP date of so many seconds from now."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


# Pages that are gone, empty or something else.


class AllGone(Healthy):
    """Every article is 404."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await self.missing(exchange)


class ListingGone(Healthy):
    """Every list is 404, the home page too."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        await self.missing(exchange)


class SoftGone(Healthy):
    """Every article is a page with 200 that says it does not exist."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.send(
            "<!DOCTYPE html><html><head><meta charset='utf-8'><title>页面不存在</title></head>"
            "<body><p>抱歉，您访问的页面不存在或已被删除！</p><a href='/'>返回首页</a></body></html>"
        )


class LayoutChanged(Healthy):
    """Articles come without any text, as after a redesign."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.send(self.frame(number, '<div id="app"></div><script src="/app.js"></script>'))


class EmptyPage(Healthy):
    """Articles are 200 with nothing in them."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.send("")


class NoContentWithBody(Healthy):
    """Articles are 204 and have a body all the same."""

    async def article(self, exchange: Exchange, number: int) -> None:
        exchange.hang_up()
        await exchange.send(self.article_page(number), status=204)


class WrongType(Healthy):
    """Articles are HTML that claims to be something else, or nothing."""

    def __init__(self, articles: int = 60, *, content_type: str | None = "application/octet-stream") -> None:
        super().__init__(articles)
        self.content_type = content_type

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.send(self.article_page(number), content_type=self.content_type)


# Servers that are ill or say no.


class ServerError(Healthy):
    """Answers with an error: every article (`lists`: everything but robots.txt), or only the `first` requests."""

    def __init__(
        self, articles: int = 60, *, status: int = 500, first: int | None = None, lists: bool = False
    ) -> None:
        super().__init__(articles)
        self.status = status
        self.left = first
        self.lists = lists

    async def article(self, exchange: Exchange, number: int) -> None:
        if not await self._failed(exchange):
            await super().article(exchange, number)

    async def listing(self, exchange: Exchange, page: int) -> None:
        if not self.lists or not await self._failed(exchange):
            await super().listing(exchange, page)

    async def _failed(self, exchange: Exchange) -> bool:
        if self.left == 0:
            return False
        if self.left is not None:
            self.left -= 1
        await exchange.send("<html><body><h1>Error</h1></body></html>", status=self.status)
        return True


class TooMany(Healthy):
    """Answers the first `times` article requests (None: all) with 429 or 503 and a Retry-After (None: without)."""

    def __init__(
        self, articles: int = 60, *, retry_after: str | None = "2", times: int | None = 1, status: int = 429
    ) -> None:
        super().__init__(articles)
        self.retry_after = retry_after
        self.left = times
        self.status = status

    async def article(self, exchange: Exchange, number: int) -> None:
        if self.left == 0:
            await super().article(exchange, number)
            return
        if self.left is not None:
            self.left -= 1
        headers = {} if self.retry_after is None else {"Retry-After": self.retry_after}
        await exchange.send("too many requests", status=self.status, headers=headers)


class Blocked(Healthy):
    """Answers every article (`lists`: everything) with the page of a guard against robots."""

    def __init__(
        self, articles: int = 60, *, guard: Literal["challenge", "cookie", "firewall"] = "challenge", status: int = 200,
        lists: bool = False, after: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(articles)
        self.guard = guard
        self.status = status
        self.lists = lists
        self.after = after

    async def article(self, exchange: Exchange, number: int) -> None:
        if self.after > 0:
            self.after -= 1
            await super().article(exchange, number)
        else:
            await exchange.send(GUARD_PAGES[self.guard], status=self.status)

    async def listing(self, exchange: Exchange, page: int) -> None:
        if self.lists:
            await exchange.send(GUARD_PAGES[self.guard], status=self.status)
        else:
            await super().listing(exchange, page)


#: Pages of the usual guards, in our own words.
GUARD_PAGES = {
    "challenge": (
        "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
        "<h2>Checking your browser before accessing the site</h2><noscript>Please enable JavaScript and cookies.</noscript>"
        "<form id='challenge-form' action='/cdn-cgi/challenge' method='post'></form></body></html>"
    ),
    "cookie": (
        "<script>document.cookie='__jsl_clearance=1700000000.1|-1|abc;max-age=3600;path=/';"
        "location.href=location.pathname+location.search</script>"
    ),
    "firewall": (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>访问被拦截</title></head><body>"
        "<h3>您的访问被拦截</h3><p>由于您的请求存在异常，已被网站防火墙阻断。事件编号：0000-0000</p></body></html>"
    ),
}


# Redirects.


class RedirectTo(Healthy):
    """Redirects every article to a target: another host, `/`, file:///etc/passwd, data:text/html,x, ..."""

    def __init__(self, articles: int = 60, *, target: str, status: int = 302) -> None:
        super().__init__(articles)
        self.target = target
        self.status = status

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.redirect(self.target, status=self.status)


class RedirectToSelf(Healthy):
    """Redirects every article to itself."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.redirect(exchange.path)


class RedirectLoop(Healthy):
    """Redirects every article to a second address, and that one back."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.redirect(f"/moved{exchange.path}")

    async def other(self, exchange: Exchange) -> None:
        await exchange.redirect(exchange.path.removeprefix("/moved"))


class RedirectChain(Healthy):
    """Redirects every article `hops` times before it is shown."""

    def __init__(self, articles: int = 60, *, hops: int = 30) -> None:
        super().__init__(articles)
        self.hops = hops

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.redirect(f"/hop/1/{number}")

    async def other(self, exchange: Exchange) -> None:
        _, kind, *rest = exchange.path.split("/")
        if kind != "hop" or len(rest) != 2:
            await self.missing(exchange)
        elif int(rest[0]) < self.hops:
            await exchange.redirect(f"/hop/{int(rest[0]) + 1}/{rest[1]}")
        else:
            await exchange.send(self.article_page(int(rest[1])))


class SchemeFlip(Healthy):
    """Redirects every article to the same address with the other scheme."""

    async def article(self, exchange: Exchange, number: int) -> None:
        other = "http" if exchange.base.startswith("https") else "https"
        await exchange.redirect(f"{other}://{exchange.base.partition('://')[2]}{exchange.path}")


# robots.txt.


class RobotsStatus(Healthy):
    """Answers robots.txt with a status and no rules."""

    def __init__(self, articles: int = 60, *, status: int = 503) -> None:
        super().__init__(articles)
        self.status = status

    async def robots(self, exchange: Exchange) -> None:
        await exchange.send("<html><body>error</body></html>", status=self.status)


class RobotsText(Healthy):
    """Has a robots.txt of one's own wording."""

    def __init__(self, articles: int = 60, *, text: str, content_type: str = "text/plain") -> None:
        super().__init__(articles)
        self.text = text
        self.content_type = content_type

    async def robots(self, exchange: Exchange) -> None:
        await exchange.send(self.text, content_type=self.content_type)


class RobotsDisallowAll(RobotsText):
    """Allows nobody anything."""

    def __init__(self, articles: int = 60) -> None:
        super().__init__(articles, text="User-agent: *\nDisallow: /\n")


class RobotsHtml(RobotsText):
    """Answers robots.txt with a page."""

    def __init__(self, articles: int = 60) -> None:
        super().__init__(
            articles,
            text="<!DOCTYPE html><html><body><h1>首页</h1>Disallow: /</body></html>",
            content_type="text/html",
        )


class RobotsHuge(RobotsText):
    """Has a robots.txt of 10 MB, whose first lines forbid /news/20200101/."""

    def __init__(self, articles: int = 60, *, size: int = 10 * _MIB) -> None:
        line = "Disallow: /never/ever/anything/of/this/kind/\n"
        super().__init__(
            articles, text="User-agent: *\nDisallow: /news/20200101/\n" + line * (size // len(line))
        )


class RobotsRedirect(Healthy):
    """Redirects robots.txt: to a target, by default to one that forbids everything."""

    def __init__(self, articles: int = 60, *, target: str = "/rules.txt") -> None:
        super().__init__(articles)
        self.target = target

    async def robots(self, exchange: Exchange) -> None:
        await exchange.redirect(self.target)

    async def other(self, exchange: Exchange) -> None:
        if exchange.path == "/rules.txt":
            await exchange.send("User-agent: *\nDisallow: /\n", content_type="text/plain")
        else:
            await self.missing(exchange)


class RobotsSilent(Healthy):
    """Never answers for robots.txt."""

    async def robots(self, exchange: Exchange) -> None:
        await exchange.forever()


# The trap.


class Trap(Healthy):
    """Answers everything with an article: whoever must not come here is counted in `server.requests`."""

    async def respond(self, exchange: Exchange) -> None:
        await exchange.send(self.article_page(0))
