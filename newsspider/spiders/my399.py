"""哈尔滨新闻网 (my399.com), Heilongjiang.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_my399.py
  (start, article_url, layouts)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/my399.py#My399Spider
  (start, article_url)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class My399Spider(SiteSpider):
    """哈尔滨新闻网."""

    profile = SiteProfile(
        name="my399",
        title="哈尔滨新闻网",
        region="CN-HL",
        hosts=("*.my399.com",),
        start=(
            "http://www.my399.com/",
            "http://news.my399.com/sports/",
        ),
        # http://news.my399.com/sports/content/2019-06/24/content_2444807.htm
        article_url=r"/\d{4}-\d{2}/\d{2}/\w*?\d+\.s?html?$",
        layouts=(Layout(when="#newscontent", body="#newscontent"),),
    )
