"""正北方网 (northnews.cn), Inner Mongolia.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_northnews.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class NorthnewsSpider(SiteSpider):
    """正北方网."""

    profile = SiteProfile(
        name="northnews",
        title="正北方网",
        region="CN-NM",
        hosts=("*.northnews.cn",),
        start=("http://www.northnews.cn/",),
        # like http://www.northnews.cn/2019/1105/1234567.shtml
        article_url=r"/\d{4,6}/\d{2,4}/\d+\.s?html?$",
        layouts=(Layout(when=".zhengwen", body=".zhengwen"),),
    )
