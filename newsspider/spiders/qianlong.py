"""千龙网 (qianlong.com), Beijing.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_difang/qianlong_web.py#QianLongSpider
  (start, article_url)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_qianlong.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class QianlongSpider(SiteSpider):
    """千龙网."""

    profile = SiteProfile(
        name="qianlong",
        title="千龙网",
        region="CN-BJ",
        hosts=("*.qianlong.com",),
        start=(
            "http://beijing.qianlong.com/yaowenjujiao/",
            "http://beijing.qianlong.com/",
            "http://news.qianlong.com/",
            "http://beijing.qianlong.com/dangwulianbo/",
            "http://beijing.qianlong.com/zhengwulianbo/",
            "http://legal.qianlong.com/",
            "http://finance.qianlong.com/",
            "http://www.qianlong.com/",
        ),
        # http://review.qianlong.com/2019/0828/3393422.shtml
        article_url=r"/\d{4}/\d{4}/\d+\.s?html?$",
        layouts=(Layout(when=".article-content", body=".article-content"),),
    )
