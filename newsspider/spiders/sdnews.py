"""鲁网 (sdnews.com.cn), Shandong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_difang/sdnews.py#SDspider
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class SdnewsSpider(SiteSpider):
    """鲁网."""

    profile = SiteProfile(
        name="sdnews",
        title="鲁网",
        region="CN-SD",
        hosts=("*.sdnews.com.cn",),
        start=(
            "http://sd.sdnews.com.cn/m/",
            "http://www.sdnews.com.cn/m/",
            "http://news.sdnews.com.cn/m/",
            "http://f.sdnews.com.cn/m/",
            "http://gov.sdnews.com.cn/m/",
            "http://fazhi.sdnews.com.cn/m/",
            "http://www.sdnews.com.cn/",
        ),
        # http://sd.sdnews.com.cn/photo/201909/t20190909_2608111.htm
        article_url=r"/\d{6}/t\d{8}_\d+\.s?html?$",
        layouts=(Layout(when=".TRS_Editor", body=".TRS_Editor"),),
    )
