"""台海网 (taihainet.com), Fujian.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/
  2019第二季度脚本_暂停开发转为西南8省脚本开发/config_taihainet.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class TaihainetSpider(SiteSpider):
    """台海网."""

    profile = SiteProfile(
        name="taihainet",
        title="台海网",
        region="CN-FJ",
        hosts=("*.taihainet.com",),
        start=("http://www.taihainet.com/",),
        # like http://www.taihainet.com/2019-11-05/1234567.shtml
        article_url=r"/\d[\d-]*/\d+\.s?html?$",
        layouts=(Layout(when=".article-content", body=".article-content"),),
    )
