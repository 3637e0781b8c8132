"""齐鲁晚报网 (qlwb.com.cn), Shandong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_qlwb.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class QlwbSpider(SiteSpider):
    """齐鲁晚报网."""

    profile = SiteProfile(
        name="qlwb",
        title="齐鲁晚报网",
        region="CN-SD",
        hosts=("*.qlwb.com.cn",),
        start=("http://www.qlwb.com.cn/",),
        # like http://www.qlwb.com.cn/2019/1105/1234567.shtml
        article_url=r"/\d{4}/\d{4}/\d+\.s?html?$",
        layouts=(Layout(when=".article-content", body=".article-content"),),
    )
