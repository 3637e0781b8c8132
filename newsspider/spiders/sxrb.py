"""山西新闻网 (sxrb.com), Shanxi.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2022-12: public file no. 8847930878, address not kept (start, article_url, layouts)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_sxrb.py
  (start, article_url, layouts)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class SxrbSpider(SiteSpider):
    """山西新闻网."""

    profile = SiteProfile(
        name="sxrb",
        title="山西新闻网",
        region="CN-SX",
        hosts=("*.sxrb.com",),
        start=(
            "http://news.sxrb.com/GB/314060/index.html",
            "http://www.sxrb.com/",
        ),
        # like http://news.sxrb.com/GB/314060/9912345.html
        article_url=r"/GB/\d+/\d+\.html$",
        layouts=(
            Layout(when="#rwb_zw", body="#rwb_zw"),
            Layout(when=".art_txt", body=".art_txt"),
        ),
    )
