"""The numbers of a run and the judgement of its sites."""

from collections.abc import Iterator
from itertools import count

import msgspec
import pytest

from newsspider.crawl.summary import (
    EXAMPLES,
    FIELDS,
    OTHER_REASONS,
    REASONS_KEPT,
    SiteSummary,
    exit_code,
    missing_fields,
    site_failed,
    summarize,
    tally,
    tolerated_sites,
)
from newsspider.errors import ConfigurationError, ExitCode
from newsspider.items import GAVE_ARTICLE, GOOD, Article, Image, Outcome, PageKind, Related, Visit

_NUMBERS = count()


def visit(outcome: str, via: str = "page", **values: object) -> Visit:
    number = next(_NUMBERS)
    kind = Outcome(outcome)
    facts: dict[str, object] = {
        "run": "r",
        "site": "dahe",
        "url": f"https://news.example/{number}.html",
        "id": f"{number:032x}",
        "via": via,
        "outcome": kind,
        "reason": None if kind in GOOD else "http 404",
        "at": "2026-11-25T00:00:00Z",
        "status": 200,
        "kind": PageKind.ARTICLE if kind in GAVE_ARTICLE else None,
    }
    return Visit(**{**facts, **values})  # type: ignore[arg-type]


def visits(**outcomes: int) -> Iterator[Visit]:
    for outcome, number in outcomes.items():
        for _ in range(number):
            yield visit(outcome)


START = ("listing", "start")
#: visits as (outcome, via) or (outcome, via, how many); why the site failed, or None.
VERDICTS: list[tuple[str, list[tuple[object, ...]], str | None]] = [
    ("no visit", [], "nothing was fetched"),
    ("all well", [START, ("stored", "page", 20)], None),
    ("nothing new", [START], None),
    ("start 404", [("gone", "start")], "no way in could be read (0 of 1): http 404"),
    ("start empty", [("not_news", "start")], "no way in could be read (0 of 1)"),
    (
        "sitemap and feed dead",
        [("failed", "sitemap"), ("blocked", "feed")],
        "no way in could be read (0 of 2): http 404",
    ),
    (
        "one listing 404",
        [START, ("gone", "listing"), ("stored", "page", 60)],
        "1 of 2 listings could not be read: http 404",
    ),
    (
        "one page of a list 5xx",
        [START, ("failed", "paging")],
        "1 of 2 listings could not be read: http 404",
    ),
    ("a listing without news", [START, ("not_news", "listing")], None),
    ("a listing refused by robots.txt", [START, ("refused", "listing")], None),
    (
        "all refused",
        [("refused", "start", 2)],
        "no way in could be read: all 2 visits were refused: http 404",
    ),
    ("8 articles dead, start fine", [START, ("gone", "page", 8)], None),
    ("fewer than 10, all dead", [("gone", "due", 9)], "all 9 fetches failed: http 404"),
    ("one requested article dead", [("failed", "request")], "all 1 fetches failed: http 404"),
    ("one requested article fine", [("unchanged", "request")], None),
    ("4 of 10 fail", [START, ("failed", "page", 4), ("stored", "page", 6)], None),
    (
        "half of 10 fail",
        [START, ("failed", "page", 5), ("stored", "page", 5)],
        "5 of 10 article fetches failed: http 404",
    ),
    ("half of 9 fail", [START, ("failed", "page", 5), ("stored", "page", 4)], None),
    (
        "gone and blocked fail too",
        [START, ("gone", "page", 3), ("blocked", "due", 3), ("stored", "page", 5)],
        "6 of 11 article fetches failed: http 404",
    ),
    (
        "layout changed",
        [START, ("not_news", "page", 10)],
        "none of 10 fetched article pages gave an article: http 404",
    ),
    ("layout changed, 9 pages", [START, ("not_news", "page", 9)], None),
    ("one of many gives one", [START, ("not_news", "page", 30), ("reprint", "page")], None),
    ("same text is an article", [START, ("same_text", "page", 6), ("gone", "page", 5)], None),
    ("refused articles are no fetch", [START, ("refused", "page", 50), ("stored", "page")], None),
    ("a start page that is an article", [("stored", "start")], None),
]


@pytest.mark.parametrize(
    ("rows", "expected"), [row[1:] for row in VERDICTS], ids=[row[0] for row in VERDICTS]
)
def test_when_is_a_site_failed(rows: list[tuple[object, ...]], expected: str | None) -> None:
    made = [visit(row[0], row[1]) for row in rows for _ in range(row[2] if len(row) > 2 else 1)]  # type: ignore[arg-type,call-overload]
    assert summarize(made, sites=["dahe"])["dahe"].failed == expected


def test_numbers_add_up() -> None:
    numbers = {outcome.value: index + 1 for index, outcome in enumerate(Outcome)}
    summary = summarize(visits(**numbers))["dahe"]
    assert summary.visits == sum(numbers.values()) == sum(summary.outcomes.values())
    assert {outcome.value: n for outcome, n in summary.outcomes.items()} == numbers
    for outcome in Outcome:
        reasons = sum(r.count for r in summary.reasons if r.outcome is outcome)
        assert reasons == (0 if outcome in GOOD else numbers[outcome])
    assert summary.fetched == summary.visits - numbers["refused"]
    assert summary.fetched == summary.ways_tried + summary.articles_fetched


