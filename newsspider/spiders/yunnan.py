"""云南网 (yunnan.cn), Yunnan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/ynw.py#YnwSpider
  (start, article_url, layouts)
- 2020-05: public file no. 41712004599, 46434278355, address not kept (start, layouts)
- 2020-05: public file no. 41712004599, address not kept (article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class YunnanSpider(SiteSpider):
    """云南网."""

    profile = SiteProfile(
        name="yunnan",
        title="云南网",
        region="CN-YN",
        hosts=("*.yunnan.cn",),
        start=(
            "http://society.yunnan.cn/ynkd/",
            "http://news.yunnan.cn/gn/index.shtml",
            "http://society.yunnan.cn/shrd/",
            "http://society.yunnan.cn/nxw/",
            "http://minzu.yunnan.cn/xwjj/index.shtml",
        ),
        # http://society.yunnan.cn/system/2019/06/09/030296548.shtml
        article_url=r"/system/\d{4}/\d{2}/\d{2}/\d+\.s?html$",
        layouts=(
            Layout(when="#layer216", body="#layer216"),
            Layout(when=".xcont.ohd.clear", body=".xcont.ohd.clear"),
        ),
    )
