"""映象网 (hnr.cn), Henan.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/hnr_all.py#HnrAllSpider
  (start, article_url)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_hnr.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class HnrSpider(SiteSpider):
    """映象网."""

    profile = SiteProfile(
        name="hnr",
        title="映象网",
        region="CN-HA",
        hosts=("*.hnr.cn",),
        start=(
            "http://news.hnr.cn/djn/",
            "http://finance.hnr.cn/zcj/",
            "http://finance.hnr.cn/yh/",
            "http://edu.hnr.cn/gx/xwsd/",
            "http://www.hnr.cn/",
        ),
        # http://travel.hnr.cn/201906/21/1725.html
        article_url=r"/\d{4,6}/\d{1,2}/\d+\.s?html?$",
        layouts=(
            Layout(when="#text_content", body="#text_content"),
            Layout(when=".ZKHN_Editor", body=".ZKHN_Editor"),
        ),
    )
