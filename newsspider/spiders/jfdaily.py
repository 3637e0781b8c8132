"""上观新闻 (jfdaily.com), Shanghai.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/jfdaily.py#JfdailySpider
  (start, article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class JfdailySpider(SiteSpider):
    """上观新闻."""

    profile = SiteProfile(
        name="jfdaily",
        title="上观新闻",
        region="CN-SH",
        hosts=("www.jfdaily.com",),
        start=(
            "https://www.jfdaily.com/news/sublist?section=26",
            "https://www.jfdaily.com/news/sublist?section=25",
            "https://www.jfdaily.com/news/sublist?section=13",
            "https://www.jfdaily.com/news/sublist?section=14",
            "https://www.jfdaily.com/news/sublist?section=82",
            "https://www.jfdaily.com/news/sublist?section=32",
        ),
        # https://www.jfdaily.com/news/detail?id=158798
        article_url=r"/news/detail\?id=\d+",
    )
