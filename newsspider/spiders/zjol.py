"""浙江在线 (zjol.com.cn), Zhejiang.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- undated: github:ChenZixinn/news_spider:spiders/ (start)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/zjol_all.py#ZjolAllSpider
  (start, article_url, layouts)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class ZjolSpider(SiteSpider):
    """浙江在线."""

    profile = SiteProfile(
        name="zjol",
        title="浙江在线",
        region="CN-ZJ",
        hosts=("*.zjol.com.cn",),
        start=(
            "http://zjnews.zjol.com.cn/zjnews/zjxw/",
            "http://china.zjol.com.cn/gnxw/",
            "http://zjtyol.zjol.com.cn/zjrd/",
            "http://zjtyol.zjol.com.cn/dsww/",
            "http://health.zjol.com.cn/jkxw/",
            "http://edu.zjol.com.cn/jyjsb/zh/",
        ),
        # http://zjtyol.zjol.com.cn/tyjsb/201906/t20190624_10400197.shtml
        article_url=r"/\d{6}/t\d{8}_\d+\.s?html?$",
        layouts=(Layout(when="div.contTxt", body="div.contTxt"),),
    )
