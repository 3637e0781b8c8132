"""四川在线 (scol.com.cn), Sichuan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2020-05: public file no. 46613501189, address not kept (start, article_url, layouts)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class ScolSpider(SiteSpider):
    """四川在线."""

    profile = SiteProfile(
        name="scol",
        title="四川在线",
        region="CN-SC",
        hosts=("*.scol.com.cn",),
        start=(
            "http://sichuan.scol.com.cn/fffy/",
            "http://sichuan.scol.com.cn/sczh/",
            "http://sichuan.scol.com.cn/dwzw/",
        ),
        # like http://sichuan.scol.com.cn/fffy/202005/57812345.html
        article_url=r"/\d{6}/\d+\.html$",
        layouts=(Layout(when="#scol_txt", body="#scol_txt"),),
    )
