"""汉网 (cnhan.com), Hubei.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_cnhan.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class CnhanSpider(SiteSpider):
    """汉网."""

    profile = SiteProfile(
        name="cnhan",
        title="汉网",
        region="CN-HB",
        hosts=("*.cnhan.com",),
        start=("http://www.cnhan.com/",),
        # like http://www.cnhan.com/20191105/1234567.shtml
        article_url=r"/\d{6,8}/\d+\.s?html?$",
        layouts=(Layout(when=".content-newsBody", body=".content-newsBody"),),
    )
