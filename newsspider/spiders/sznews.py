"""深圳新闻网 (sznews.com), Guangdong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/sznews.py#SznewsSpider
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class SznewsSpider(SiteSpider):
    """深圳新闻网."""

    profile = SiteProfile(
        name="sznews",
        title="深圳新闻网",
        region="CN-GD",
        hosts=("*.sznews.com",),
        start=(
            "http://news.sznews.com/node_18236.htm",
            "http://news.sznews.com/node_31220.htm",
            "http://news.sznews.com/node_150127.htm",
            "http://news.sznews.com/node_134907.htm",
            "http://news.sznews.com/node_150128.htm",
        ),
        # http://www.sznews.com/photo/content/2019-06/22/content_22198271.htm
        article_url=r"/content/\d{4}-\d{2}/\d{2}/content_\d+\.htm$",
        layouts=(Layout(when=".article-content.new_txt", body=".article-content.new_txt"),),
    )
