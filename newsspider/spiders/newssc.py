"""四川新闻网 (newssc.org), Sichuan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/scnews.py#ScnewsSpider
  (start, article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class NewsscSpider(SiteSpider):
    """四川新闻网."""

    profile = SiteProfile(
        name="newssc",
        title="四川新闻网",
        region="CN-SC",
        hosts=("*.newssc.org",),
        start=(
            "http://scnews.newssc.org/2009bwyc/",
            "http://scnews.newssc.org/2009mlsh/",
            "http://china.newssc.org/zxbd/",
            "http://finance.newssc.org/2015gn/",
            "http://sports.newssc.org/zxzx/index.shtml",
        ),
        # http://finance.newssc.org/system/20190619/002695829.html
        article_url=r"/system/\d{8}/\d+\.s?html?$",
    )
