"""新民网 (xinmin.cn), Shanghai.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/xinmin_all.py#XinminAllSpider
  (start, article_url)
- undated: a public crawler's file, address not kept (start)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_xinmin.py
  (start, article_url, layouts)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class XinminSpider(SiteSpider):
    """新民网."""

    profile = SiteProfile(
        name="xinmin",
        title="新民网",
        region="CN-SH",
        hosts=("*.xinmin.cn",),
        start=(
            "http://shanghai.xinmin.cn/latest/",
            "http://shanghai.xinmin.cn/xmsq/",
            "http://shanghai.xinmin.cn/tfbd/",
            "http://newsxmwb.xinmin.cn/caijing/pc/",
            "http://newsxmwb.xinmin.cn/kejiao/pc/",
            "http://newsxmwb.xinmin.cn/world/pc/",
            "http://www.xinmin.cn/",
        ),
        # http://ish.xinmin.cn/xnjx/2019/06/19/31546261.html
        article_url=r"/\d{4}/\d{2}/\d{2}/\d+\.s?html?$",
        layouts=(
            Layout(when=".a_content", body=".a_content"),
            Layout(when="#MP_article", body="#MP_article"),
            Layout(when=".MP_article", body=".MP_article"),
        ),
    )
