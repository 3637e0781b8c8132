"""荔枝网 (jstv.com), Jiangsu.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders/lizhi.py#LizhiSpider
  (start, article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class JstvSpider(SiteSpider):
    """荔枝网."""

    profile = SiteProfile(
        name="jstv",
        title="荔枝网",
        region="CN-JS",
        hosts=("*.jstv.com",),
        start=(
            "http://news.jstv.com/jiangsu/",
            "http://news.jstv.com/sz/",
            "http://news.jstv.com/exposure/",
            "http://news.jstv.com/",
        ),
        # http://news.jstv.com/a/20191110/1573398149283.shtml
        article_url=r"/a/\d{8}/\d+\.shtml$",
    )
