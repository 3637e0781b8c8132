"""report.html: one file that opens offline, in which nothing from a page can act."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html

from newsspider.crawl.reports import charts
from newsspider.crawl.reports.page import tone
from newsspider.crawl.reports.regions import region_name
from newsspider.crawl.reports.writer import write_report

RUN = "20261125T083000Z-many-0a1b2c"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31m\u202e{{7*7}}'


@pytest.fixture
def hostile_page(make_run: Callable[[str], Any]) -> str:
    run = make_run(RUN)
    run.article(site="gansu", title=HOSTILE, region="CN-GS")
    run.article(site="dahe", title=HOSTILE, reprint_of="f" * 32)
    run.visit("failed", url="javascript:alert(1)//" + HOSTILE, reason=HOSTILE, via="start")
    run.visit("gone", url="https://dahe.example/?q=" + HOSTILE)
    run.visit("not_news", url="https://dahe.example/a?b=1&c=<2>", reason="kind: other", seconds=9.0)
    folder = run.write(
        exit_code=9,
        message=HOSTILE,
        limits=[{"site": "dahe", "limit": HOSTILE, "detail": HOSTILE}],
        skipped={"jxnews": HOSTILE},
    )
    write_report(folder.parent.parent, RUN, now=NOW)
    return (folder / "report.html").read_text("utf-8")


def test_nothing_from_a_page_can_act(hostile_page: str) -> None:
    tree = html.document_fromstring(hostile_page)
    assert not tree.xpath("//script | //img | //iframe | //object | //form | //base")
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert all(re.match(r"https?://|\.\./index\.html$|report\.json$", link) for link in tree.xpath("//@href"))
    assert "\x1b" not in hostile_page
    assert "\u202e" not in hostile_page
    assert "{{7*7}}" in hostile_page
    assert "https://dahe.example/a?b=1&c=<2>" in tree.xpath("//@href")


def test_it_is_one_file_that_opens_offline(hostile_page: str) -> None:
    tree = html.document_fromstring(hostile_page)
    assert not tree.xpath("//link | //@src | //@srcset")
    assert "url(" not in hostile_page
    assert "@import" not in hostile_page
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy[0].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert tree.xpath("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]


def test_alarms_come_first(hostile_page: str) -> None:
    assert hostile_page.index("Look at these first") < hostile_page.index("new articles</span>")
    assert "no way in could be read" in hostile_page


def test_columns_of_the_sites_table_add_up(hostile_page: str) -> None:
    tree = html.document_fromstring(hostile_page)
    rows = tree.xpath("//h2[text()='Sites']/following-sibling::div[1]//tr[td]")
    assert len(rows) == 3
    for row in rows:
        visits, *outcomes = [cell.text_content() for cell in row.xpath("td")[1:12]]
        assert int(visits) == sum(int(number) for number in outcomes if number != "·")


def test_an_empty_run_has_a_page(make_run: Callable[[str], Any]) -> None:
    folder = make_run(RUN).write()
    write_report(folder.parent.parent, RUN, now=NOW)
    page = (folder / "report.html").read_text("utf-8")
    assert "0 new articles from 0 sites" in page
    assert "No site was visited." in page


@pytest.mark.parametrize(
    ("code", "expected"), [(0, "good"), (9, "bad"), (11, "warn"), (13, "warn"), (None, "bad")]
)
def test_tone(code: int | None, expected: str) -> None:
    assert tone(code) == expected


@pytest.mark.parametrize(("code", "expected"), [("CN-HA", "河南 CN-HA"), ("CN", "全国 CN"), ("XX", "XX")])
def test_region_name(code: str, expected: str) -> None:
    assert region_name(code) == expected


DRAWINGS = [
    charts.bars("x", [(HOSTILE, 3), ("河南", 0)]),
    charts.bars("x", []),
    charts.columns("x", ["0", "1"], [1, 2]),
    charts.columns("x", [], []),
    charts.lines("x", ["a", "b"], {HOSTILE: [1.0, None], "b": [0.0, 0.0]}, every=1),
]


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_charts_carry_nothing_that_acts(drawing: str) -> None:
    tree = html.fragment_fromstring(drawing)
    assert tree.tag == "svg"
    assert tree.get("aria-label") == "x"
    assert not tree.xpath("//*[local-name()='script' or local-name()='style' or @id]")
    assert not tree.xpath("//comment()")
    assert "pygal.js" not in drawing


def test_bars_are_in_the_order_given() -> None:
    drawn = charts.bars("x", [("first", 30), ("second", 2)])
    y = {
        node.text: float(node.get("y"))
        for node in html.fragment_fromstring(drawn).iter("text")
        if node.text in {"first", "second"}
    }
    assert y["first"] < y["second"]


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6, 8]),
        (11, [0, 5, 10, 15]),
        (360, [0, 100, 200, 300, 400]),
    ],
)
def test_ticks(highest: int, expected: list[int]) -> None:
    assert charts.ticks(highest) == expected


def test_the_page_stays_small_for_thousands_of_sites(make_run: Callable[[str], Any]) -> None:
    run = make_run(RUN)
    for number in range(3_000):
        run.visit("failed", site=f"site{number}", reason="dns", via="start")
    folder = run.write(exit_code=9)
    report = write_report(folder.parent.parent, RUN, now=NOW)
    assert len(report.alarms) == 3_000
    page = (folder / "report.html").read_text("utf-8")
    assert len(page) < 300_000
    assert "and 2970 more in report.json" in page
    assert "The 2,800 sites that are not shown" in page
