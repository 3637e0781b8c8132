"""南海网 (hinews.cn), Hainan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders/nanhai.py#NanhaiSpider
  (start, article_url, layouts)
- 2026-04: public file no. 54293513261, 46711086999, address not kept (article_url)
Old article addresses were answered by a page that redirects by script (April 2026).
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class HinewsSpider(SiteSpider):
    """南海网."""

    profile = SiteProfile(
        name="hinews",
        title="南海网",
        region="CN-HI",
        hosts=("*.hinews.cn",),
        start=(
            "http://www.hinews.cn/news/hainan/",
            "http://www.hinews.cn/news/hainan/shizheng/",
            "http://www.hinews.cn/news/hainan/shehui/",
            "http://www.hinews.cn/news/hainan/jingji/",
            "http://haikou.hinews.cn/",
            "http://sanya.hinews.cn/",
            "http://www.hinews.cn/",
        ),
        article_url=(
            # like https://www.hinews.cn/page?n=1234567&m=1&s=2
            r"/page\?(?:.*&)?n=\w+"
            # http://www.hinews.cn/news/system/2019/11/04/032208722.shtml
            r"|/news/system/\d{4}/\d{2}/\d{2}/\d+\.shtml$"
        ),
        layouts=(Layout(when="#bs_content", body="#bs_content"),),
    )
