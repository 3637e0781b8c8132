"""扬子晚报网 (yangtse.com), Jiangsu.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/yangtse_all.py#YangtseAllSpider
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class YangtseSpider(SiteSpider):
    """扬子晚报网."""

    profile = SiteProfile(
        name="yangtse",
        title="扬子晚报网",
        region="CN-JS",
        hosts=("*.yangtse.com",),
        start=(
            "http://www.yangtse.com/app/jiangsu/kanjiangsu/",
            "http://www.yangtse.com/app/jiangsu/nanjing/",
            "http://www.yangtse.com/app/livelihood/",
            "http://www.yangtse.com/app/politics/",
            "http://www.yangtse.com/app/finance/",
            "https://news.yangtse.com/clist/suzhou.html",
            "http://www.yangtse.com/",
        ),
        # http://www.yangtse.com/app/zhongguo/2019-06-21/720530.html
        article_url=r"/\d{4}-\d{2}-\d{2}/\d+\.html$",
        layouts=(Layout(when=".nr_text", body=".nr_text"),),
    )
