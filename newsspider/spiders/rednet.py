"""红网 (rednet.cn), Hunan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders/rednet.py#Rednet
  (start, article_url, layouts)
- 2026: public file no. 61863658419, 18350171250, address not kept (article_url)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class RednetSpider(SiteSpider):
    """红网."""

    profile = SiteProfile(
        name="rednet",
        title="红网",
        region="CN-HN",
        hosts=("*.rednet.cn",),
        start=(
            "https://hn.rednet.cn/",
            "https://hn.rednet.cn/channel/7397.html",
            "https://hn.rednet.cn/channel/7398.html",
            "https://hn.rednet.cn/channel/7399.html",
            "https://news.rednet.cn/channel/8394.html",
            "https://news.rednet.cn/channel/7621.html",
            "https://gov.rednet.cn/channel/8463.html",
            "http://www.rednet.cn/",
        ),
        article_url=(
            # https://gh.rednet.cn/content/2019/11/02/6180427.html
            r"/content/\d+/\d+/(?:\d+/)?\d+\.html$"
            # like http://hn.rednet.cn/c/2016/03/04/3912345.htm
            r"|/c/\d{4}/\d{2}/\d{2}/\d+\.htm$"
            # http://auto.rednet.cn/news/201910/3245584.html
            r"|/news/\d{6}/\d+\.html$"
        ),
        layouts=(
            Layout(when="article.detail-article", body="article.detail-article"),
            Layout(when="section.detail_article_content", body="section.detail_article_content"),
        ),
    )
