"""南方网 (southcn.com), Guangdong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- undated: github:ChenZixinn/news_spider:spiders/ (start)
- 2022: public file no. 14768927236, 46404306120, address not kept (article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class SouthcnSpider(SiteSpider):
    """南方网."""

    profile = SiteProfile(
        name="southcn",
        title="南方网",
        region="CN-GD",
        hosts=("*.southcn.com",),
        start=(
            "http://news.southcn.com/node_179d29f1ce",
            "http://news.southcn.com/node_d16fadb650",
        ),
        article_url=(
            # like http://news.southcn.com/node_d16fadb650/5c7a3b9f21.shtml
            r"/node_[0-9a-f]+/[0-9a-f]+\.shtml$"
            # like http://news.southcn.com/gd/content/2019-06/24/content_187812345.htm
            r"|/content/\d{4}-\d{2}/\d{2}/content_\d+\.htm$"
        ),
    )
