"""北国网 (lnd.com.cn), Liaoning.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_difang/lnd_web.py#LNDSpider
  (start, article_url)
- 2019: github:myirelias/white_list@2bf344d:whiteList_v5/Config/2018第四季度脚本/config_lnd.py
  (start, article_url)
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class LndSpider(SiteSpider):
    """北国网."""

    profile = SiteProfile(
        name="lnd",
        title="北国网",
        region="CN-LN",
        hosts=("*.lnd.com.cn",),
        start=(
            "http://news.lnd.com.cn/xwyw/index.shtml",
            "http://news.lnd.com.cn/sz/index.shtml",
            "http://liaoning.lnd.com.cn/jrln/index.shtml",
            "http://news.lnd.com.cn/cj/index.shtml",
            "http://news.lnd.com.cn/wt/index.shtml",
            "http://www.lnd.com.cn/",
        ),
        article_url=(
            # http://edu.lnd.com.cn/system/2019/08/28/030047433.shtml
            r"/system/\d{4}/\d{2}/\d{2}/\d+\.shtml$"
            # like http://news.lnd.com.cn/2019-11/11/content_1234567.shtml
            r"|/\d{4}-\d{2}/\d{2}/\w+_\d+\.s?html?$"
        ),
    )
