"""Articles that disappear and come back: event lines, and the alarm instead of many of them."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from store_world import NOW, draft, lines, open_store, visit

from newsspider.items import Outcome
from newsspider.store.events import ALARM_COUNT, Alarm
from newsspider.store.store import Store

GONE = {"outcome": Outcome.GONE, "reason": "410", "status": 410}


def run(root: Path, name: str, there: range = range(0), gone: range = range(0), at: datetime = NOW) -> Store:
    store = open_store(root, name)
    for number in there:
        store.add(visit("dahe", number, name, at=at.isoformat()), draft("dahe", number))
    for number in gone:
        store.add(visit("dahe", number, name, at=at.isoformat(), **GONE))
    store.commit()
    store.close()
    return store


def events(root: Path) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = sorted(lines(root, "events"), key=lambda line: line["run"])
    return [(line["event"], line["run"]) for line in found]


def lose_ledger(root: Path) -> None:
    (root / ".state" / "ledger.sqlite3").unlink()


@pytest.mark.parametrize("forget", [False, True])
def test_gone_and_back(root: Path, *, forget: bool) -> None:
    for name, there, gone in (
        ("r1", range(3), range(0)),
        ("r2", range(2), range(2, 3)),
        ("r3", range(2), range(2, 3)),  # still gone: told once
        ("r4", range(3), range(0)),
        ("r5", range(3), range(0)),  # still there: told once
        ("r6", range(2), range(2, 3)),  # gone again
    ):
        run(root, name, there, gone)
        if forget:
            lose_ledger(root)
    assert events(root) == [("gone", "r2"), ("back", "r4"), ("gone", "r6")]
    line = next(lines(root, "events"))
    assert line["id"] == draft("dahe", 2).id
    assert (line["version"], line["reason"], line["status"]) == (1, "410", 410)


def test_what_was_never_stored_cannot_disappear(root: Path) -> None:
    run(root, "r1", gone=range(3))
    assert events(root) == []


@pytest.mark.parametrize("forget", [False, True])
def test_many_at_once_are_an_alarm(root: Path, *, forget: bool) -> None:
    run(root, "r1", range(20))
    if forget:
        lose_ledger(root)
    store = run(root, "r2", range(ALARM_COUNT, 20), range(ALARM_COUNT))
    assert store.alarms == (Alarm(site="dahe", gone=ALARM_COUNT, revisited=20),)
    assert events(root) == []
    if forget:
        lose_ledger(root)
    # They were never told to be gone, so their return is none either.
    assert run(root, "r3", range(20)).alarms == ()
    assert events(root) == []


@pytest.mark.parametrize("forget", [False, True])
def test_many_within_a_day_are_an_alarm_though_each_run_sees_few(root: Path, *, forget: bool) -> None:
    """A run every hour looks at four articles of a small site that broke; it stays so for days."""
    run(root, "first", range(40))
    told = []
    for hour in range(40):
        first = hour % 10 * 4
        at = NOW + timedelta(hours=12 + hour)
        told.append(run(root, f"r{hour:02}", gone=range(first, first + 4), at=at).alarms)
        if forget:
            lose_ledger(root)
    # The first two hours have told of theirs; of these there is nothing new to say.
    assert [bool(alarms) for alarms in told] == ([False] * 2 + [True] * 8) * 4
    assert told[9] == (Alarm(site="dahe", gone=40, revisited=40),)
    assert len(events(root)) == 8, "what the first hours could not know"
    # The site is mended.
    assert run(root, "r99", range(40), at=NOW + timedelta(hours=60)).alarms == ()
    assert Counter(kind for kind, _ in events(root)) == {"gone": 8, "back": 8}


def test_old_deletions_that_are_looked_at_again_are_no_alarm(root: Path) -> None:
    run(root, "first", range(60))
    for day in range(1, 7):  # three a day, each seen gone on the days after, too
        later = run(root, f"r{day}", range(30, 60), range(3 * day), at=NOW + timedelta(days=day))
        assert later.alarms == ()
    assert len(events(root)) == 18


def test_few_among_many_are_events(root: Path) -> None:
    run(root, "r1", range(60))
    store = run(root, "r2", range(ALARM_COUNT, 60), range(ALARM_COUNT))
    assert store.alarms == ()
    assert events(root) == [("gone", "r2")] * ALARM_COUNT


def test_after_an_alarm_each_is_told_when_it_is_seen_gone_again(root: Path) -> None:
    run(root, "r1", range(20))
    run(root, "r2", gone=range(20))
    assert run(root, "r3", range(18), range(18, 20)).alarms == ()
    assert events(root) == [("gone", "r3")] * 2


def test_gone_and_back_in_one_run_is_nothing(root: Path) -> None:
    run(root, "r1", range(1))
    store = open_store(root, "r2")
    store.add(visit("dahe", 0, "r2", **GONE))
    store.commit()
    store.add(visit("dahe", 0, "r2"), draft("dahe", 0))
    store.close()
    assert events(root) == []


@pytest.mark.parametrize("forget", [False, True])
def test_a_twin_says_nothing_of_the_article(root: Path, *, forget: bool) -> None:
    """The same text at a second URL: whether that one is there or gone is no news of the first."""
    twin = draft("dahe", 50, body=draft("dahe", 1).article.body)
    for name, first_gone, twin_gone in (
        ("r1", False, False),
        ("r2", False, True),
        ("r3", True, False),
        ("r4", True, False),
    ):
        store = open_store(root, name)
        for number, gone, item in ((1, first_gone, draft("dahe", 1)), (50, twin_gone, twin)):
            if gone:
                store.add(visit("dahe", number, name, **GONE))
            else:
                store.add(visit("dahe", number, name), item)
        store.close()
        if forget:
            lose_ledger(root)
    assert events(root) == [("gone", "r3")]


def test_an_article_behind_a_redirect_disappears_with_the_url_that_led_to_it(root: Path) -> None:
    store = open_store(root, "r1")
    store.add(visit("dahe", "short", "r1"), draft("dahe", 1))
    store.close()
    store = open_store(root, "r2")
    store.add(visit("dahe", "short", "r2", **GONE))
    store.close()
    assert events(root) == [("gone", "r2")]
    assert next(lines(root, "events"))["id"] == draft("dahe", 1).id
