"""安徽网 (ahwang.cn), Anhui.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_ahwang.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class AhwangSpider(SiteSpider):
    """安徽网."""

    profile = SiteProfile(
        name="ahwang",
        title="安徽网",
        region="CN-AH",
        hosts=("*.ahwang.cn",),
        start=("http://www.ahwang.cn/",),
        article_url=(
            # like http://www.ahwang.cn/1234567/1234567.shtml
            r"/\d+/\d+\.s?html?$"
            # like http://www.ahwang.cn/content_1234567.shtml
            r"|/(?!node_|list_)[a-z]\w*_\d+\.s?html?$"
        ),
        layouts=(Layout(when=".article-content", body=".article-content"),),
    )
