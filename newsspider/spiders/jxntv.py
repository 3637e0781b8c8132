"""今视网 (jxntv.cn), Jiangxi.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_difang/jxntv.py#JxnTvSpider
  (start, article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class JxntvSpider(SiteSpider):
    """今视网."""

    profile = SiteProfile(
        name="jxntv",
        title="今视网",
        region="CN-JX",
        hosts=("*.jxntv.cn",),
        start=(
            "http://news.jxntv.cn/",
            "http://news.jxntv.cn/?ch=61&ca=61,13",
            "http://news.jxntv.cn/?ch=160",
            "http://news.jxntv.cn/?ch=162",
            "http://special.jxntv.cn/ymkjx/",
            "http://www.jxntv.cn/",
        ),
        # http://news.jxntv.cn/2019/0902/9238509.shtml
        article_url=r"/\d{4}/\d{4}/\d+\.s?html?$",
    )
