"""大众网 (dzwww.com), Shandong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- about 2019: public file no. 34729139310, address not kept (start, article_url, layouts)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class DzwwwSpider(SiteSpider):
    """大众网."""

    profile = SiteProfile(
        name="dzwww",
        title="大众网",
        region="CN-SD",
        hosts=("*.dzwww.com",),
        start=("http://www.dzwww.com/xinwen/guoneixinwen/",),
        # like http://www.dzwww.com/xinwen/guoneixinwen/201906/t20190624_18862345.htm
        article_url=r"/\d{6}/t\d{8}_\d+\.s?html?$",
        layouts=(Layout(when="#news-body", body="#news-body"),),
    )
