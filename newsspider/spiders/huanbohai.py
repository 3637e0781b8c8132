"""环渤海新闻网 (huanbohainews.com.cn), Hebei.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- about 2019: a public crawler's file, address not kept (start, article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class HuanbohaiSpider(SiteSpider):
    """环渤海新闻网."""

    profile = SiteProfile(
        name="huanbohai",
        title="环渤海新闻网",
        region="CN-HE",
        hosts=("*.huanbohainews.com.cn",),
        start=("http://tangshan.huanbohainews.com.cn/node_208.html",),
        # like http://tangshan.huanbohainews.com.cn/2019-06/24/content_1234567.html
        article_url=r"/\d+-\d+/\d+/content_\d+\.html?$",
    )
