"""宁夏新闻网 (nxnews.net), Ningxia.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2026-04: github:blankxyz/codex_scrapling_demo:analysis_outputs/www-nxnews-net-sh-jjcz_analysis.md
  (start, article_url)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_difang/nxnews.py#NcNewsSpider
  (start, article_url)
Lists mix in links to other sites (April 2026).
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class NxnewsSpider(SiteSpider):
    """宁夏新闻网."""

    profile = SiteProfile(
        name="nxnews",
        title="宁夏新闻网",
        region="CN-NX",
        hosts=("*.nxnews.net",),
        start=(
            "https://www.nxnews.net/sh/jjcz/",
            "http://www.nxnews.net/dz/gchd/",
            "http://www.nxnews.net/dz/gddt/",
            "http://www.nxnews.net/dz/",
            "http://www.nxnews.net/",
        ),
        # http://topic.nxnews.net/2019/fdxsd/tdwztt/201909/t20190902_6402183.html
        article_url=r"/\d{6}/t\d{8}_\d+\.s?html?$",
    )
