"""青岛新闻网 (qingdaonews.com), Shandong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/
  config_qingdaonews.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class QingdaonewsSpider(SiteSpider):
    """青岛新闻网."""

    profile = SiteProfile(
        name="qingdaonews",
        title="青岛新闻网",
        region="CN-SD",
        hosts=("*.qingdaonews.com",),
        start=("http://www.qingdaonews.com/",),
        # like http://www.qingdaonews.com/2019-11/11/content_1234567.shtml
        article_url=r"/\d{4}-\d{2}/\d{2}/\w+_\d+\.s?html?$",
        layouts=(Layout(when="#endText", body="#endText"),),
    )
