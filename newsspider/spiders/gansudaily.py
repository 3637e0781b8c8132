"""每日甘肃网 (gansudaily.com.cn), Gansu.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_difang/gansudaily.py#GanSuDailySpider
  (start, article_url, layouts)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/
  config_gansudaily.py
  (start, article_url)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class GansudailySpider(SiteSpider):
    """每日甘肃网."""

    profile = SiteProfile(
        name="gansudaily",
        title="每日甘肃网",
        region="CN-GS",
        hosts=("*.gansudaily.com.cn",),
        start=(
            "http://gansu.gansudaily.com.cn/gsbb/index.shtml",
            "http://gansu.gansudaily.com.cn/bwyc/index.shtml",
            "http://gansu.gansudaily.com.cn/quanweifabu/index.shtml",
            "http://gansu.gansudaily.com.cn/bwfb/index.shtml",
            "http://gansu.gansudaily.com.cn/kgs/index.shtml",
            "http://gansu.gansudaily.com.cn/",
            "http://www.gansudaily.com.cn/",
        ),
        # http://gansu.gansudaily.com.cn/system/2019/08/30/017254063.shtml
        article_url=r"/system/\d{4}/\d{2}/\d{2}/\d+\.shtml$",
        layouts=(Layout(when="#conter2018", body="#conter2018"),),
    )
