"""`check_exports` and what it is made of: each kind of damage is named, with file, line and byte."""

import gzip
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_world import DAYS, article_id, draft, open_store, prose, visit, work

from newsspider.crawl.schedule import next_visit
from newsspider.items import WarcRef
from newsspider.store.rebuilding import rebuild
from newsspider.store.schema import generate, printed, shipped
from newsspider.store.verify import MOST_PER_FILE, Verification, check_exports
from newsspider.store.visits import Rules
from newsspider.store.whole_checks import WholeChecks

ARTICLES = "articles/2026-11/run-0.jsonl"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "exports"
    for day in range(DAYS):
        work(open_store(root, f"run-{day}", "dahe", "hnr"), day)
    return root


def check(root: Path, **given: Any) -> Verification:
    return check_exports(root, identify=article_id, **given)


def damage(found: Verification) -> list[str]:
    return [str(problem) for problem in found.problems if problem.damage]


def edit(path: Path, number: int, change: Callable[[dict[str, Any]], None]) -> int:
    """Change one line (counted from 1); return where it begins."""
    rows = path.read_bytes().splitlines(keepends=True)
    record = json.loads(rows[number - 1])
    change(record)
    rows[number - 1] = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    path.write_bytes(b"".join(rows))
    return sum(map(len, rows[: number - 1]))


def test_a_whole_folder_is_whole(root: Path) -> None:
    seen: list[int] = []
    found = check(root, progress=lambda _, count: seen.append(count))
    assert found.is_whole
    assert found.problems == []
    assert found.lines == {"articles": 8, "reprints": 3, "visits": 17, "events": 2}
    assert sum(seen) == sum(found.lines.values())
    assert found.bytes == sum(path.stat().st_size for path in root.rglob("*.jsonl"))


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("title", "别的标题", "digest is"),
        ("body", "改过的正文", "digest is"),
        ("published_at", "2026-11-26T08:00+08:00", "digest is"),
        ("url", "http://other.cn/1.html", "is not that of its url"),
        ("run", "another", "run 'another' in the segment of run-0"),
        ("version", 0, "version 0 cannot be"),
        ("version", "1", "Expected `int`"),
        ("body", None, "Expected `str`"),
        ("related", [{"title": "x"}], "missing required field"),
        ("digest", "g" * 32, "digest is"),
        ("story", "x", "32 hexadecimal digits"),
        ("published_precision", None, "go together"),
        ("similarity", 0.5, "go together"),
        ("version", 2**63, "cannot be"),
        ("version", 10**30, "cannot be"),
        ("site", "dahf", "to the ledger of dahe"),
    ],
)
def test_a_field_that_is_wrong(root: Path, field: str, value: object, reason: str) -> None:
    offset = edit(root / ARTICLES, 2, lambda record: record.update({field: value}))
    found = check(root)
    assert not found.is_whole
    told = [text for text in damage(found) if text.startswith(f"{ARTICLES}:2 (byte {offset}): ")]
    assert any(reason in text for text in told), damage(found)


@pytest.mark.parametrize(
    ("file", "field", "value", "reason"),
    [
        ("reprints/2026-11/run-0.jsonl", "similarity", 1.5, "is no share"),
        ("reprints/2026-11/run-0.jsonl", "story", "0" * 32, "of the story 0000"),
        ("reprints/2026-11/run-0.jsonl", "reprint_of", "x" * 32, "32 hexadecimal digits"),
        ("runs/run-0/visits.jsonl", "id", "A" * 32, "32 hexadecimal digits"),
        ("runs/run-0/visits.jsonl", "url", "http://other.cn/", "is not that of its url"),
        ("runs/run-0/visits.jsonl", "digest", "", "32 hexadecimal digits"),
        ("runs/run-0/visits.jsonl", "published_at", "gestern", "is no time"),
        ("runs/run-0/visits.jsonl", "version", 2**63, "cannot be"),
        ("runs/run-0/visits.jsonl", "run", "another", "run 'another' in the visits of run-0"),
        ("events/2026-11/run-1.jsonl", "id", "0" * 32, "an event of 0000"),
        ("events/2026-11/run-1.jsonl", "id", "x", "32 hexadecimal digits"),
        ("events/2026-11/run-1.jsonl", "run", "another", "run 'another' in the events of run-1"),
    ],
)
@pytest.mark.parametrize("ledger", [False, True])
def test_a_field_of_other_lines(
    root: Path, file: str, field: str, value: object, reason: str, *, ledger: bool
) -> None:
    """With the ledger and without; recovery reads such a folder, too, and ends."""
    edit(root / file, 1, lambda line: line.update({field: value}))
    if not ledger:
        (root / ".state/ledger.sqlite3").unlink()
    assert any(text.startswith(file) and reason in text for text in damage(check(root))), damage(check(root))
    open_store(root, "next").close()


