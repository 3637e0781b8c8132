"""杭州网 (hangzhou.com.cn), Zhejiang.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/hangzhou_all.py#HangZhouAllSpider
  (start, article_url)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_hangzhou.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class HangzhouSpider(SiteSpider):
    """杭州网."""

    profile = SiteProfile(
        name="hangzhou",
        title="杭州网",
        region="CN-ZJ",
        hosts=("*.hangzhou.com.cn",),
        start=(
            "http://hznews.hangzhou.com.cn/chengshi/index.htm",
            "http://hznews.hangzhou.com.cn/jingji/index.htm",
            "http://hznews.hangzhou.com.cn/xinzheng/yaolan/node_15890.htm",
            "http://health.hangzhou.com.cn/hot/index.htm",
            "http://www.hangzhou.com.cn/",
        ),
        # https://it.hangzhou.com.cn/jrjd/yjnews/content/2019-06/21/content_7214597.htm
        article_url=r"/content/(?:\d{4}-\d{2}/\d{2}/)?content_\d+\.s?html?$",
        layouts=(
            Layout(when="#zoom", body="#zoom"),
            Layout(when=".zhengwen", body=".zhengwen"),
        ),
    )