def test_reasons_and_examples_are_bounded() -> None:
    counted = tally(visit("failed", reason=f"reason {n}") for n in range(10_000))["dahe"]
    summary = counted.summary()
    assert len(summary.reasons) == REASONS_KEPT + 1
    assert sum(reason.count for reason in summary.reasons) == 10_000
    assert summary.reasons[0].reason == OTHER_REASONS
    assert all(len(reason.examples) <= EXAMPLES for reason in summary.reasons)


def test_corrections_are_no_new_articles() -> None:
    made = [
        visit("stored", version=1),
        visit("stored", version=2),
        visit("reprint", version=1),
        visit("reprint", version=3),
        visit("unchanged"),
    ]
    summary = summarize(made)["dahe"]
    assert (summary.new, summary.new_reprints, summary.corrected) == (1, 1, 2)


def test_coverage_counts_pages_whose_fields_were_read() -> None:
    made = [
        visit("stored", missing=("source", "tags", "a field of tomorrow")),
        visit("unchanged"),
        visit("unchanged", status=304),
        visit("unchanged", kind=None, reason="redirect to a known article"),
        visit("gone"),
    ]
    summary = summarize(made)["dahe"]
    assert summary.fields_read == 2
    assert summary.coverage("source") == 0.5
    assert summary.coverage("title") == 1
    assert set(summary.missing) == {"source", "tags"}
    assert summary.missing_examples["source"] == (made[0].url,)
    assert SiteSummary(site="dahe").coverage("title") is None


def test_time_bytes_retries_and_newest() -> None:
    made = [
        visit("stored", seconds=1.25, bytes=10, attempts=3, published_at="2026-11-24T10:00:00+08:00"),
        visit("stored", seconds=0.5, bytes=5, published_at="2026-11-25"),
    ]
    summary = summarize(made)["dahe"]
    assert (summary.seconds, summary.bytes, summary.retries) == (1.75, 15, 2)
    assert summary.newest == "2026-11-25"


def test_examples_and_slowest_are_three() -> None:
    made = [visit("same_text", seconds=float(seconds)) for seconds in (1, 9, 3, 7, 0)]
    summary = summarize(made)["dahe"]
    assert summary.examples == {Outcome.SAME_TEXT: tuple(made[n].url for n in (0, 1, 2))}
    assert summary.slowest == tuple(made[n].url for n in (1, 3, 2))


def test_a_summary_survives_json() -> None:
    summary = summarize(visits(gone=2, stored=1, failed=3))["dahe"]
    assert msgspec.json.decode(msgspec.json.encode(summary), type=SiteSummary) == summary


def test_sites_are_counted_apart() -> None:
    summaries = summarize([visit("stored", site="a"), visit("failed", site="b")], sites=["c"])
    assert {site: found.visits for site, found in summaries.items()} == {"a": 1, "b": 1, "c": 0}


def test_site_failed_is_pure() -> None:
    summary = summarize(visits(gone=3))["dahe"]
    assert site_failed(summary) == site_failed(summary) == summary.failed


@pytest.mark.parametrize(
    ("setting", "sites", "expected"),
    [
        (0, 10, 0),
        ("3", 10, 3),
        (3, 1, 3),
        ("0.02", 100, 2),
        (0.02, 149, 2),
        ("2%", 50, 1),
        ("100%", 7, 7),
        ("1.0", 7, 7),
        ("0", 0, 0),
    ],
)
def test_tolerated_sites(setting: float | str, sites: int, expected: int) -> None:
    assert tolerated_sites(setting, sites) == expected


@pytest.mark.parametrize("setting", ["", "many", "-1", "-1%", "101%", "1.5", "nan", "inf", "nan%"])
def test_tolerated_sites_refuses(setting: str) -> None:
    with pytest.raises(ConfigurationError, match="FAILED_SITES_TOLERATED"):
        tolerated_sites(setting, 10)


def _sites(fine: int, failed: int) -> list[SiteSummary]:
    return [SiteSummary(site=f"f{n}") for n in range(fine)] + [
        SiteSummary(site=f"x{n}", failed="all 1 fetches failed") for n in range(failed)
    ]


@pytest.mark.parametrize(
    ("fine", "failed", "tolerated", "also", "expected"),
    [
        (2, 0, 0, (), ExitCode.FINE),
        (2, 1, 0, (), ExitCode.SITE_FAILED),
        (2, 1, 1, (), ExitCode.FINE),
        (98, 2, "2%", (), ExitCode.FINE),
        (97, 3, "2%", (), ExitCode.SITE_FAILED),
        (1, 1, 0, (ExitCode.STOPPED,), ExitCode.STOPPED),
        (1, 1, 0, (ExitCode.ALREADY_RUNNING,), ExitCode.SITE_FAILED),
        (1, 0, 0, (ExitCode.TIME, ExitCode.DISK), ExitCode.DISK),
        (0, 0, 0, (), ExitCode.FINE),
    ],
)
def test_exit_code(
    fine: int, failed: int, tolerated: float | str, also: tuple[ExitCode, ...], expected: ExitCode
) -> None:
    assert exit_code(_sites(fine, failed), tolerated=tolerated, also=also) is expected


def test_missing_fields_of_an_article() -> None:
    assert missing_fields(Article(url=None, title="标题")) == tuple(f for f in FIELDS if f != "title")
    full = Article(
        url=None,
        title="标题",
        published_at="2026-11-25",
        published_precision="day",
        source="某报",
        body="正文",
        authors=("某人",),
        channel=("要闻",),
        related=(Related(group="相关阅读", title="另一篇", url=None),),
        tags=("教育",),
        images=(Image(url="https://news.example/1.jpg"),),
    )
    assert missing_fields(full) == ()