@pytest.mark.parametrize(
    ("file", "field", "value"),
    [
        (ARTICLES, "version", 10**30),
        (ARTICLES, "version", -1),
        ("runs/run-0/visits.jsonl", "at", "0001-01-01T00:00:00+14:00"),
        ("runs/run-0/visits.jsonl", "at", "9999-12-31T23:59:59-14:00"),
        ("runs/run-0/visits.jsonl", "published_at", "gestern"),
        ("runs/run-0/visits.jsonl", "published_at", "0001-01-01T00:00:00+14:00"),
        ("runs/run-0/visits.jsonl", "version", 2**63),
        ("runs/run-0/visits.jsonl", "continues", "http://[::1"),
    ],
)
def test_no_value_keeps_the_ledger_from_being_made_anew(
    root: Path, file: str, field: str, value: object
) -> None:
    edit(root / file, 1, lambda line: line.update({field: value}))
    report = rebuild(root, rules=Rules(next_visit, article_id))
    assert report.adopted >= 29
    assert check(root).files == 10


def test_foreign_files_and_second_files_of_a_segment(root: Path) -> None:
    (root / "articles/2026-11/notes.txt").write_text("x")
    (root / "articles/2026-11/.DS_Store").write_text("x")
    shutil.copy(root / ARTICLES, root / "articles/run-0.jsonl")
    shutil.copy(root / ARTICLES, root / "articles/2026-11/run-0.jsonl.part")
    found = check(root)
    assert found.is_whole
    assert [problem.file for problem in found.problems] == [
        "articles/2026-11/run-0.jsonl.part",
        "articles/2026-11/notes.txt",
        "articles/run-0.jsonl",
    ]
    (root / "articles/2026-11/run-0.jsonl.part").write_bytes(b"{}\n")
    shutil.copy(root / ARTICLES, root / "articles/2026-11/new\nline.jsonl")
    (root / "articles/2026-11/run-1.jsonl.gz").write_bytes(
        gzip.compress((root / "articles/2026-11/run-1.jsonl").read_bytes())
    )
    assert damage(check(root)) == [
        "articles/2026-11/run-0.jsonl.part: says something else than run-0.jsonl",
        "articles/2026-11/run-1.jsonl.gz: the lines of run-1.jsonl once more",
        r"'articles/2026-11/new\nline.jsonl': no name of a segment, so nobody here reads it: loaders do",
    ]


