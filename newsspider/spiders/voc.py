"""华声在线 (voc.com.cn), Hunan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/voc.py#VocSpider
  (start, article_url)
- undated: a public crawler's file, address not kept (article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class VocSpider(SiteSpider):
    """华声在线."""

    profile = SiteProfile(
        name="voc",
        title="华声在线",
        region="CN-HN",
        hosts=("*.voc.com.cn",),
        start=(
            "http://news.voc.com.cn/class/1915.html",
            "http://hssq.voc.com.cn/list.php?cid=2",
        ),
        article_url=(
            # http://news.voc.com.cn/article/201906/201906231502051514.html
            r"/article/\d{6}/\d{12,}\.html$"
            # http://hssq.voc.com.cn/content-3764-2.html
            r"|/content-\d+-\d+\.html$"
        ),
    )
