"""云视网 (yntv.cn), Yunnan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_yntv.py
  (start, article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class YntvSpider(SiteSpider):
    """云视网."""

    profile = SiteProfile(
        name="yntv",
        title="云视网",
        region="CN-YN",
        hosts=("*.yntv.cn",),
        start=("http://www.yntv.cn/",),
        # like http://www.yntv.cn/2019/11/1234567_1234567.shtml
        article_url=r"/\d{4}/\d{2}/\d+_\d+\.s?html?$",
    )
