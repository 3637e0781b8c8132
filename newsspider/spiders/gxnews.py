"""广西新闻网 (gxnews.com.cn), Guangxi.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/gxnews.py#GxnewsSpider
  (start, article_url, layouts)
- 2020-05: public file no. 46283027898, 1925587210, address not kept (article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class GxnewsSpider(SiteSpider):
    """广西新闻网."""

    profile = SiteProfile(
        name="gxnews",
        title="广西新闻网",
        region="CN-GX",
        hosts=("*.gxnews.com.cn",),
        start=(
            "http://finance.gxnews.com.cn/staticmores/152/33152-1.shtml",
            "http://www.gxnews.com.cn/staticmores/368/11368-1.shtml",
            "http://edu.gxnews.com.cn/staticmores/608/37608-1.shtml",
            "http://sports.gxnews.com.cn/staticmores/052/38052-1.shtml",
            "http://finance.gxnews.com.cn/staticmores/151/33151-1.shtml",
        ),
        # http://edu.gxnews.com.cn/staticpages/20190618/newgx5d08ee1f-18428430.shtml
        article_url=r"/staticpages/\d{8}/newgx[0-9a-f]+-\d+\.s?html$",
        layouts=(
            Layout(when="div.article-content", body="div.article-content"),
            Layout(when="#artContent", body="#artContent"),
        ),
    )
