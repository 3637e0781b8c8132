"""P4 and P5 of docs/promises.md at the level of the store; the others have files of their own."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from store_world import NOW, draft, lines, open_store, stored, visit

from newsspider.errors import StoreError
from newsspider.items import Outcome, Record
from newsspider.store.segment import Segment


def test_p4_a_line_has_all_fields_or_is_not_there(root: Path) -> None:
    store = open_store(root, "r1", "dahe", "hnr")
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    store.add(visit("hnr", 1, "r1"), draft("hnr", 1, body=draft("dahe", 1).article.body))
    store.add(visit("dahe", 2, "r1"), draft("dahe", 2, body="", title=""))
    store.close()
    names = {spec.name for spec in fields(Record)}
    for line in lines(root, "articles", "reprints"):
        assert line.keys() == names
    assert len(stored(root)) == 3


def test_p4_a_record_that_cannot_be_made_stops_the_whole_batch(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the article before it nor its visit is there without the other."""
    store = open_store(root, "r1")
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    store.add(visit("dahe", 2, "r1", seconds=float("nan")), draft("dahe", 2))
    with pytest.raises(ValueError, match="no JSON number"):
        store.commit()
    store.close()
    assert stored(root) == {}
    assert list(lines(root, "runs")) == []


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [(Outcome.FAILED, "timeout"), (Outcome.BLOCKED, "captcha"), (Outcome.GONE, "404")],
)
def test_p5_what_was_not_stored_is_due_again(root: Path, outcome: Outcome, reason: str) -> None:
    given: dict[str, Any] = {"outcome": outcome, "reason": reason, "status": None}
    for number in range(3):
        at = NOW + timedelta(days=number)
        store = open_store(root, f"r{number}")
        due = store.due("dahe", at, 10)
        assert [known.tries for known in due] == ([number] if number else [])
        store.add(visit("dahe", 1, f"r{number}", at=at.isoformat(), **given))
        store.close()


def test_p5_a_batch_that_was_not_stored_leaves_its_urls_as_they_were(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(root, "r1")
    listing: dict[str, Any] = {"outcome": Outcome.LISTING, "found": (visit("dahe", 1, "").url,)}
    store.add(visit("dahe", "list", "r1", **listing))
    store.commit()
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))

    def fail(self: Segment, data: bytes) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(Segment, "write", fail)
        with pytest.raises(StoreError):
            store.commit()
    store.close()
    store = open_store(root, "r2")
    (due,) = store.due("dahe", NOW, 10)
    assert (due.url, due.visits) == (visit("dahe", 1, "").url, 0)
    store.close()
