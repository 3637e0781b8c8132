"""华商网 (hsw.cn), Shaanxi.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders/hsw.py#Hsw (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class HswSpider(SiteSpider):
    """华商网."""

    profile = SiteProfile(
        name="hsw",
        title="华商网",
        region="CN-SN",
        hosts=("*.hsw.cn",),
        start=("http://www.hsw.cn/",),
        # http://news.hsw.cn/system/2019/1105/1127171.shtml
        article_url=r"/\d{4}/\d{4}/\d+\.s?html?$",
        layouts=(Layout(when="#artibody", body="#artibody"),),
    )
