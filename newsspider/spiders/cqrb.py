"""重庆日报 (cqrb.cn), Chongqing.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/
  2019第二季度脚本_暂停开发转为西南8省脚本开发/config_cqrb.py
  (start, article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class CqrbSpider(SiteSpider):
    """重庆日报."""

    profile = SiteProfile(
        name="cqrb",
        title="重庆日报",
        region="CN-CQ",
        hosts=("*.cqrb.cn",),
        start=("http://cqrb.cn/",),
        # like http://cqrb.cn/2019-11/05/content_1234567.shtml
        article_url=r"/\d{4}-\d{1,2}/\d{1,2}/\w+_\d+\.s?html?$",
    )
