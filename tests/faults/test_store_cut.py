"""Power loss: files cut at every byte, blocks of zeros, bytes that never arrived. P1, P3."""

import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from store_world import NOW, article_id, draft, lines, memory_folder, open_store, prose, stored, visit

from newsspider.items import Outcome
from newsspider.store.store import Store
from newsspider.store.verify import check_exports


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    with memory_folder(tmp_path) as folder:
        yield folder


def do(root: Path, run: str) -> Store:
    """Two batches of a run that is not closed."""
    store = open_store(root, run, "dahe", "hnr")
    for numbers in ((1, 2), (3,)):
        for number in numbers:
            store.add(visit("dahe", number, run), draft("dahe", number))
            store.add(
                visit("hnr", number, run), draft("hnr", number, body=draft("dahe", number).article.body)
            )
        store.commit()
    return store


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """What a run left that was cut off: its files as they were, its locks held by nobody."""
    root = tmp_path / "exports"
    store = open_store(root, "r0", "dahe")
    store.add(visit("dahe", 0, "r0"), draft("dahe", 0))
    store.close()
    store = open_store(root, "r0b", "dahe")  # one more, so that an event is in the crashed run
    store.add(visit("dahe", 0, "r0b", outcome=Outcome.GONE, reason="410", status=410))
    store.close()
    store = do(root, "r1")
    store.add(visit("dahe", 0, "r1"), draft("dahe", 0))
    store.commit()
    copy = tmp_path / "crashed"
    shutil.copytree(root, copy)
    store.close()
    return copy


def check_after(root: Path, whole: dict[tuple[str, int], str]) -> Store:
    store = do(root, "r2")
    store.close()
    assert stored(root).items() == whole.items()
    found = check_exports(root, identify=article_id)
    assert found.is_whole, [str(problem) for problem in found.problems]
    return store


PARTS = ("articles/2026-11/r1", "reprints/2026-11/r1", "events/2026-11/r1", "runs/r1/visits")


@pytest.mark.parametrize("ledger", ["kept", "lost"])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "step", [pytest.param(1, marks=pytest.mark.slow, id="every byte"), pytest.param(37, id="every 37th")]
)
def test_cut_at_every_byte(tmp_path: Path, crashed: Path, part: str, ledger: str, step: int) -> None:
    whole = stored(crashed)
    data = (crashed / f"{part}.jsonl.part").read_bytes()
    last = data[:-1].rfind(b"\n") + 1
    places = {*range(0, len(data), step), *range(last, last + 3), len(data) - 1}
    for size in sorted(places):
        root = tmp_path / f"cut-{size}"
        shutil.copytree(crashed, root)
        with (root / f"{part}.jsonl.part").open("r+b") as file:
            file.truncate(size)
        if ledger == "lost":
            for path in (root / ".state").glob("ledger*"):
                path.unlink()
        kept = data[:size].rfind(b"\n") + 1
        store = check_after(root, whole)
        torn = {name: count for name, count in store.recovery.torn.items() if count}
        assert sum(torn.values()) == size - kept
        assert bool(store.recovery.shorter) == (ledger == "kept")
        assert len(store.recovery.warnings) >= bool(torn) + bool(store.recovery.shorter)
        aside = [path.read_bytes() for path in root.glob("*/*/*.torn")]
        assert aside == ([data[kept:size]] if kept < size else []), "never silently deleted"
        shutil.rmtree(root)


def test_lost_lines_make_their_urls_unknown(tmp_path: Path, crashed: Path) -> None:
    """P5: an article that the disk lost is fetched again, though its visit says stored."""
    (crashed / "articles/2026-11/r1.jsonl.part").write_bytes(b"")
    store = open_store(crashed, "r2", "dahe")
    assert store.known(draft("dahe", 1).id) is None
    assert store.known(draft("dahe", 0).id) is not None
    store.close()


def test_zeros_at_the_end_are_set_aside(tmp_path: Path, crashed: Path) -> None:
    whole = stored(crashed)
    part = crashed / "articles/2026-11/r1.jsonl.part"
    part.write_bytes(part.read_bytes() + b"\0" * 4096)
    store = check_after(crashed, whole)
    assert store.recovery.lost_bytes == 4096
    assert [path.read_bytes() for path in crashed.glob("*/*/*.torn")] == [b"\0" * 4096]


@pytest.mark.parametrize("ledger", ["kept", "lost"])
@pytest.mark.parametrize("kind", ["articles", "runs"])
def test_whole_lines_behind_a_hole_are_kept(crashed: Path, kind: str, ledger: str) -> None:
    """A power cut may write a later block and not an earlier one."""
    whole = stored(crashed)
    part = next(path for path in crashed.glob(f"{kind}/*/*.part"))
    rows = part.read_bytes().splitlines(keepends=True)
    hole = b"\0" * 100 + b"\n"
    if ledger == "kept":
        # Behind what the ledger had committed: lines of a batch that was being written.
        extra = rows[-1].replace(b'"r1"', b'"r1"')
        part.write_bytes(b"".join(rows) + hole + extra if kind == "runs" else b"".join(rows) + hole)
    else:
        part.write_bytes(rows[0] + hole + b"".join(rows[1:]))
        for path in (crashed / ".state").glob("ledger*"):
            path.unlink()
    store = check_after(crashed, whole)
    assert store.recovery.lost_bytes == len(hole)
    assert [path.read_bytes() for path in crashed.glob("*/*/*.torn")] == [hole]


