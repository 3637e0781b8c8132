"""东南网 (fjsen.com), Fujian.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- undated: github:ChenZixinn/news_spider:spiders/ (start, article_url)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/fjsen.py#FjsenSpider
  (start, article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class FjsenSpider(SiteSpider):
    """东南网."""

    profile = SiteProfile(
        name="fjsen",
        title="东南网",
        region="CN-FJ",
        hosts=("*.fjsen.com",),
        start=(
            "http://www.fjsen.com/node_305144.htm",
            "http://news.fjsen.com/node_2141.htm",
            "http://news.fjsen.com/node_94858.htm",
            "http://taihai.fjsen.com/node_144482.htm",
            "http://taihai.fjsen.com/node_144481.htm",
            "http://money.fjsen.com/HotFinance.htm",
        ),
        # http://taihai.fjsen.com/2019-06/21/content_22418722.htm
        article_url=r"/\d{4}-\d{2}/\d{2}/content_\d+\.s?html?$",
    )
