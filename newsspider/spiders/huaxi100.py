"""华西都市报 (huaxi100.com), Sichuan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders/huaxi100.py#Huaxi100
  (start, article_url)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders/huaxi100.py#Huaxi100_xml
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class Huaxi100Spider(SiteSpider):
    """华西都市报."""

    profile = SiteProfile(
        name="huaxi100",
        title="华西都市报",
        region="CN-SC",
        hosts=("*.huaxi100.com",),
        start=(
            "http://news.huaxi100.com/list-253-1.html",
            "http://news.huaxi100.com/list-254-1.html",
            "http://news.huaxi100.com/list-135-1.html",
            "http://news.huaxi100.com/list-227-1.html",
            "http://www.huaxi100.com/",
        ),
        article_url=(
            # http://news.huaxi100.com/show-254-1028850-1.html
            r"/show-\d+-\d+-\d+\.html$"
            # http://www.huaxi100.com/a/f74v0o3f8cb
            r"|/a/\w+$"
        ),
        layouts=(Layout(when="section.sec-content", body="section.sec-content"),),
    )
