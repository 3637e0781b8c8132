"""What changed from one version to the next, paragraph by paragraph."""

from dataclasses import replace
from pathlib import Path

import pytest
from store_world import article_id, draft, open_store, prose, visit

from newsspider.errors import ConfigurationError
from newsspider.items import Record
from newsspider.store.draft import Verdict, record_of
from newsspider.store.history import COMPARED, compare, pieces, versions_of
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


def test_versions_by_url_of_a_twin(tmp_path: Path) -> None:
    root = tmp_path / "exports"
    with pytest.raises(ConfigurationError, match="rebuild"):
        versions_of(root, "0" * 32)
    store = open_store(root, "r1")
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    store.add(visit("dahe", 2, "r1"), draft("dahe", 2, body=prose(1)))
    store.close()
    twin = article_id("http://news.dahe.example.cn/2026-11/25/2.html")
    assert [found.id for found in versions_of(root, twin)] == [draft("dahe", 1).id]
    assert versions_of(root, "f" * 32) == []
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
    assert [found.id for found in versions_of(root, draft("dahe", 1).id)] == [draft("dahe", 1).id]
    assert [(path, path.stat().st_mtime_ns) for path in sorted((root / ".state").iterdir())] == before
