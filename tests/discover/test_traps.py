from datetime import date

import pytest

from newsspider.discover.traps import Paging, Variants, refusal

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://e.cn/2023/03-29/1211502.html", None),
        ("http://e.cn/2023/03/03/03.html", None),
        ("http://e.cn/a/b/a/b/c.html", None),
        ("http://e.cn/list?page=12", None),
        ("http://e.cn/view?id=99999", None),
        ("http://e.cn/calendar/2026/04/", None),
        ("http://e.cn/" + "a" * 1000, "long_url"),
        ("http://e.cn/news/news/news/", "repeated_segments"),
        ("http://e.cn/a/b/a/b/a/b/c.html", "repeated_segments"),
        ("http://e.cn/" + "/".join(f"s{n}" for n in range(17)), "deep_path"),
        ("http://e.cn/v?" + "&".join(f"k{n}=1" for n in range(11)), "many_parameters"),
        ("http://e.cn/list?page=99999", "page_number"),
        ("http://e.cn/list?pageNo=" + "9" * 500, "page_number"),
        ("http://e.cn/news/index_99999.html", "page_number"),
        ("http://e.cn/news/page/99999/", "page_number"),
        ("http://e.cn/calendar/2031-04/", "calendar"),
        ("http://e.cn/rili?year=2031&month=4", "calendar"),
        ("http://e.cn/news?date=2031-04-01", "calendar"),
        ("http://e.cn/events/2031/04/", "calendar"),
        ("http://e.cn/a.jpg", "not_a_page"),
        ("http://e.cn/report.PDF?x=1", "not_a_page"),
        ("javascript:void(0)", "not_a_page"),
        ("http://e.cn/\ud800/1.html", "not_a_page"),
        ("http://[::1", "not_a_page"),
    ],
)
def test_refusal(url: str, reason: str | None) -> None:
    assert refusal(url, today=TODAY) == reason


def test_a_calendar_needs_to_know_the_day() -> None:
    assert refusal("http://e.cn/calendar/2031-04/") is None


def pages_of_a_calendar(year: int) -> str:
    return f"http://e.cn/calendar/{year}/01/"


def test_an_endless_calendar_ends() -> None:
    assert next(y for y in range(2026, 9999) if refusal(pages_of_a_calendar(y), today=TODAY)) == 2027


def test_a_path_that_grows_by_a_relative_link_ends() -> None:
    url, steps = "http://e.cn/news/", 0
    while refusal(url) is None:
        url, steps = url + "news/", steps + 1
    assert steps <= 2


def urls(*numbers: int) -> tuple[str, ...]:
    return tuple(f"http://e.cn/{n}.html" for n in numbers)


def test_paging_stops_where_nothing_is_new() -> None:
    paging = Paging()
    assert paging.after(urls(1, 2, 3), 3) is None
    assert paging.after(urls(4, 5), 1) is None
    assert paging.after(urls(6, 7), 0) == "nothing_new"


def test_paging_bears_a_page_without_news_where_told() -> None:
    paging = Paging(known_limit=2)
    assert paging.after(urls(1), 0) is None
    assert paging.after(urls(2), 1) is None
    assert paging.after(urls(3), 0) is None
    assert paging.after(urls(4), 0) == "nothing_new"


def test_paging_stops_at_the_same_content() -> None:
    paging = Paging()
    assert paging.after(urls(1, 2), 2) is None
    assert paging.after(urls(2, 1), 2) == "same_content"


def test_paging_stops_at_its_limit() -> None:
    paging = Paging(max_pages=3)
    assert [paging.after(urls(n), 1) for n in range(3)] == [None, None, "pages_limit"]


def test_permutations_of_a_query_end() -> None:
    variants = Variants(limit=5)
    found = [variants.refusal(f"http://e.cn/list?sort={n}&dir={n % 2}") for n in range(8)]
    assert found == [None] * 5 + ["query_permutations"] * 3
    assert variants.refusal("http://e.cn/list?dir=1&sort=1") is None  # asked before, in another order
    assert variants.refusal("http://e.cn/other?sort=9") is None
    assert variants.refusal("http://e.cn/list") is None
    assert variants.refusal("http://e.cn/list?sort=1&dir=1&utm_source=x") is None