def test_a_ledger_from_before_learns_what_it_lacks(tmp_path: Path) -> None:
    """A copy of the ledger kept by a job, or a commit that a power cut took back, is a checkpoint."""
    root = tmp_path / "exports"
    do(root, "r1").close()
    old = (root / ".state/ledger.sqlite3").read_bytes()
    store = open_store(root, "r2", "xinmi")
    store.add(visit("xinmi", 50, "r2"), draft("xinmi", 50))
    store.close()
    whole = stored(root)
    (root / ".state/ledger.sqlite3").write_bytes(old)
    store = open_store(root, "r3", "xinmi")
    assert store.recovery.adopted == 2
    assert store.known(draft("xinmi", 50).id) is not None
    store.add(visit("xinmi", 50, "r3"), draft("xinmi", 50))
    (seen,) = store.commit()
    store.close()
    assert seen.outcome is Outcome.UNCHANGED
    assert stored(root) == whole


def test_a_sealed_segment_that_was_cut_is_indexed_anew_and_not_touched(tmp_path: Path) -> None:
    root = tmp_path / "exports"
    do(root, "r1").close()
    path = root / "articles/2026-11/r1.jsonl"
    data = path.read_bytes()
    cut = data[: data.rfind(b"\n", 0, -1) + 20]
    path.write_bytes(cut)
    store = open_store(root, "r2", "dahe")
    assert store.recovery.shorter == ["articles/2026-11/r1.jsonl"]
    assert store.recovery.damaged
    assert store.known(draft("dahe", 3).id) is None
    assert store.known(draft("dahe", 1).id) is not None
    store.add(visit("dahe", 3, "r2"), draft("dahe", 3))
    assert store.commit()[0].version == 1
    store.close()
    assert path.read_bytes() == cut
    assert not check_exports(root).is_whole, "verify goes on naming what was lost"


@pytest.mark.parametrize("ledger", ["kept", "lost"])
def test_a_later_version_that_was_lost_is_asked_for_again(tmp_path: Path, ledger: str) -> None:
    """Its URL is due, without the validators that would bring a 304 for it."""
    root = tmp_path / "exports"
    known = draft("dahe", 1).id
    for number, body in enumerate((prose(1), prose(1) + "\n\n更正。", prose(1) + "\n\n更正。"), 1):
        run, at = f"r{number}", NOW + timedelta(days=number)
        store = open_store(root, run)
        store.add(visit("dahe", 1, run, etag=f"e{number}", at=at.isoformat()), draft("dahe", 1, body=body))
        store.close()
    (root / "articles/2026-11/r2.jsonl").write_bytes(b"")
    if ledger == "lost":
        (root / ".state/ledger.sqlite3").unlink()
    store = open_store(root, "r4")
    seen = store.known(known)
    assert seen is not None
    assert (seen.version, seen.etag) == (1, None if ledger == "kept" else "e1")
    assert [url.id for url in store.due("dahe", NOW + timedelta(days=3), 10)] == [known]
    store.add(visit("dahe", 1, "r4"), draft("dahe", 1, body=prose(1) + "\n\n更正。"))
    (ended,) = store.commit()
    store.close()
    assert (ended.outcome, ended.version) == ("stored", 2)


def test_foreign_bytes_inside_a_segment_are_never_touched(tmp_path: Path) -> None:
    root = tmp_path / "exports"
    do(root, "r1").close()
    path = root / "articles/2026-11/r1.jsonl"
    rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(rows[0] + b"garbage, not JSON\n" + b"".join(rows[1:]))
    for lost in (False, True):
        if lost:
            (root / ".state/ledger.sqlite3").unlink()
        before = path.read_bytes()
        store = open_store(root, f"r2-{lost}", "dahe")
        assert [store.known(draft("dahe", n).id) is not None for n in (1, 2, 3)] == [True] * 3
        store.close()
        assert path.read_bytes() == before
    found = check_exports(root, identify=article_id)
    (problem,) = (problem for problem in found.problems if problem.line == 2)
    assert problem.file == "articles/2026-11/r1.jsonl"
    assert problem.offset == len(rows[0])


def test_a_month_that_was_taken_away_is_told_and_its_urls_stay_known(tmp_path: Path) -> None:
    root = tmp_path / "exports"
    do(root, "r1").close()
    shutil.rmtree(root / "articles")
    store = open_store(root, "r2", "dahe")
    assert store.recovery.missing == ["articles/2026-11/r1"]
    assert store.known(draft("dahe", 1).id) is not None
    store.close()
    assert list(lines(root, "articles")) == []
