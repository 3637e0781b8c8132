"""合肥在线 (hefei.cc), Anhui.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2019第一季度脚本/config_hefei.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class HefeiSpider(SiteSpider):
    """合肥在线."""

    profile = SiteProfile(
        name="hefei",
        title="合肥在线",
        region="CN-AH",
        hosts=("*.hefei.cc",),
        start=("http://www.hefei.cc/",),
        # like http://www.hefei.cc/2019/1105/1234567.shtml
        article_url=r"/\d{4}/\d{4}/\d+\.s?html?$",
        layouts=(Layout(when="#weiboshare", body="#weiboshare"),),
    )
