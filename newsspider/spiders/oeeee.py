"""奥一网 (oeeee.com), Guangdong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders/oeeee.py#Oeeee
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class OeeeeSpider(SiteSpider):
    """奥一网."""

    profile = SiteProfile(
        name="oeeee",
        title="奥一网",
        region="CN-GD",
        hosts=("*.oeeee.com",),
        start=(
            "http://www.oeeee.com/api/channel.php?s=/index/index/channel/gz",
            "http://www.oeeee.com/api/channel.php?s=/index/index/channel/dg",
            "http://www.oeeee.com/api/channel.php?s=/index/index/channel/fs",
            "https://sz.oeeee.com/",
            "http://www.oeeee.com/api/channel.php?s=/index/index/channel/china",
            "http://www.oeeee.com/",
        ),
        article_url=(
            # https://m.mp.oeeee.com/a/BAAFRD000020191029221228.html
            r"/a/[A-Z]{6}\d+\.html$"
            # http://www.oeeee.com/html/201910/29/833368.html
            r"|/html/\d{6}/\d{2}/\d+\.html$"
            # http://baoliao.oeeee.com/index/show/id/181174.html
            r"|/show/id/\d+\.html$"
        ),
        layouts=(Layout(when="#docContent", body="#docContent"),),
    )
