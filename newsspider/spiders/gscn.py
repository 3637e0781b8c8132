"""中国甘肃网 (gscn.com.cn), Gansu.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2026-01: public file no. 57958039032, address not kept (start, article_url)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_difang/gscn.py#GscnSpider
  (start, article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class GscnSpider(SiteSpider):
    """中国甘肃网."""

    profile = SiteProfile(
        name="gscn",
        title="中国甘肃网",
        region="CN-GS",
        hosts=("*.gscn.com.cn",),
        start=(
            "http://gansu.gscn.com.cn/bwyc/index.html",
            "http://gansu.gscn.com.cn/msrx/sdgc/index.shtml",
            "http://theory.gscn.com.cn/",
        ),
        # http://theory.gscn.com.cn/system/2019/09/02/012218295.shtml
        article_url=r"/system/\d{4}/\d{2}/\d{2}/\d+\.shtml$",
    )
