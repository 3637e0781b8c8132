"""黄河新闻网 (sxgov.cn), Shanxi.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_sxgov.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class SxgovSpider(SiteSpider):
    """黄河新闻网."""

    profile = SiteProfile(
        name="sxgov",
        title="黄河新闻网",
        region="CN-SX",
        hosts=("*.sxgov.cn",),
        start=("http://www.sxgov.cn/",),
        # like http://www.sxgov.cn/content_1234567.shtml
        article_url=r"/(?!node_)[a-z]\w*_\d+\.s?html?$",
        layouts=(Layout(when=".Newsfont", body=".Newsfont"),),
    )
