"""中国西藏网 (tibet.cn), Tibet.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders/tibetcn.py#TibetCNSpider
  (start, article_url)
- about 2019: public file no. 279462282, address not kept (article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class TibetSpider(SiteSpider):
    """中国西藏网."""

    profile = SiteProfile(
        name="tibet",
        title="中国西藏网",
        region="CN-XZ",
        hosts=("*.tibet.cn",),
        start=(
            "http://www.tibet.cn/cn/news/yc/",
            "http://www.tibet.cn/cn/news/zx/",
            "http://www.tibet.cn/cn/news/zcdt/",
            "http://www.tibet.cn/cn/politics/",
            "http://www.tibet.cn/cn/aid_tibet/news/",
            "http://www.tibet.cn/",
        ),
        article_url=(
            # http://www.tibet.cn/cn/index/politics/polotocs1/201911/t20191114_6708823.html
            r"/\d{6}/t\d{8}_\d+\.s?html?$"
            # http://media.tibet.cn/photo/landscape/content_12289.shtml
            r"|/content_\d+\.shtml$"
            # http://media.tibet.cn/video/p/20191106/1573041896651.shtml
            r"|/\d{8}/\d+\.shtml$"
        ),
        layouts=(Layout(when=".Custom_UnionStyle", body=".Custom_UnionStyle"),),
    )
