"""西部网 (cnwest.com), Shaanxi.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- about 2019: public file no. 330749603, address not kept (start, article_url, layouts)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/cnwest_all.py#CnwestAllSpider
  (start, article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class CnwestSpider(SiteSpider):
    """西部网."""

    profile = SiteProfile(
        name="cnwest",
        title="西部网",
        region="CN-SN",
        hosts=("*.cnwest.com",),
        start=(
            "http://news.cnwest.com/szyw/index.html",
            "http://news.cnwest.com/sxxw/",
            "http://news.cnwest.com/node_4139.htm",
            "http://news.cnwest.com/4949.shtml",
        ),
        # http://news.cnwest.com/szyw/a/2019/06/24/17850592.html
        article_url=r"/a/\d{4}/\d{2}/\d{2}/\d+\.html$",
        layouts=(Layout(when="#conCon", body="#conCon"),),
    )
