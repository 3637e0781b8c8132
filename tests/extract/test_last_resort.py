"""The last resort reads absolute times behind a label, and nothing else."""

import pytest

from newsspider.extract.article import extract
from newsspider.page.document import Page

HTML = """<html><head><title>县城新开一路公交_清河网</title></head><body><h1>县城新开一路公交</h1><div>{line}</div>
<div><p>首班车六点半从汽车站发出，沿途停靠十七个站点，终点设在新建的县医院门前，票价一元。</p>
<p>公交公司说，线路试运行三个月，期间会按乘客的意见调整站点和班次，请市民留意站牌。</p></div></body></html>"""


@pytest.mark.parametrize(
    ("line", "value", "precision"),
    [
        ("发布时间：20/Nov/2026 10:05", "2026-11-20T10:05+08:00", "minute"),
        ("发布日期：Nov.20.2026", "2026-11-20", "day"),
        ("时间：昨天下午", None, None),
        ("时间：去年2026届", None, None),
        ("时间：11月20日", None, None),
        ("发布时间：上星期五 10:05", None, None),
    ],
)
def test_last_resort(line: str, value: str | None, precision: str | None) -> None:
    page = Page.from_bytes(HTML.format(line=line).encode(), url="http://news.qinghe.example/a/7.html")
    article = extract(page).article
    assert article is not None
    assert (article.published_at, article.published_precision) == (value, precision)
