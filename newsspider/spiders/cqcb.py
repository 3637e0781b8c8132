"""上游新闻 (cqcb.com), Chongqing.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/cqcb_all.py#CqcbAllSpider
  (start, article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class CqcbSpider(SiteSpider):
    """上游新闻."""

    profile = SiteProfile(
        name="cqcb",
        title="上游新闻",
        region="CN-CQ",
        hosts=("*.cqcb.com",),
        start=(
            "http://www.cqcb.com/hot/",
            "http://www.cqcb.com/headline/",
            "http://www.cqcb.com/highlights/",
            "http://www.cqcb.com/finance/",
        ),
        # https://www.cqcb.com/xindiaocha/redian/2019-06-24/1702461_pc.html
        article_url=r"/\d{4}-\d{2}-\d{2}/\d+(?:_pc)?\.html$",
    )
