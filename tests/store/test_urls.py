"""What the store knows of URLs: the sum of the visits, whether counted live or made anew from files."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from store_world import NOW, article_id, draft, open_store, visit

from newsspider.items import Outcome, Visit
from newsspider.store.draft import Draft, Known
from newsspider.store.store import Store

FAILED: dict[str, Any] = {"outcome": Outcome.FAILED, "reason": "timeout", "status": None}


def run(root: Path, name: str, *entries: tuple[Visit, Draft | None]) -> None:
    store = open_store(root, name)
    for seen, given in entries:
        store.add(seen, given)
    store.close()


@pytest.fixture(params=["kept", "lost"])
def reopened(request: pytest.FixtureRequest, root: Path) -> Any:
    """Open the store again, with its ledger or without: it must know the same."""

    def reopen() -> Store:
        if request.param == "lost":
            (root / ".state" / "ledger.sqlite3").unlink()
        store = open_store(root, "reader", "other")
        request.addfinalizer(store.close)
        assert store.recovery.rebuilt == (request.param == "lost")
        return store

    return reopen


def test_a_stored_article_is_known(root: Path, reopened: Any) -> None:
    item = draft("dahe", 1)
    seen = visit("dahe", 1, "r1", etag='"a"', last_modified="Wed, 25 Nov 2026 00:00:00 GMT")
    run(root, "r1", (seen, item))
    store = reopened()
    assert store.known(seen.id) == Known(
        id=seen.id,
        site="dahe",
        url=seen.url,
        via="listing",
        first_seen=NOW,
        last_visit=NOW,
        next_visit=NOW + timedelta(days=1),
        visits=1,
        last_outcome=Outcome.STORED,
        etag='"a"',
        last_modified="Wed, 25 Nov 2026 00:00:00 GMT",
        article=item.id,
        version=1,
        digest=store.known(seen.id).digest,
        published_at="2026-11-25T08:00+08:00",
    )
    assert store.known(article_id("http://other.cn/")) is None


def test_failures_count_and_come_back_ever_later(root: Path, reopened: Any) -> None:
    for number in range(3):
        at = NOW + timedelta(hours=number)
        run(root, f"r{number}", (visit("dahe", 1, f"r{number}", at=at.isoformat(), **FAILED), None))
    store = reopened()
    known = store.known(visit("dahe", 1, "").id)
    assert (known.tries, known.visits, known.article) == (3, 3, None)
    assert known.next_visit == NOW + timedelta(hours=2 + 4)
    assert store.due("dahe", NOW + timedelta(hours=5), 10) == []
    assert store.due("dahe", NOW + timedelta(hours=6), 10) == [known]
    assert store.due("other", NOW + timedelta(hours=6), 10) == []


def test_a_good_visit_ends_the_failures(root: Path, reopened: Any) -> None:
    run(root, "r1", (visit("dahe", 1, "r1", **FAILED), None))
    run(root, "r2", (visit("dahe", 1, "r2"), draft("dahe", 1)))
    run(root, "r3", (visit("dahe", 1, "r3"), draft("dahe", 1)))
    known = reopened().known(visit("dahe", 1, "").id)
    assert (known.tries, known.visits, known.unchanged) == (0, 3, 1)
    assert known.last_outcome is Outcome.UNCHANGED


def test_validators_of_a_page_that_gave_nothing_are_not_kept(root: Path, reopened: Any) -> None:
    run(root, "r1", (visit("dahe", 1, "r1", etag='"block page"', **FAILED), None))
    run(root, "r2", (visit("dahe", 2, "r2", etag='"good"'), draft("dahe", 2)))
    run(root, "r3", (visit("dahe", 2, "r3", etag='"block page"', **FAILED), None))
    run(root, "r4", (visit("dahe", 2, "r4", outcome=Outcome.UNCHANGED, status=304), None))
    store = reopened()
    assert store.known(visit("dahe", 1, "").id).etag is None
    known = store.known(visit("dahe", 2, "").id)
    assert (known.etag, known.article, known.version) == ('"good"', draft("dahe", 2).id, 1)


def test_what_a_listing_found_is_due_until_it_is_visited(root: Path, reopened: Any) -> None:
    found = tuple(f"http://news.dahe.example.cn/2026-11/25/{number}.html" for number in range(3))
    listing = visit(
        "dahe",
        "list",
        "r1",
        outcome=Outcome.LISTING,
        found=found,
        continues="http://news.dahe.example.cn/list_2.html",
    )
    run(root, "r1", (listing, None), (visit("dahe", 0, "r1"), draft("dahe", 0)))
    store = reopened()
    due = store.due("dahe", NOW + timedelta(days=2), 10)
    never = [known for known in due if not known.visits]
    assert {known.url for known in never} == {*found[1:], "http://news.dahe.example.cn/list_2.html"}
    assert due[: len(never)] == never, "those never visited come first"
    assert [known.via for known in never if "list_2" in known.url] == ["paging"]
    assert [known.last_outcome for known in never] == [None] * 3


def test_a_page_of_a_list_is_due_again_only_when_a_list_leads_to_it(root: Path, reopened: Any) -> None:
    page = "http://news.dahe.example.cn/2026-11/25/list_2.html"
    first: dict[str, Any] = {"outcome": Outcome.LISTING, "continues": page}
    second: dict[str, Any] = {"outcome": Outcome.LISTING, "via": "paging"}
    run(
        root,
        "r1",
        (visit("dahe", "list", "r1", **first), None),
        (visit("dahe", "list_2", "r1", **second), None),
    )
    run(root, "r2", (visit("dahe", "list", "r2", **first), None))
    known = reopened().known(article_id(page))
    assert (known.via, known.visits, known.next_visit) == ("paging", 1, NOW)


def test_what_was_refused_before_it_was_known_is_not_kept(root: Path, reopened: Any) -> None:
    refused: dict[str, Any] = {"outcome": Outcome.REFUSED, "reason": "trap", "status": None}
    run(
        root,
        "r1",
        (visit("dahe", 1, "r1", **refused), None),
        (visit("dahe", 2, "r1", **FAILED), None),
        (visit("dahe", 2, "r1", **refused), None),
    )
    store = reopened()
    assert store.known(visit("dahe", 1, "").id) is None
    # It gave nothing, like the failure before: else it would be due every day for ever.
    assert store.known(visit("dahe", 2, "").id).tries == 2


def test_a_url_that_no_encoding_holds_does_not_break_the_store(root: Path) -> None:
    store = open_store(root, "r1")
    bad = "http://news.dahe.example.cn/\ud800/1.html"
    store.add(visit("dahe", "list", "r1", outcome=Outcome.LISTING, found=(bad,), continues=bad + "?page=2"))
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    assert [seen.outcome for seen in store.commit()] == [Outcome.LISTING, Outcome.STORED]
    store.close()


@pytest.mark.parametrize("at", ["1970-01-01T00:00:00+00:00", "2099-01-01T00:00:00Z", "not a time", ""])
def test_a_clock_that_jumps_changes_no_id_and_stops_nothing(root: Path, reopened: Any, at: str) -> None:
    """Clock jumps: names come from the run, order from the files."""
    run(root, "r1", (visit("dahe", 1, "r1"), draft("dahe", 1)))
    store = open_store(root, "r2", now=lambda: NOW.replace(year=1970))
    store.add(visit("dahe", 1, "r2", at=at), draft("dahe", 1, body="改过的一段文字，说的是别的事情。" * 9))
    store.add(visit("dahe", 2, "r2", at=at), draft("dahe", 2))
    store.close()
    assert (root / "articles" / "1970-11" / "r2.jsonl").exists()
    store = reopened()
    assert store.known(visit("dahe", 1, "").id).version == 2
    assert store.known(visit("dahe", 2, "").id).version == 1


def test_a_page_of_a_list_stays_one_when_it_is_visited_because_it_was_due(root: Path, reopened: Any) -> None:
    page: dict[str, Any] = {"outcome": Outcome.LISTING, "via": "paging"}
    run(root, "r1", (visit("dahe", "list_2", "r1", **page), None))
    run(root, "r2", (visit("dahe", "list_2", "r2", via="due", **FAILED), None))
    known = reopened().known(visit("dahe", "list_2", "").id)
    assert (known.via, known.visits, known.tries) == ("paging", 2, 1)
