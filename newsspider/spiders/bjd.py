"""京报网 (bjd.com.cn), Beijing.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2022-12: public file no. 8847930878, address not kept (start, article_url, layouts)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders/bjd.py#Bjd (start, article_url, layouts)
- undated: public file no. 59137297146, address not kept (article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class BjdSpider(SiteSpider):
    """京报网."""

    profile = SiteProfile(
        name="bjd",
        title="京报网",
        region="CN-BJ",
        hosts=("*.bjd.com.cn",),
        start=(
            "https://www.bjd.com.cn/jbw/news/",
            "https://www.bjd.com.cn/jbw/finance/",
            "http://www.bjd.com.cn/",
        ),
        article_url=(
            # http://www.bjd.com.cn/a/201911/08/WS5dc4c152e4b0621d5c14cfb2.html
            r"/a/\d{6}/\d{2}/\w+\.html$"
            # like http://news.bjd.com.cn/2022/12/05/10256.shtml
            r"|/\d+/\d+/\d+/\d+\.shtml$"
            # like http://peking.bjd.com.cn/content/s60a4c152e4b0621d5c14cfb2.html
            r"|/content/s\w+\.html$"
        ),
        layouts=(
            Layout(when="div.bjd-article-centent", body="div.bjd-article-centent"),
            Layout(when=".contentnews21", body=".contentnews21"),
        ),
    )
