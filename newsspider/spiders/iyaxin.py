"""亚心网 (iyaxin.com), Xinjiang.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_iyaxin.py
  (start, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class IyaxinSpider(SiteSpider):
    """亚心网."""

    profile = SiteProfile(
        name="iyaxin",
        title="亚心网",
        region="CN-XJ",
        hosts=("*.iyaxin.com",),
        start=("http://www.iyaxin.com/",),
        layouts=(Layout(when=".article-detail", body=".article-detail"),),
    )
