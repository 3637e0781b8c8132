"""大江网 (jxnews.com.cn), Jiangxi.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2020-05: public file no. 34147638016, address not kept (start, article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class JxnewsSpider(SiteSpider):
    """大江网."""

    profile = SiteProfile(
        name="jxnews",
        title="大江网",
        region="CN-JX",
        hosts=("*.jxnews.com.cn",),
        start=(
            "http://jiangxi.jxnews.com.cn/original/",
            "http://news.jxnews.com.cn/gn/",
        ),
        # like http://jiangxi.jxnews.com.cn/system/2020/05/06/018871234.shtml
        article_url=r"/system/\d{4}/\d{2}/\d{2}/\d+\.shtml$",
    )
