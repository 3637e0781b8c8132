import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.discover.due import GIVE_UP, LEAST_GAP, RETRY_INTERVALS, REVISIT_AGES, next_visit
from newsspider.items import GAVE_ARTICLE, Outcome

BORN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(0), 6 * HOUR),
        (4 * HOUR, DAY),  # 6 h would be too soon after this visit
        (DAY, 2 * DAY),
        (2 * DAY + HOUR, 3 * DAY),
        (3 * DAY, 10 * DAY),
        (9 * DAY, 10 * DAY),
        (10 * DAY, None),
        (400 * DAY, None),
    ],
)
def test_an_article_is_visited_ever_more_rarely_then_never(
    age: timedelta, expected: timedelta | None
) -> None:
    due = next_visit(Outcome.STORED, now=BORN + age, born=BORN)
    assert due == (None if expected is None else BORN + expected)


def test_a_correction_in_the_first_three_days_is_seen_within_a_day() -> None:
    now, visits = BORN, []
    while (due := next_visit(Outcome.UNCHANGED, now=now, born=BORN)) is not None:
        visits.append(due)
        now = due
    assert len(visits) == len(REVISIT_AGES)
    early = [BORN, *(visit for visit in visits if visit <= BORN + 3 * DAY)]
    assert max(later - sooner for sooner, later in itertools.pairwise(early)) <= DAY


def test_a_time_of_birth_in_the_future_is_not_believed() -> None:
    assert next_visit(Outcome.STORED, now=BORN, born=BORN + 300 * DAY) == BORN + 6 * HOUR


def test_a_first_failure_is_tried_again_in_the_next_run() -> None:
    assert next_visit(Outcome.FAILED, now=BORN, failures=1) == BORN


@pytest.mark.parametrize(
    "outcome", [Outcome.FAILED, Outcome.GONE, Outcome.NOT_NEWS, Outcome.REFUSED, Outcome.BLOCKED]
)
def test_intervals_grow_up_to_a_limit(outcome: Outcome) -> None:
    last = GIVE_UP.get(outcome, 40)
    waits = [next_visit(outcome, now=BORN, failures=n) for n in range(1, last)]
    assert waits == sorted(waits)
    assert max(waits) <= BORN + RETRY_INTERVALS[-1]
    if outcome in GIVE_UP:
        assert next_visit(outcome, now=BORN, failures=last) is None
    else:
        assert next_visit(outcome, now=BORN, failures=1000) == BORN + RETRY_INTERVALS[-1]


def test_a_listing_is_always_due() -> None:
    assert next_visit(Outcome.LISTING, now=BORN, born=BORN - 4000 * DAY) == BORN


@given(st.sampled_from(list(Outcome)), st.integers(-100, 5000), st.integers(0, 50))
def test_nothing_is_due_in_the_past_and_articles_not_at_once(
    outcome: Outcome, hours: int, failures: int
) -> None:
    due = next_visit(outcome, now=BORN, born=BORN - hours * HOUR, failures=failures)
    assert due is None or due >= BORN
    if due is not None and outcome in GAVE_ARTICLE:
        assert due >= BORN + LEAST_GAP
