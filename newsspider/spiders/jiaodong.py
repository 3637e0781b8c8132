"""胶东在线 (jiaodong.net), Shandong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_jiaodong.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class JiaodongSpider(SiteSpider):
    """胶东在线."""

    profile = SiteProfile(
        name="jiaodong",
        title="胶东在线",
        region="CN-SD",
        hosts=("*.jiaodong.net",),
        start=("http://www.jiaodong.net/",),
        # like http://www.jiaodong.net/2019/11/11/1234567.shtml
        article_url=r"/\d{4}/\d{2}/\d{2}/\d+\.s?html?$",
        layouts=(Layout(when=".newscontent", body=".newscontent"),),
    )
