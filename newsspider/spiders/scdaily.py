"""四川日报 (scdaily.cn), Sichuan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_scdaily.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class ScdailySpider(SiteSpider):
    """四川日报."""

    profile = SiteProfile(
        name="scdaily",
        title="四川日报",
        region="CN-SC",
        hosts=("*.scdaily.cn",),
        start=("https://www.scdaily.cn/",),
        # like https://www.scdaily.cn/1234567/1234567.shtml
        article_url=r"/\d+/\d+\.s?html?$",
        layouts=(Layout(when="#cbw_zw_text", body="#cbw_zw_text"),),
    )
