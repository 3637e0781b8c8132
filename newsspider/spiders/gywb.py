"""贵阳网 (gywb.cn), Guizhou.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/
  2019第二季度脚本_暂停开发转为西南8省脚本开发/config_gywb.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class GywbSpider(SiteSpider):
    """贵阳网."""

    profile = SiteProfile(
        name="gywb",
        title="贵阳网",
        region="CN-GZ",
        hosts=("*.gywb.cn",),
        start=("http://www.gywb.cn/",),
        # like http://www.gywb.cn/2019-11/1234567/content_1234567.shtml
        article_url=r"/\d{4}-\d{2}/\d+/content_\d+\.s?html?$",
        layouts=(Layout(when=".g-content-c", body=".g-content-c"),),
    )
