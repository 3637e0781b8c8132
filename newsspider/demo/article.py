"""An article of the demo as its site prints it: the truth that a perfect crawl finds."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal

from newsspider.demo.sites import Channel, DemoSite
from newsspider.demo.story import Picture
from newsspider.items import Image, Precision, Related

Copied = Literal["verbatim", "headline", "shortened", "editors_note", "twin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a layout prints, and where.

    byline: reporters stand in the header, at the text's end "(记者 …)" or at its beginning
    "本报讯（记者 …）". related: the headings of its lists of links.
    rotating: the heading of a list that changes at every fetch. lang: what it declares, else what the
    text is in.
    """

    precision: Precision
    byline: Literal["header", "tail", "lead"]
    editors: bool = False
    tags: bool = False
    pictures: bool = False
    related: tuple[str, ...] = ()
    snippets: bool = False
    rotating: str | None = None
    breadcrumb: bool = True
    lang: str = "zh"


TRAITS: Final = MappingProxyType(
    {
        "portal2008": Traits(precision="second", byline="tail", related=("最新", "热点"), snippets=True),
        "table2005": Traits(precision="second", byline="header", editors=True, related=("相关新闻",)),
        "portal2012": Traits(
            precision="minute",
            byline="lead",
            editors=True,
            pictures=True,
            related=("相关阅读",),
            rotating="猜你喜欢",
        ),
        "html5": Traits(
            precision="minute",
            byline="header",
            editors=True,
            tags=True,
            pictures=True,
            related=("延伸阅读",),
            lang="zh-CN",
        ),
        "mobile": Traits(
            precision="minute",
            byline="header",
            editors=True,
            pictures=True,
            related=("相关阅读",),
            rotating="热门推荐",
            breadcrumb=False,
        ),
        "epaper": Traits(precision="day", byline="header", breadcrumb=False),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    """One article at one URL. `pages` are its paragraphs page by page.

    `story` is equal for an article and its reprints; `copied` says how this one was copied from
    `copy_of` (a URL), `rotating` names a group of links that changes at every fetch.
    """

    site: DemoSite
    number: int
    channel: Channel
    path: str
    title: str
    kicker: str | None
    moment: datetime
    source: str
    pages: tuple[tuple[str, ...], ...]
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    tags: tuple[str, ...]
    pictures: tuple[Picture, ...]
    related: tuple[Related, ...]
    story: str
    copied: Copied | None
    copy_of: str | None
    version: int

    @property
    def traits(self) -> Traits:
        """Return what its layout prints."""
        return TRAITS[self.channel.layout]

    @property
    def url(self) -> str:
        """Return the absolute URL."""
        return self.site.origin + self.path

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs of all pages."""
        return tuple(paragraph for page in self.pages for paragraph in page)

    @property
    def body(self) -> str:
        """Return the text as a record has it."""
        return "\n\n".join(self.paragraphs)

    @property
    def published_at(self) -> str:
        """Return the time as a record has it, at the precision that the page prints."""
        if self.traits.precision == "day":
            return self.moment.date().isoformat()
        return self.moment.isoformat(timespec="seconds" if self.traits.precision == "second" else "minutes")

    @property
    def printed_channel(self) -> tuple[str, ...]:
        """Return the breadcrumb without 首页 and 正文."""
        return (self.channel.label,) if self.traits.breadcrumb else ()

    @property
    def images(self) -> tuple[Image, ...]:
        """Return the images with absolute URLs."""
        return tuple(
            Image(url=f"{self.site.origin}/images/{picture.name}", caption=picture.caption)
            for picture in self.pictures
        )
