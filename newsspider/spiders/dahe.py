"""大河网 (dahe.cn), Henan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2020-05: public file no. 1041044055, 13950724445, address not kept (start, article_url, layouts)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class DaheSpider(SiteSpider):
    """大河网."""

    profile = SiteProfile(
        name="dahe",
        title="大河网",
        region="CN-HA",
        hosts=("*.dahe.cn",),
        start=(
            "http://news.dahe.cn/hnyw/",
            "http://news.dahe.cn/sh27/",
            "http://news.dahe.cn/gn27/",
            "http://news.dahe.cn/dysj/",
        ),
        # like http://news.dahe.cn/2020/05-06/641234.html
        article_url=r"/\d{4}/\d{2}-\d{2}/\d+\.html$",
        layouts=(Layout(when="#mainCon", body="#mainCon"),),
    )
