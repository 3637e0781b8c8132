"""What changed from one version to the next, paragraph by paragraph."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from store_world import article_id, draft, open_store, prose, visit

from newsspider.errors import ConfigurationError
from newsspider.items import Record
from newsspider.store.draft import Verdict, record_of
from newsspider.store.history import COMPARED, History, are_alike, compare, pieces, versions_of
from newsspider.store.ledger import uri_for_reading


def record(body: str, **given: object) -> Record:
    verdict = Verdict(
        run="r",
        digest="0" * 32,
        version=1,
        change="first",
        story=draft("dahe", 1).id,
        reprint_of=None,
        similarity=None,
    )
    return replace(record_of(draft("dahe", 1, body=body), verdict), **given)


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("甲\n\n乙", "甲\n\n乙", ["same 甲", "same 乙"]),
        ("甲", "甲\n\n新的一段", ["same 甲", "added 新的一段"]),
        ("甲\n\n旧的一段", "甲", ["same 甲", "removed 旧的一段"]),
        (
            "会议在郑州召开，共有三百人参加。\n\n第二段",
            "会议在郑州召开，共有五百人参加。\n\n第二段",
            ["changed 会议在郑州召开，共有五百人参加。", "same 第二段"],
        ),
        ("完全不同的话", "这里换成了别样内容", ["added 这里换成了别样内容", "removed 完全不同的话"]),
        (
            "开头\n\n第一段说了一些事情。\n\n第二段说了另一些事情。",
            "开头\n\n第二段说了另一些事。",
            ["same 开头", "changed 第二段说了另一些事。", "removed 第二段说了另一些事情。"],
        ),
        ("", "", []),
    ],
)
def test_paragraphs(before: str, after: str, edits: list[str]) -> None:
    found = compare(record(before), record(after)).paragraphs
    assert [f"{change.edit} {change.after or change.before}" for change in found] == edits


def test_fields() -> None:
    found = compare(record("甲", title="旧"), record("甲", title="新", source=None))
    assert found.fields == (("title", "旧", "新"), ("source", "大河网", None))


def test_pieces_of_a_paragraph() -> None:
    found = [
        f"{piece.edit} {piece.before or piece.after}" for piece in pieces("共三百人参加", "共五百人到场参加")
    ]
    assert found == ["same 共", "removed 三", "added 五", "same 百人", "added 到场", "same 参加"]
    long = "长" * (COMPARED + 1)
    assert [piece.edit for piece in pieces(long, "短")] == ["removed", "added"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("共三百人参加", "共五百人参加", True),
        ("短", "长" * 3 + "短", False),
        ("一二三四", "五六七八", False),
        ("", "", True),
        ("", "一", False),
        ("同一段" * 2_000, "同一段" * 1_999, True),
    ],
)
def test_alike(one: str, other: str, *, alike: bool) -> None:
    assert are_alike(one, other) == are_alike(other, one) == alike


def test_a_body_that_was_written_anew_is_compared_in_time() -> None:
    """Every paragraph against every other took 40 s."""
    old, new = (
        "\n\n".join(prose(number, 1) + "甲乙丙丁"[number % 4] * 40 for number in range(start, start + 1_000))
        for start in (0, 5_000)
    )
    began = time.process_time()
    found = compare(record(old), record(new)).paragraphs
    assert time.process_time() - began < 20
    assert {change.edit for change in found} <= {"removed", "added", "changed"}
    assert "\n\n".join(change.after for change in found if change.after) == new
    assert "\n\n".join(change.before for change in found if change.before) == old


@pytest.mark.parametrize("damage", ["garbage", "another line", "file gone", "a folder"])
def test_a_version_that_cannot_be_read_is_told(tmp_path: Path, damage: str) -> None:
    root = tmp_path / "exports"
    for run, body in (("r1", prose(1)), ("r2", prose(2)), ("r3", prose(1))):
        store = open_store(root, run)
        store.add(visit("dahe", 1, run), draft("dahe", 1, body=body))
        store.close()
    (path,) = root.glob("articles/*/r2.jsonl")
    if damage == "garbage":
        path.write_bytes(b"x" * path.stat().st_size)
    elif damage == "another line":
        path.write_bytes((path.parent / "r1.jsonl").read_bytes())
    else:
        path.unlink()
    if damage == "a folder":
        path.mkdir()
    found = versions_of(root, draft("dahe", 1).id)
    assert [record.version for record in found.records] == [1, 3]
    assert [(version.number, version.segment) for version in found.unreadable] == [(2, "articles/2026-11/r2")]


def test_a_damaged_ledger_is_told_when_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large one is not checked whole when it is opened."""
    root = tmp_path / "exports"
    store = open_store(root, "r1")
    for number in range(200):
        store.add(visit("dahe", number, "r1"), draft("dahe", number))
    store.close()
    path = root / ".state/ledger.sqlite3"
    data = path.read_bytes()
    path.write_bytes(data[:40_960] + b"\xa5" * (len(data) - 40_960))
    monkeypatch.setattr("newsspider.store.ledger._CHECKED", 0)
    told = []
    for number in range(200):
        try:
            versions_of(root, draft("dahe", number).id)
        except ConfigurationError as error:
            told.append(str(error))
    assert told
    assert all("`scrapy rebuild` makes it anew" in text for text in told)


def test_versions_by_url_of_a_twin(tmp_path: Path) -> None:
    root = tmp_path / "exports"
    with pytest.raises(ConfigurationError, match="rebuild"):
        versions_of(root, "0" * 32)
    store = open_store(root, "r1")
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    store.add(visit("dahe", 2, "r1"), draft("dahe", 2, body=prose(1)))
    store.close()
    twin = article_id("http://news.dahe.example.cn/2026-11/25/2.html")
    assert [found.id for found in versions_of(root, twin).records] == [draft("dahe", 1).id]
    assert versions_of(root, "f" * 32) == History((), ())
    (root / ".state/ledger.sqlite3").write_bytes(b"x" * 4096)
    with pytest.raises(ConfigurationError, match="rebuild"):
        versions_of(root, twin)


def test_a_folder_that_may_not_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "exports"
    store = open_store(root, "r1")
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    store.close()
    ledger = root / ".state/ledger.sqlite3"
    assert "immutable" not in uri_for_reading(ledger)
    monkeypatch.setattr("newsspider.store.ledger.os.access", lambda *_: False)
    assert uri_for_reading(ledger).endswith("?mode=ro&immutable=1")
    before = [(path, path.stat().st_mtime_ns) for path in sorted((root / ".state").iterdir())]
    assert [found.id for found in versions_of(root, draft("dahe", 1).id).records] == [draft("dahe", 1).id]
    assert [(path, path.stat().st_mtime_ns) for path in sorted((root / ".state").iterdir())] == before
