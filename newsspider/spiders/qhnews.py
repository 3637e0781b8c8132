"""青海新闻网 (qhnews.com), Qinghai.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/qhnews.py#QhnewsSpider
  (start, article_url, layouts)
- 2026-06: public file no. 69402826031, address not kept (article_url)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class QhnewsSpider(SiteSpider):
    """青海新闻网."""

    profile = SiteProfile(
        name="qhnews",
        title="青海新闻网",
        region="CN-QH",
        hosts=("*.qhnews.com",),
        start=(
            "http://www.qhnews.com/newscenter/yc/",
            "http://www.qhnews.com/qhly/tpbd/",
        ),
        # http://www.qhnews.com/newscenter/system/2019/06/18/012906665.shtml
        article_url=r"/system/\d{4}/\d{2}/\d{2}/\d+\.s?html$",
        layouts=(
            Layout(when="#zoom", body="#zoom"),
            Layout(when="#ArticleContent", body="#ArticleContent"),
        ),
    )
