"""北青网 (ynet.com), Beijing.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_ynet.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class YnetSpider(SiteSpider):
    """北青网."""

    profile = SiteProfile(
        name="ynet",
        title="北青网",
        region="CN-BJ",
        hosts=("*.ynet.com",),
        start=("http://www.ynet.com/index.html",),
        # like http://www.ynet.com/2019/11/11/content.shtml
        article_url=r"/\d{4}/\d{2}/\d{2}/\w+\.s?html?$",
        layouts=(Layout(when="#articleBox", body="#articleBox"),),
    )
