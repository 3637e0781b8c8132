"""新京报 (bjnews.com.cn), Beijing.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2022-12: public file no. 8847930878, address not kept (start, article_url, layouts)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_bjnews.py
  (start, article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class BjnewsSpider(SiteSpider):
    """新京报."""

    profile = SiteProfile(
        name="bjnews",
        title="新京报",
        region="CN-BJ",
        hosts=("*.bjnews.com.cn",),
        start=(
            "https://www.bjnews.com.cn/news/",
            "https://www.bjnews.com.cn/zhengshi/",
            "https://www.bjnews.com.cn/financial/",
            "http://www.bjnews.com.cn/",
        ),
        article_url=(
            # like https://www.bjnews.com.cn/detail/167012345614123.html
            r"/detail/\d+\.html$"
            # like https://www.bjnews.com.cn/2019/11/11/1234567.shtml
            r"|/\d{4}/\d{2}/\d{2}/\d+\.s?html?$"
        ),
        layouts=(Layout(when="div.articleCenter", body="div.articleCenter"),),
    )
