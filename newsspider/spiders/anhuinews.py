"""中安在线 (anhuinews.com), Anhui.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/anhuinews.py#AnhuinewsSpider
  (start, article_url)
- 2022: public file no. 14768927236, address not kept (article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class AnhuinewsSpider(SiteSpider):
    """中安在线."""

    profile = SiteProfile(
        name="anhuinews",
        title="中安在线",
        region="CN-AH",
        hosts=("*.anhuinews.com",),
        start=(
            "http://news.anhuinews.com/shh/shhxw/",
            "http://sports.anhuinews.com/",
            "http://auto.anhuinews.com/qcxw/ctzx/",
        ),
        article_url=(
            # http://sports.anhuinews.com/system/2019/06/14/008164106.shtml
            r"/system/\d{4}/\d{2}/\d{2}/\d+\.shtml$"
            # like http://ah.anhuinews.com/szxw/202206/t20220614_6012345.html
            r"|/\d{6}/t\d{8}_\d+\.s?html?$"
        ),
    )
