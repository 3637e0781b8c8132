"""Times as Chinese pages print them."""

import time
from datetime import UTC, datetime

import pytest

from newsspider.page.dates import find_moments, find_relative, read_stamp

ROWS = [
    ("2023-03-29 10:00:09", "2023-03-29T10:00:09+08:00", "second"),
    ("时间:2023-03-29 10:00:09来源:河南日报", "2023-03-29T10:00:09+08:00", "second"),
    ("2023-03-2910:00:09", "2023-03-29T10:00:09+08:00", "second"),  # day and hour glued
    ("2012年01月12日15:57", "2012-01-12T15:57+08:00", "minute"),
    ("2005年3月11日12:12", "2005-03-11T12:12+08:00", "minute"),
    ("2019/9/29 9:27:56", "2019-09-29T09:27:56+08:00", "second"),
    ("2023 年 3 月 29 日 10:00", "2023-03-29T10:00+08:00", "minute"),
    ("2023年3月29日 10时05分", "2023-03-29T10:05+08:00", "minute"),
    ("2023年3月29日10点05分09秒", "2023-03-29T10:05:09+08:00", "second"),
    ("2007年12月27日星期四 10:05", "2007-12-27T10:05+08:00", "minute"),
    ("2007年12月27日（星期四）10:05", "2007-12-27T10:05+08:00", "minute"),
    ("2010-5-6 下午 3:05", "2010-05-06T15:05+08:00", "minute"),
    ("2010-5-6 上午 9:05", "2010-05-06T09:05+08:00", "minute"),
    ("2010-5-6 凌晨 12:05", "2010-05-06T00:05+08:00", "minute"),
    ("2010-5-6 3:05:09 PM", "2010-05-06T15:05:09+08:00", "second"),
    ("2020 01/02 17:11:05", "2020-01-02T17:11:05+08:00", "second"),  # year, day, time in boxes of their own
    ("202001/0217:11:05", "2020-01-02T17:11:05+08:00", "second"),
    ("01-02 2020", "2020-01-02", "day"),
    ("14年12月15日", "2014-12-15", "day"),
    ("2020.10.04", "2020-10-04", "day"),
    ("2023—03—29", "2023-03-29", "day"),
    ("二〇二三年三月二十九日", "2023-03-29", "day"),
    ("二○一九年十月十日", "2019-10-10", "day"),
    ("2022-02-12 第5版", "2022-02-12", "day"),
    ("[2012-01-12]", "2012-01-12", "day"),
    ("2019-09-07T16:28:35+08:00", "2019-09-07T16:28:35+08:00", "second"),
    ("2019-11-25T03:01:53Z", "2019-11-25T11:01:53+08:00", "second"),
    ("2019-11-25T03:01:53.123Z", "2019-11-25T11:01:53+08:00", "second"),
    ("2024-05-13 13:48:13:671", "2024-05-13T13:48:13+08:00", "second"),
    ("2019-12-31T20:00:00-0500", "2020-01-01T09:00:00+08:00", "second"),
    ("2019-11-25 24:00", "2019-11-25", "day"),
]

NOTHING = [
    "",
    "10:05",
    "3月29日",
    "2023年",
    "2023-13-29",
    "2023-02-30",
    "电话：0371-65795000",
    "192.168.1.20",
    "1949年10月1日",
    "12023-03-29",
]


@pytest.mark.parametrize(("text", "value", "precision"), ROWS)
def test_printed_time(text, value, precision):
    found = find_moments(text)
    assert [(m.value, m.precision) for m in found] == [(value, precision)]


@pytest.mark.parametrize("text", NOTHING)
def test_no_time(text):
    assert find_moments(text) == []


def test_several_times_in_order():
    text = "2019-09-07 15:10:53 最后更新: 2019-09-07 15:14:21"
    assert [m.value[11:19] for m in find_moments(text)] == ["15:10:53", "15:14:21"]


NOW = datetime(2023, 3, 29, 2, 30, tzinfo=UTC)  # 10:30 in China


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3小时前", "2023-03-29T07:30+08:00"),
        ("5分钟前", "2023-03-29T10:25+08:00"),
        ("11个小时之前", "2023-03-28T23:30+08:00"),
        ("刚刚", "2023-03-29T10:30+08:00"),
        ("今天 08:00", "2023-03-29T08:00+08:00"),
        ("昨天23:05", "2023-03-28T23:05+08:00"),
        ("前天", "2023-03-27"),
        ("2天前", "2023-03-27"),
    ],
)
def test_relative_time(text, value):
    found = find_relative(text, NOW)
    assert found is not None
    assert (found.value, found.precision) == (value, "relative")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Wed, 29 Mar 2023 02:00:09 GMT", "2023-03-29T10:00:09+08:00"),
        ("Wed Mar 29 10:00:09 CST 2023", "2023-03-29T10:00:09+08:00"),
        ("1680055209", "2023-03-29T10:00:09+08:00"),
        ("1680055209000", "2023-03-29T10:00:09+08:00"),
        (" 2024-05-13", "2024-05-13"),
    ],
)
def test_metadata(text, value):
    found = read_stamp(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text", ["", "soon", "20230329", "Wed, 29 Foo 2023 02:00:09 GMT", "Wed, 31 Feb 2023 02:00:09 GMT"]
)
def test_metadata_that_says_no_time(text):
    assert read_stamp(text) is None


@pytest.mark.parametrize(
    "text", ["2019-" * 20_000, "1" * 100_000, "2019年 " * 20_000, " " * 100_000, "9:" * 50_000]
)
def test_hostile_text_costs_little(text):
    begin = time.process_time()
    find_moments(text)
    find_relative(text, NOW)
    assert time.process_time() - begin < 0.5
