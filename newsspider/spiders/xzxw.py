"""中国西藏新闻网 (xzxw.com), Tibet.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- about 2019: public file no. 2401746233, address not kept (start, layouts)
- 2025-11: public file no. 36641640164, 2401746233, address not kept (article_url)
Start URLs that were printed without scheme and host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class XzxwSpider(SiteSpider):
    """中国西藏新闻网."""

    profile = SiteProfile(
        name="xzxw",
        title="中国西藏新闻网",
        region="CN-XZ",
        hosts=("*.xzxw.com",),
        start=(
            "http://www.xzxw.com/xw/xzyw/",
            "http://www.xzxw.com/xw/msxw/",
            "http://www.xzxw.com/zw/zwyw/",
        ),
        article_url=(
            # like http://www.xzxw.com/xw/xzyw/2025-11/03/content_6512345.html
            r"/\d{4}-\d{2}/\d{2}/content_\d+\.html$"
            # like http://www.xzxw.com/xw/201906/t20190624_2654321.html
            r"|/\d{6}/t\d{8}_\d+\.s?html?$"
        ),
        layouts=(Layout(when=".xw_daodu_detail", body=".xw_daodu_detail"),),
    )
