"""多彩贵州网 (gog.cn), Guizhou.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2020-05: public file no. 46467558704, address not kept (start)
Start URLs that were printed without scheme or host are completed here.
The list is JSON inside the page (May 2020).
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class GogSpider(SiteSpider):
    """多彩贵州网."""

    profile = SiteProfile(
        name="gog",
        title="多彩贵州网",
        region="CN-GZ",
        hosts=("*.gog.cn",),
        start=("http://news.gog.cn/guizcj/index.shtml",),
    )
