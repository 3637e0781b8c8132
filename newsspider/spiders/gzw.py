"""多彩贵州网 (gzw.net), Guizhou.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_gzw.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class GzwSpider(SiteSpider):
    """多彩贵州网."""

    profile = SiteProfile(
        name="gzw",
        title="多彩贵州网",
        region="CN-GZ",
        hosts=("*.gzw.net",),
        start=("http://www.gzw.net/",),
        # like http://www.gzw.net/2019/1105/1234567.shtml
        article_url=r"/\d{4}/\d{4}/\d+\.s?html?$",
        layouts=(Layout(when=".article-box", body=".article-box"),),
    )
