"""天山网 (ts.cn), Xinjiang.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- 2022-2024: public file no. 52612990420, 67432977644, address not kept (start, article_url)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class TsSpider(SiteSpider):
    """天山网."""

    profile = SiteProfile(
        name="ts",
        title="天山网",
        region="CN-XJ",
        hosts=("www.ts.cn",),
        start=(
            "https://www.ts.cn/xwzx/jjxw/",
            "https://www.ts.cn/xwzx/whxw/",
            "https://www.ts.cn/xwzx/shxw/",
            "https://www.ts.cn/xwzx/dzxw/",
        ),
        # like https://www.ts.cn/xwzx/shxw/202401/t20240105_18812345.shtml
        article_url=r"/\d{6}/t\d{8}_\d+\.s?html?$",
    )
