import pytest

from newsspider.discover.dates import has_day, moment, printed_date, url_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 29 Mar 2023 02:00:09 GMT", "2023-03-29T10:00:09+08:00"),
        ("Tue, 27 Dec 2005 13:08:54+0900", "2005-12-27T12:08:54+08:00"),
        ("29 Mar 2023 10:00:09 +0800", "2023-03-29T10:00:09+08:00"),
        ("2023-03-29T02:00:09Z", "2023-03-29T10:00:09+08:00"),
        ("2005-5-28 16:05:36", "2005-05-28T16:05:36+08:00"),
        ("2014-04-22 15:24", "2014-04-22T15:24+08:00"),
        ("2023-03-29", "2023-03-29"),
        ("2023年3月29日", "2023-03-29"),
        ("2023-02-30", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("9" * 10_000, None),
    ],
)
def test_moment(text: str | None, expected: str | None) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://e.cn/2023/03-29/1211502.html", "2023-03-29"),
        ("http://e.cn/2023-03/29/content_9254045.htm", "2023-03-29"),
        ("http://e.cn/202303/29/c1.html", "2023-03-29"),
        ("http://e.cn/a/20230329/1.html", "2023-03-29"),
        ("http://e.cn/yw/202303/t20230329_1472486.html", "2023-03-29"),
        ("http://e.cn/politics/2023_03_29_517162.shtml", "2023-03-29"),
        ("http://e.cn/n1/2023/0329/c1013-31153719.html", "2023-03-29"),
        ("http://e.cn/system/2023/03/29/011274736.shtml", "2023-03-29"),
        ("http://e.cn/2023/3-9/1.html", "2023-03-09"),
        ("http://e.cn/2023/3/9/1.html", "2023-03-09"),
        ("http://e.cn/y/2023-03-29/13482762951.shtml", "2023-03-29"),
        ("http://e.cn/16/0221/11/BGBH11VI0001121M.html", "2016-02-21"),
        ("http://e.cn/p/20230329134913891502.html", "2023-03-29"),
        ("./202303/t20230329_1472486.html", "2023-03-29"),
        ("http://e.cn/2023/02-30/1.html", None),
        ("http://e.cn/1211502.html", None),
        ("http://2023-03-29.e.cn/a.html", None),
        ("http://e.cn/a?day=2023-03-29", None),
        ("http://e.cn/", None),
    ],
)
def test_url_date(url: str, expected: str | None) -> None:
    assert url_date(url) == expected


@pytest.mark.parametrize(
    ("text", "day", "date"),
    [
        ("云溪大桥今日通车 [2023-03-29]", True, "2023-03-29"),
        ("2023/03/29 10:05 云溪大桥", True, "2023-03-29T10:05+08:00"),
        ("[03-29] 云溪大桥", True, None),
        ("3月29日", True, None),
        ("比分 13-29", False, None),
        ("10:05", False, None),
        ("电话 0371-12345678", False, None),
    ],
)
def test_days_in_rows(text: str, day: bool, date: str | None) -> None:
    assert has_day(text) is day
    assert printed_date(text) == date
