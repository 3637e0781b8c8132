"""长城网 (hebei.com.cn), Hebei.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_hebei.py
  (start, article_url, layouts)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/hebei_all.py#YcwbAllSpider
  (start, article_url)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class HebeiSpider(SiteSpider):
    """长城网."""

    profile = SiteProfile(
        name="hebei",
        title="长城网",
        region="CN-HE",
        hosts=("*.hebei.com.cn",),
        start=(
            "http://www.hebei.com.cn/",
            "http://finance.hebei.com.cn/qyyw/index.shtml",
            "http://finance.hebei.com.cn/cjzq/cjtt/index.shtml",
            "http://health.hebei.com.cn/ttxw/",
            "http://edu.hebei.com.cn/xwrbb/",
        ),
        # http://finance.hebei.com.cn/system/2019/06/24/019682761.shtml
        article_url=r"/\d{4}/\d{2}/\d{2}/\d+\.s?html?$",
        layouts=(Layout(when="#fontzoom", body="#fontzoom"),),
    )
