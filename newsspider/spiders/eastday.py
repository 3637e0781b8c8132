"""东方网 (eastday.com), Shanghai.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/dfw.py#DfwSpider
  (start, article_url)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_eastday.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class EastdaySpider(SiteSpider):
    """东方网."""

    profile = SiteProfile(
        name="eastday",
        title="东方网",
        region="CN-SH",
        hosts=("*.eastday.com",),
        start=(
            "http://news.eastday.com/",
            "http://news.eastday.com/gd2008/finance/index.html",
            "http://history.eastday.com/h/index.html",
            "http://www.eastday.com/",
        ),
        article_url=(
            # http://history.eastday.com/h/20190610/u1a14892941.html
            r"/u1ai?\d+\.html$"
            # http://history.eastday.com/h/20190610/u1a14892941.html
            r"|/\d{8}/\w*\d+\.s?html?$"
        ),
        layouts=(Layout(when="#zw", body="#zw"),),
    )
