"""陕西网 (ishaanxi.com), Shaanxi.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/
  2019第二季度脚本_暂停开发转为西南8省脚本开发/config_ishaanxi.py
  (start, article_url, layouts)
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class IshaanxiSpider(SiteSpider):
    """陕西网."""

    profile = SiteProfile(
        name="ishaanxi",
        title="陕西网",
        region="CN-SN",
        hosts=("*.ishaanxi.com",),
        start=("http://www.ishaanxi.com/",),
        # like http://www.ishaanxi.com/2019/1105/1234567.shtml
        article_url=r"/\d{4}/\d{4}/\d+\.s?html?$",
        layouts=(Layout(when=".article-content", body=".article-content"),),
    )
