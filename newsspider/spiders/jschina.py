"""中国江苏网 (jschina.com.cn), Jiangsu.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2026-08: public file no. 56809197842, 61863658419, address not kept (start, article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class JschinaSpider(SiteSpider):
    """中国江苏网."""

    profile = SiteProfile(
        name="jschina",
        title="中国江苏网",
        region="CN-JS",
        hosts=("*.jschina.com.cn",),
        start=("http://jsnews.jschina.com.cn/jsyw/",),
        # like http://jsnews.jschina.com.cn/jsyw/202608/t20260803_s6890c152e4b0621d5c14cfb2.shtml
        article_url=r"/\d{6}/t\d{8}_\w+\.shtml$",
    )
