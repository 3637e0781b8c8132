"""金羊网 (ycwb.com), Guangdong.

Never tried live: taken from public files, which say of this site (date: origin, fields):
- undated: github:ChenZixinn/news_spider:spiders/ (start)
- 2019-11: github:Pintrue/news_all@eb8c32c:news_all/spiders_old/ycwb_all.py#YcwbAllSpider
  (start, article_url, layouts)
Start URLs that were printed without scheme or host are completed here.
"""

from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider


class YcwbSpider(SiteSpider):
    """金羊网."""

    profile = SiteProfile(
        name="ycwb",
        title="金羊网",
        region="CN-GD",
        hosts=("*.ycwb.com",),
        start=(
            "http://news.ycwb.com/n_bd_gz.htm",
            "http://news.ycwb.com/n_gd_jd.htm",
            "http://news.ycwb.com/n_gn.htm",
            "http://news.ycwb.com/n_gj.htm",
        ),
        # http://3c.ycwb.com/2019-06/24/content_30285020.htm
        article_url=r"/\d{4}-\d{2}/\d{2}/content_\d+\.s?html?$",
        layouts=(Layout(when="div.main_article", body="div.main_article"),),
    )
