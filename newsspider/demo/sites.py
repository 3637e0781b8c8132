"""The demo's sites: who they are, how they number and encode their pages, and their profiles."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from newsspider.profile import SiteProfile

#: A port is part of an article's id, so host names and port never change.
PORT: Final = 8470
LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel of a site: its path, its name and the layout its articles are printed in."""

    slug: str
    label: str
    layout: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSite:
    """One site. `encoding` is what its bytes are in, `declared` what its pages claim.

    `share` is how many of 150 articles are its own; `editions` says that it is a newspaper's
    digital edition (articles belong to a day's issue, not to a channel).
    """

    name: str
    title: str
    region: str
    host: str
    channels: tuple[Channel, ...]
    share: int
    encoding: str = "utf-8"
    declared: str = "utf-8"
    header_charset: str | None = None
    validators: tuple[str, ...] = ()
    editions: bool = False

    @property
    def origin(self) -> str:
        """Return scheme, host and port."""
        return f"http://{self.host}:{PORT}"


ZHONGYUAN: Final = DemoSite(
    name="demo_zhongyuan",
    title="中原民声网",
    region="CN-HA",
    host="news.zhongyuan.example",
    channels=(
        Channel(slug="yaowen", label="要闻", layout="portal2008"),
        Channel(slug="minsheng", label="民生", layout="portal2008"),
        Channel(slug="jiaoyu", label="教育", layout="table2005"),
    ),
    share=34,
    encoding="gb18030",
    declared="gb2312",
    validators=("last-modified",),
)
HUADONG: Final = DemoSite(
    name="demo_huadong",
    title="东屏在线",
    region="CN-ZJ",
    host="news.huadong.example",
    channels=(
        Channel(slug="shizheng", label="时政", layout="portal2012"),
        Channel(slug="shehui", label="社会", layout="portal2012"),
        Channel(slug="jingji", label="经济", layout="portal2012"),
    ),
    share=34,
    header_charset="utf-8",
    validators=("etag", "last-modified"),
)
XINAN: Final = DemoSite(
    name="demo_xinan",
    title="岭上新闻",
    region="CN-SC",
    host="www.xinan.example",
    channels=(
        Channel(slug="local", label="本地", layout="html5"),
        Channel(slug="health", label="健康", layout="html5"),
    ),
    share=30,
    header_charset="utf-8",
    validators=("etag",),
)
BEIGUO: Final = DemoSite(
    name="demo_beiguo",
    title="北国早班车",
    region="CN-LN",
    host="www.beiguo.example",
    channels=(
        Channel(slug="toutiao", label="头条", layout="mobile"),
        Channel(slug="shenghuo", label="生活", layout="mobile"),
    ),
    share=20,
    declared="gb2312",
)
LINGNAN: Final = DemoSite(
    name="demo_lingnan",
    title="南渡晚报",
    region="CN-GD",
    host="epaper.lingnan.example",
    channels=(
        Channel(slug="1", label="第01版：要闻", layout="epaper"),
        Channel(slug="2", label="第02版：民生", layout="epaper"),
    ),
    share=20,
    header_charset="utf-8",
    validators=("last-modified",),
    editions=True,
)
HAIXI: Final = DemoSite(
    name="demo_haixi",
    title="海西快讯",
    region="CN-FJ",
    host="www.haixi.example",
    channels=(
        Channel(slug="kuaixun", label="快讯", layout="html5"),
        Channel(slug="data", label="数据", layout="html5"),
    ),
    share=12,
    header_charset="utf-8",
    validators=("etag",),
)
SITES: Final = (ZHONGYUAN, HUADONG, XINAN, BEIGUO, LINGNAN, HAIXI)
BY_NAME: Final = MappingProxyType({site.name: site for site in SITES})
BY_HOST: Final = MappingProxyType({site.host: site for site in SITES})
#: What the resolver has to know, since the host names exist nowhere.
ADDRESSES: Final = MappingProxyType({site.host: LOOPBACK for site in SITES})


def profiles() -> tuple[SiteProfile, ...]:
    """Return the profiles of the demo's sites, as a person would write them."""
    return (
        _profile(ZHONGYUAN, "/"),
        _profile(HUADONG, "/", article_url=r"/\d{4}-\d{2}/\d{2}/content_\d+(_\d+)?\.htm$"),
        _profile(XINAN, "/", sitemaps=(f"{XINAN.origin}/sitemap.xml",)),
        _profile(BEIGUO, "/", feeds=(f"{BEIGUO.origin}/rss.xml",)),
        _profile(LINGNAN, "/", article_url=r"/html/\d{4}-\d{2}/\d{2}/content_\d+_\d+\.htm$"),
        _profile(HAIXI, "/data/", load_more=(f"{HAIXI.origin}/api/list.json?page={{page}}",)),
    )


def script_profile() -> SiteProfile:
    """Return the profile of the site whose list is built by script, for a crawl with a browser."""
    return _profile(HAIXI, "/", javascript=True)


def _profile(site: DemoSite, start: str, **fields: Any) -> SiteProfile:
    return SiteProfile(
        name=site.name,
        title=site.title,
        region=site.region,
        hosts=(f"{site.host}:{PORT}",),
        start=(site.origin + start,),
        **fields,
    )
