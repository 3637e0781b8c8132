"""大洋网 (dayoo.com), Guangdong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- undated: github:ChenZixinn/news_spider:spiders/ (start, article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class DayooSpider(SiteSpider):
    """大洋网."""

    profile = SiteProfile(
        name="dayoo",
        title="大洋网",
        region="CN-GD",
        hosts=("*.dayoo.com",),
        start=("http://news.dayoo.com/guangzhou/150955.shtml",),
        # like http://news.dayoo.com/guangzhou/201912/05/150955_53012345.htm
        article_url=r"/\d{6}/\d{2}/\d+_\d+\.htm$",
    )