def test_runs_that_begin_and_end_meanwhile_are_no_damage(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the ledger knew when the check began is checked, whatever its runs do from there on."""
    store = open_store(root, "live", "xinmi")
    store.add(visit("xinmi", 70, "live"), draft("xinmi", 70))
    store.commit()
    copy_ledger = WholeChecks.copy_ledger

    def another(name: str) -> None:
        other = open_store(root, name, "yuxi")
        number = 71 + len(name)
        other.add(visit("yuxi", number, name), draft("yuxi", number))
        other.add(visit("xinmi", number, name), draft("xinmi", number, body=prose(70)))
        other.close()

    def copy(self: WholeChecks) -> None:
        another("a")
        copy_ledger(self)
        another("bb")
        store.add(visit("xinmi", 170, "live"), draft("xinmi", 170))
        store.close()

    monkeypatch.setattr(WholeChecks, "copy_ledger", copy)
    found = check(root)
    assert found.problems == []
    assert found.lines["articles"] == 10, "what the ledger knew when it was copied"


def test_a_missing_field(root: Path) -> None:
    edit(root / ARTICLES, 1, lambda record: record.pop("site"))
    assert any("`site`" in text for text in damage(check(root)))


def test_unknown_fields_are_ignored(root: Path) -> None:
    """P15: a later schema adds fields; this reader does not mind."""
    edit(root / ARTICLES, 5, lambda record: record.update(mood="bright", schema=2))
    (root / ".state/ledger.sqlite3").unlink()
    assert check(root).is_whole


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (b"garbage\n", "malformed"),
        (b"\n", "empty"),
        (b"\0" * 50 + b"\n", "empty"),
        (b"\xff\n", "malformed"),
        (b"[]\n", "Expected `object`"),
    ],
)
@pytest.mark.parametrize("file", [ARTICLES, "runs/run-0/visits.jsonl", "events/2026-11/run-1.jsonl"])
def test_what_is_no_record(root: Path, file: str, mark: bytes, reason: str) -> None:
    path = root / file
    rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(rows[0] + mark + b"".join(rows[1:]))
    assert any(
        text.startswith(f"{file}:2 (byte {len(rows[0])}): ") and reason in text
        for text in damage(check(root))
    ), damage(check(root))


def test_a_last_line_that_was_cut(root: Path) -> None:
    path = root / ARTICLES
    path.write_bytes(path.read_bytes()[:-40])
    told = damage(check(root))
    assert any("no newline" in text for text in told)
    assert any("the ledger knows" in text for text in told)


def test_line_breaks_that_some_readers_see(root: Path) -> None:
    edit(root / ARTICLES, 1, lambda record: record.update(lang="zh\u2028"))
    assert any("raw line break" in text for text in damage(check(root)))


def test_the_same_segment_twice(root: Path) -> None:
    (root / "articles/2026-12").mkdir()
    shutil.copy(root / ARTICLES, root / "articles/2026-12/run-0.jsonl")
    assert sum("is also in articles/2026-11/run-0" in text for text in damage(check(root))) == 5


def test_a_ledger_that_lacks_whole_files_is_no_damage(root: Path) -> None:
    """What a rebuilding that was killed leaves, and a power cut."""
    with sqlite3.connect(root / ".state/ledger.sqlite3") as ledger:
        for table, column in (("version", "segment"), ("segment", "number")):
            ledger.execute(f"DELETE FROM {table} WHERE {column} > 2")
    ledger.close()
    found = check(root)
    assert found.is_whole, damage(found)
    assert {problem.reason for problem in found.problems} == {"not in the ledger: the next run reads it"}
    open_store(root, "next").close()
    assert check(root).problems == []


def test_a_segment_that_is_gone(root: Path) -> None:
    (root / ARTICLES).unlink()
    told = damage(check(root))
    assert "articles/2026-11/run-0: in the ledger, not on the disk" in told
    assert any("without the one before it" in text for text in told)
    assert any("which is not stored" in text for text in told)
    assert any("was visited as stored and is in no segment" in text for text in told)


def test_a_version_that_repeats_the_one_before(root: Path) -> None:
    first = (root / ARTICLES).read_bytes().splitlines(keepends=True)[3]
    record = json.loads(first)
    record |= {"version": 2, "change": "corrected", "run": "run-9"}
    (root / "articles/2026-11/run-9.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n")
    assert any("has the digest of the one before it" in text for text in damage(check(root)))


def test_an_original_among_the_reprints(root: Path) -> None:
    path = root / "reprints/2026-11/run-0.jsonl"
    path.write_bytes(path.read_bytes() + (root / ARTICLES).read_bytes().splitlines(keepends=True)[0])
    assert any("an original in reprints/" in text for text in damage(check(root)))


def test_a_ledger_that_lies(root: Path) -> None:
    store = open_store(root, "liar", "xinmi")
    ledger = store._usable().ledger
    ledger.begin()
    ledger.connection.execute("UPDATE version SET start = start + 1 WHERE number = 2 AND story IS NULL")
    ledger.commit()
    store.close()
    told = damage(check(root))
    assert any("should be at byte" in text for text in told)
    assert any("is not in the ledger" in text for text in told)


@pytest.mark.parametrize("what", ["garbage", "newer", "none", "empty"])
def test_a_ledger_that_cannot_be_read(root: Path, what: str) -> None:
    path = root / ".state/ledger.sqlite3"
    if what == "garbage":
        path.write_bytes(b"x" * 5000)
    elif what == "newer":
        store = open_store(root, "newer", "xinmi")
        store._usable().ledger.connection.execute("PRAGMA user_version=99")
        store.close()
    else:
        path.unlink()
        if what == "empty":
            path.touch()
    found = check(root)
    assert [problem.file for problem in found.problems] == [".state/ledger.sqlite3"]
    told = {"garbage": "the next run makes it anew", "newer": "`scrapy rebuild`"}
    assert told.get(what, "the next run makes it from the segments") in str(found.problems[0])
    assert found.is_whole == (what in {"none", "empty"})


def test_raw_pages(root: Path) -> None:
    asked: list[str | None] = []

    def page(ref: WarcRef, url: str | None) -> str | None:
        asked.append(url)
        return "there is no such file" if ref.offset == 3 else None

    told = damage(check(root, page=page))
    assert len(asked) == 11
    assert str(draft("dahe", 3).final_url) in asked
    assert [text for text in told if "run.warc.gz@3: there is no such file" in text] == told
    assert told


def test_a_compressed_segment_that_was_cut(tmp_path: Path) -> None:
    root = tmp_path / "exports"
    store = open_store(root, "r1", compress=True)
    for number in range(60):
        store.add(visit("dahe", number, "r1"), draft("dahe", number))
    store.close()
    assert check(root).is_whole
    (path,) = (root / "articles").glob("*/*.gz")
    data = path.read_bytes()
    assert gzip.decompress(data).count(b"\n") == 60
    path.write_bytes(data[: len(data) // 2])
    assert any("cannot be read any further" in text for text in damage(check(root)))
    # A file that lost whole blocks, the one that marks the end among them, is damaged too.
    path.write_bytes(data[:-28])
    assert any("cut" in text for text in damage(check(root)))


def test_a_living_run_and_a_dead_one_are_no_damage(root: Path, tmp_path: Path) -> None:
    store = open_store(root, "live", "xinmi")
    store.add(visit("xinmi", 70, "live"), draft("xinmi", 70))
    store.commit()
    part = root / "articles/2026-11/live.jsonl.part"
    with part.open("ab") as file:
        file.write(b'{"half a line')  # being written while the check runs
    found = check(root)
    assert found.problems == []
    assert found.lines["articles"] == 9
    shutil.copytree(root, tmp_path / "dead")
    remarks = check(tmp_path / "dead").problems
    assert {problem.file for problem in remarks} == {
        "articles/2026-11/live.jsonl.part",
        "runs/live/visits.jsonl.part",
    }
    assert not any(problem.damage for problem in remarks)
    store.close()


def test_many_problems_of_one_file_are_counted(root: Path) -> None:
    path = root / ARTICLES
    path.write_bytes(b"x\n" * (MOST_PER_FILE + 30))
    found = check(root)
    assert found.untold == 30
    assert not found.is_whole


def test_no_folder(tmp_path: Path) -> None:
    assert damage(check(tmp_path / "missing")) == [f"{tmp_path / 'missing'}: there is no such folder"]


# -- the schema ------------------------------------------------------------------------------------


def test_the_shipped_schema_is_the_one_of_the_dataclasses() -> None:
    assert shipped() == printed()


def test_every_field_is_always_present_and_of_one_type() -> None:
    """No field that is sometimes a string and sometimes a list."""
    definitions = generate()["$defs"]
    assert {"Record", "Visit", "Event", "Related", "Image"} <= definitions.keys()
    for name, definition in definitions.items():
        if "enum" in definition:
            continue
        assert definition["required"] == sorted(definition["properties"]), name
        for field, spec in definition["properties"].items():
            kinds = {
                item.get("type", "ref" if "$ref" in item else "enum") for item in spec.get("anyOf", [spec])
            }
            assert len(kinds - {"null"}) <= 1, f"{name}.{field} is one of {kinds}"
