"""The URLs of the demo that are no articles: dead, moved, hanging, forbidden, endless."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from newsspider.demo.sites import BEIGUO, HUADONG, LINGNAN, PORT, XINAN, ZHONGYUAN, DemoSite

#: A host that must never be asked: no site of the demo owns it.
FOREIGN_HOST = "tuiguang.example"


class Oddity(StrEnum):
    """What is wrong with a URL."""

    DEAD = "dead"
    SOFT_404 = "soft_404"
    HANGS = "hangs"
    MOVED = "moved"
    TO_HOME = "to_home"
    OFF_SITE = "off_site"
    DISALLOWED = "disallowed"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class OddPage:
    """One such URL. `title` is what lists print for it, `target` where it redirects to."""

    kind: Oddity
    site: DemoSite
    path: str
    title: str
    target: str | None = None

    @property
    def url(self) -> str:
        """Return the absolute URL."""
        return self.site.origin + self.path


def odd_pages(today: date, *, moved_to: str) -> tuple[OddPage, ...]:
    """Return all odd pages of a world. Their dates are three days before the demo's day."""
    day = today - timedelta(days=3)
    return (
        OddPage(
            Oddity.DEAD, HUADONG, f"/{day:%Y-%m/%d}/content_99001.htm", "城南菜场改造后首批摊位今起抽签入驻"
        ),
        OddPage(
            Oddity.SOFT_404,
            XINAN,
            f"/local/{day:%Y%m}/t{day:%Y%m%d}_99002.html",
            "两条夜间公交线路下周起延长运营时间",
        ),
        OddPage(Oddity.HANGS, BEIGUO, "/p/99003.html", "老冰场今冬重新开放，市民可凭身份证免费领鞋"),
        OddPage(
            Oddity.MOVED,
            ZHONGYUAN,
            f"/yaowen/{day:%Y%m%d}/99004.html",
            "县域冷库联网，果农在手机上就能订库位",
            moved_to,
        ),
        OddPage(
            Oddity.TO_HOME,
            XINAN,
            f"/health/{day:%Y%m}/t{day:%Y%m%d}_99005.html",
            "市二院开设睡眠门诊，每周三下午接诊",
            "/",
        ),
        OddPage(
            Oddity.OFF_SITE,
            HUADONG,
            f"/{day:%Y-%m/%d}/content_99006.htm",
            "百家门店联动促销，岁末消费季拉开帷幕",
            f"http://{FOREIGN_HOST}:{PORT}/huodong/",
        ),
        OddPage(
            Oddity.DISALLOWED, HUADONG, "/neibu/2026/content_99007.htm", "编辑部内部通联：本周选题安排一览"
        ),
        OddPage(Oddity.CALENDAR, LINGNAN, f"/rili/{day:%Y-%m}.htm", "往期查询"),
    )
