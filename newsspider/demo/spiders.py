"""The demo's sites as spiders, for every command that takes sites (`newsspider.demo.settings`)."""

from typing import Final

from newsspider.demo.sites import profiles
from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider

_PROFILES: Final[dict[str, SiteProfile]] = {profile.name: profile for profile in profiles()}


class Zhongyuan(SiteSpider):
    """Portals of 2008 and 2005."""

    profile = _PROFILES["demo_zhongyuan"]


class Huadong(SiteSpider):
    """A portal of 2012."""

    profile = _PROFILES["demo_huadong"]


class Xinan(SiteSpider):
    """HTML5 with linked data."""

    profile = _PROFILES["demo_xinan"]


class Beiguo(SiteSpider):
    """A page for telephones."""

    profile = _PROFILES["demo_beiguo"]


class Lingnan(SiteSpider):
    """A newspaper's digital edition."""

    profile = _PROFILES["demo_lingnan"]


class Haixi(SiteSpider):
    """A site built by script."""

    profile = _PROFILES["demo_haixi"]
