"""中国吉林网 (cnjiwang.com), Jilin.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_cnjiwang.py
  (start, article_url, layouts)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/cnjiwang.py#CnjiwangSpider
  (start, article_url)
- 2026-05: public file no. 69308388862, address not kept (article_url)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class CnjiwangSpider(SiteSpider):
    """中国吉林网."""

    profile = SiteProfile(
        name="cnjiwang",
        title="中国吉林网",
        region="CN-JL",
        hosts=("*.cnjiwang.com",),
        start=(
            "http://www.cnjiwang.com/",
            "http://auto.cnjiwang.com/cx/",
        ),
        # http://auto.cnjiwang.com/cx/201906/2903027.html
        article_url=r"/\d{6,8}/\d+\.s?html?$",
        layouts=(Layout(when=".gysjnews_sp", body=".gysjnews_sp"),),
    )
