"""河北新闻网 (hebnews.cn), Hebei.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- undated: public file no. 8847930878, address not kept (start)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_hebnews.py
  (start, article_url)
Start URLs that were printed without scheme or host are completed here.
Articles of hbxw.hebnews.cn are built by script and are not covered.
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class HebnewsSpider(SiteSpider):
    """河北新闻网."""

    profile = SiteProfile(
        name="hebnews",
        title="河北新闻网",
        region="CN-HE",
        hosts=("*.hebnews.cn",),
        start=(
            "http://hebei.hebnews.cn/",
            "http://www.hebnews.cn/",
        ),
        # like http://hebei.hebnews.cn/2019-11/1234567/content_1234567.shtml
        article_url=r"/\d{4}-\d{2}/\d+/\w+_\d+\.s?html?$",
    )
