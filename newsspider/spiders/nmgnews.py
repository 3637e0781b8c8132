"""内蒙古新闻网 (nmgnews.com.cn), Inner Mongolia.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/nmgnews.py#NmgnewsSpider
  (start, article_url)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_nmgnews.py
  (start, article_url, layouts)
- 2024-2026: public file no. 53079556733, 55596021142, address not kept (article_url)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class NmgnewsSpider(SiteSpider):
    """内蒙古新闻网."""

    profile = SiteProfile(
        name="nmgnews",
        title="内蒙古新闻网",
        region="CN-NM",
        hosts=("*.nmgnews.com.cn",),
        start=(
            "http://inews.nmgnews.com.cn/nmgxw/syxw/",
            "http://inews.nmgnews.com.cn/nmgxw/jjxw/",
            "http://inews.nmgnews.com.cn/nmgxw/kjwwxw/",
            "http://www.nmgnews.com.cn/",
        ),
        # http://china.nmgnews.com.cn/system/2019/07/02/012736421.shtml
        article_url=r"/system/\d{4}/\d{2}/\d{2}/\d+\.shtml$",
        layouts=(
            Layout(when="#div_content", body="#div_content"),
            Layout(when="#pzoom", body="#pzoom"),
        ),
    )
