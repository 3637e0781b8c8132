"""东北新闻网 (nen.com.cn), Liaoning.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_difang/nen.py#NenSpider
  (start, article_url)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_nen.py
  (start, article_url, layouts)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_difang/nen.py#NenSpnewsSpider
  (article_url)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class NenSpider(SiteSpider):
    """东北新闻网."""

    profile = SiteProfile(
        name="nen",
        title="东北新闻网",
        region="CN-LN",
        hosts=("*.nen.com.cn",),
        start=(
            "http://liaoning.nen.com.cn/szyw_new/",
            "http://news.nen.com.cn/",
            "http://society.nen.com.cn/",
            "http://finance.nen.com.cn/cj_top_yw1_new/index.shtml",
            "http://finance.nen.com.cn/cj_cj_lncj_new/index.shtml",
            "http://ms.nen.com.cn/",
            "http://xq.nen.com.cn/xianqu-jiaodian_new/index.shtml",
            "http://www.nen.com.cn/",
        ),
        article_url=(
            # http://video.nen.com.cn/system/2019/09/09/020924499.shtml
            r"/system/\d{4}/\d{2}/\d{2}/\d+\.shtml$"
            # http://auto.nen.com.cn/news/storys_136073.html
            r"|/news/storys_\d+\.html$"
        ),
        layouts=(Layout(when=".contentcon", body=".contentcon"),),
    )
