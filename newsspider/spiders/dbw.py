"""东北网 (dbw.cn), Heilongjiang.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_dbw.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class DbwSpider(SiteSpider):
    """东北网."""

    profile = SiteProfile(
        name="dbw",
        title="东北网",
        region="CN-HL",
        hosts=("*.dbw.cn",),
        start=("https://www.dbw.cn/",),
        # like https://www.dbw.cn/2019/11/11/1234567.shtml
        article_url=r"/\d{4}/\d{2}/\d{2}/\d+\.s?html?$",
        layouts=(
            Layout(when="#p-detail", body="#p-detail"),
            Layout(when=".duanluo", body=".duanluo"),
        ),
    )
