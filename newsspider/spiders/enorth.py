"""北方网 (enorth.com.cn), Tianjin.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_enorth.py
  (start, article_url)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old2/enorth.py#EnorthSpider
  (start, article_url)
- 2026: public file no. 56792052079, 68603562096, address not kept (article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class EnorthSpider(SiteSpider):
    """北方网."""

    profile = SiteProfile(
        name="enorth",
        title="北方网",
        region="CN-TJ",
        hosts=("*.enorth.com.cn",),
        start=(
            "http://www.enorth.com.cn/",
            "http://ms.enorth.com.cn/",
        ),
        # http://sports.enorth.com.cn/system/2019/06/19/037358842.shtml
        article_url=r"/system/\d{4}/\d{2}/\d{2}/\d+\.shtml$",
    )
