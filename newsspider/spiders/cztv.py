"""新蓝网 (cztv.com), Zhejiang.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/cztv_all.py#CztvAllSpider
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class CztvSpider(SiteSpider):
    """新蓝网."""

    profile = SiteProfile(
        name="cztv",
        title="新蓝网",
        region="CN-ZJ",
        hosts=("n.cztv.com",),
        start=(
            "http://n.cztv.com/zhejiang/",
            "http://n.cztv.com/national/",
            "http://n.cztv.com/world/",
            "http://n.cztv.com/sport/",
        ),
        # http://n.cztv.com/news/13218473.html
        article_url=r"/news/\d+\.html$",
        layouts=(Layout(when="#zoom", body="#zoom"),),
    )
