"""齐鲁网 (iqilu.com), Shandong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_difang/iqilu.py#IqiluSpider
  (start, article_url, layouts)
- about 2019: public file no. 34585290017, address not kept (start, article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class IqiluSpider(SiteSpider):
    """齐鲁网."""

    profile = SiteProfile(
        name="iqilu",
        title="齐鲁网",
        region="CN-SD",
        hosts=("*.iqilu.com",),
        start=(
            "http://news.iqilu.com/shandong/",
            "http://news.iqilu.com/shandong/yaowen/",
            "http://news.iqilu.com/shandong/zhengwu/",
            "http://news.iqilu.com/shehui/",
            "http://www.iqilu.com/html/scroll/",
            "http://caijing.iqilu.com/",
        ),
        article_url=(
            # http://ppsd.iqilu.com/ywdt/20190604/4284858.shtml
            r"/(?:\d{4}/\d{4}|\d{8})/\d+\.s?html$"
            # like http://news.iqilu.com/share/article/1234567.html
            r"|/share/article/\d+\.html?$"
        ),
        layouts=(
            Layout(when=".article-main", body=".article-main"),
            Layout(when=".article_body", body=".article_body"),
        ),
    )
