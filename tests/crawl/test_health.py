"""Health: alarms where a person would raise one, and none where nothing changed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsspider.crawl.reports.health import Alarm, PastRun, Rhythm, alarms_of, at_most, rhythm_after
from newsspider.crawl.summary import ReasonCount, SiteSummary
from newsspider.items import Outcome

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
EXAMPLE = ("https://news.example/1.html",)


def site(*, failed: str | None = None, new: int = 3, **numbers: Any) -> SiteSummary:
    """A site of 40 pages of which 30 were read field by field; other numbers as given."""
    outcomes = numbers.pop("outcomes", {})
    facts: dict[str, Any] = {
        "site": "dahe",
        "visits": 40,
        "outcomes": {Outcome.LISTING: 10, **outcomes},
        "ways_tried": 10,
        "ways_read": 10,
        "articles_fetched": 30,
        "articles_given": 30,
        "fields_read": 30,
        "seconds": 20.0,
        "new": new,
        "failed": failed,
        "missing_examples": dict.fromkeys(numbers.get("missing", {}), EXAMPLE),
        "examples": dict.fromkeys((Outcome.LISTING, *outcomes), EXAMPLE),
        "slowest": EXAMPLE,
    }
    return SiteSummary(**{**facts, **numbers})


def past(*sites: SiteSummary) -> list[PastRun]:
    return [
        PastRun(ended=NOW - timedelta(days=len(sites) - number), site=one) for number, one in enumerate(sites)
    ]


def raised(
    now: SiteSummary, before: list[PastRun] | None = None, rhythm: Rhythm | None = None
) -> list[Alarm]:
    return list(alarms_of(now, before or [], rhythm or Rhythm(), NOW))


NORMAL = [site(missing={"source": 3, "tags": 28}) for _ in range(7)]

CASES: list[tuple[str, SiteSummary, list[SiteSummary], list[str]]] = [
    ("as before", NORMAL[0], NORMAL, []),
    ("first run", NORMAL[0], [], []),
    ("source lost", site(missing={"source": 30}), NORMAL, ["coverage"]),
    ("source down by 20 %", site(missing={"source": 9}), NORMAL, []),
    ("source down by 40 %", site(missing={"source": 14}), NORMAL, ["coverage"]),
    ("a rare field wavers", site(missing={"tags": 30}), NORMAL, []),
    ("too few pages to tell", site(fields_read=4, missing={"source": 4}), NORMAL, []),
    ("half of 6 lack it", site(fields_read=6, missing={"source": 3}), NORMAL, []),
    ("all of 6 lack it", site(fields_read=6, missing={"source": 6}), NORMAL, ["coverage"]),
    ("blocked", site(outcomes={Outcome.BLOCKED: 8}), NORMAL, ["blocked"]),
    ("one block", site(outcomes={Outcome.BLOCKED: 1}), NORMAL, []),
    ("blocked on the first run", site(outcomes={Outcome.BLOCKED: 8}), [], ["blocked"]),
    (
        "blocked as ever",
        site(outcomes={Outcome.BLOCKED: 8}),
        [site(outcomes={Outcome.BLOCKED: 8})] * 7,
        [],
    ),
    ("many gone", site(outcomes={Outcome.GONE: 12}), NORMAL, ["gone"]),
    ("some gone", site(outcomes={Outcome.GONE: 6}), NORMAL, []),
    ("many errors", site(outcomes={Outcome.FAILED: 12}), NORMAL, ["errors"]),
    (
        "repeats",
        site(outcomes={Outcome.SAME_TEXT: 10, Outcome.REPRINT: 10}),
        NORMAL,
        ["duplicates"],
    ),
    ("repeats on the first run", site(outcomes={Outcome.SAME_TEXT: 20}), [], []),
    ("slow", site(seconds=120.0), NORMAL, ["slow"]),
    ("slower, still quick", site(seconds=70.0), NORMAL, []),
    (
        "never an article",
        site(new=0, articles_fetched=0, articles_given=0, fields_read=0, visits=10),
        [],
        ["empty"],
    ),
    (
        "nothing new is normal",
        site(new=0, articles_fetched=0, fields_read=0, visits=10),
        NORMAL,
        [],
    ),
    ("failed", site(failed="all 3 fetches failed: dns"), NORMAL, ["failed"]),
]


@pytest.mark.parametrize(
    ("now", "before", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_alarms(now: SiteSummary, before: list[SiteSummary], expected: list[str]) -> None:
    alarms = raised(now, past(*before))
    assert [alarm.kind for alarm in alarms] == expected
    for alarm in alarms:
        assert alarm.site == "dahe"
        assert alarm.reason
        assert set(alarm.examples) == set(EXAMPLE) or alarm.kind == "failed"


def test_a_coverage_alarm_says_what_changed() -> None:
    (alarm,) = raised(site(missing={"source": 30}), past(*NORMAL))
    assert alarm.reason == "source was found on 90 % of the pages, now on 0 % (0 of 30)"


def test_only_the_last_seven_runs_count() -> None:
    old = [site(missing={"source": 30})] * 20
    assert [a.kind for a in raised(site(missing={"source": 30}), past(*old, *NORMAL))] == ["coverage"]


def test_a_failed_site_shows_the_listings_that_failed() -> None:
    reason = ReasonCount(outcome=Outcome.GONE, reason="http 404", count=1, examples=EXAMPLE)
    (alarm,) = raised(site(failed="1 of 3 listings", ways_reasons=(reason,)))
    assert alarm.examples == EXAMPLE
    assert alarm.rank == 0


def daily(hours: list[int], *, new: int = 3) -> Rhythm:
    """The rhythm after runs that found something, `hours` apart, the last one at NOW."""
    moments = [NOW - timedelta(hours=sum(hours[index:])) for index in range(len(hours) + 1)]
    rhythm = Rhythm()
    for moment in moments:
        rhythm = rhythm_after(rhythm, site(new=new), moment)
    return rhythm


QUIET = site(new=0)


@pytest.mark.parametrize(
    ("gaps", "silent_hours", "alarm"),
    [
        ([24] * 7, 24, False),
        ([24] * 7, 35, False),
        ([24] * 7, 37, True),
        ([24, 24, 72, 24, 24], 100, False),
        ([24, 24, 72, 24, 24], 110, True),
        ([1, 1, 12, 1, 1, 12, 1, 1, 12, 1, 1], 17, False),
        ([1, 1, 12, 1, 1, 12, 1, 1, 12, 1, 1], 19, True),
        ([24], 500, False),
    ],
)
def test_silence_is_measured_by_the_sites_own_rhythm(gaps: list[int], silent_hours: int, alarm: bool) -> None:
    rhythm = daily(gaps)
    ended = NOW + timedelta(hours=silent_hours)
    kinds = [found.kind for found in alarms_of(QUIET, past(*NORMAL), rhythm, ended)]
    assert kinds == (["silent"] if alarm else [])


def test_a_silence_says_how_long() -> None:
    (alarm,) = alarms_of(QUIET, past(*NORMAL), daily([24] * 7), NOW + timedelta(hours=72))
    assert alarm.reason == (
        "nothing new for 3 days; in the last two weeks it was never silent for more than 24 hours"
    )


def test_runs_without_news_leave_the_rhythm_alone() -> None:
    rhythm = daily([24] * 7)
    assert rhythm_after(rhythm, QUIET, NOW + timedelta(hours=5)) == rhythm


def test_an_outage_does_not_become_normal_at_once() -> None:
    after = rhythm_after(daily([24] * 7), site(), NOW + timedelta(days=10))
    assert after.longest == 36


def test_old_silences_are_forgotten() -> None:
    rhythm = daily([200, *[24] * 20])
    assert rhythm.longest == 24
    assert len(rhythm.silences) <= 16


def test_reprints_break_a_silence() -> None:
    reprints = site(new=0, new_reprints=1)
    assert rhythm_after(Rhythm(), reprints, NOW).last_new == NOW


@pytest.mark.parametrize(
    ("count", "of", "share", "expected"),
    [
        (0, 5, 0.5, 1 / 32),
        (5, 5, 0.5, 1),
        (2, 5, 0.5, 0.5),
        (3, 10, 0, 1),
        (3, 10, 1, 0),
        (450, 1001, 0.5, 0.00076),
    ],
)
def test_at_most(count: int, of: int, share: float, expected: float) -> None:
    assert at_most(count, of, share) == pytest.approx(expected, rel=0.05)
