"""半岛网 (bandao.cn), Shandong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/
  2019第二季度脚本_暂停开发转为西南8省脚本开发/config_bandao.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class BandaoSpider(SiteSpider):
    """半岛网."""

    profile = SiteProfile(
        name="bandao",
        title="半岛网",
        region="CN-SD",
        hosts=("*.bandao.cn",),
        start=("http://www.bandao.cn/",),
        article_url=(
            # like http://www.bandao.cn/1234567/news20191105_1.shtml
            r"/\d+/news[\d_]+\.s?html?$"
            # like http://www.bandao.cn/1234567.shtml
            r"|/\d+\.s?html?$"
        ),
        layouts=(Layout(when="#textContent", body="#textContent"),),
    )
