"""P9: the ledger is replaceable, whatever becomes of it."""

import os
import random
import sqlite3
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from store_world import (
    DAYS,
    NOW,
    PointDisk,
    Points,
    article_id,
    days,
    draft,
    kill,
    open_store,
    point_ledger,
    retry,
    story,
    visit,
    work,
)

from newsspider.errors import AlreadyRunning, ConfigurationError, LedgerTooNew, StoreError
from newsspider.items import Outcome
from newsspider.store.ledger import LEDGER_SCHEMA, Ledger
from newsspider.store.rebuilding import rebuild
from newsspider.store.verify import check_exports
from newsspider.store.visits import Rules

TABLES = ("url", "version", "text", "reread", "gone", "segment", "word")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three days' work."""
    root = tmp_path / "exports"
    for day in range(DAYS):
        work(open_store(root, f"run-{day}", "dahe", "hnr"), day)
    return root


def ledger_path(root: Path) -> Path:
    return root / ".state" / "ledger.sqlite3"


def known(root: Path) -> dict[str, object]:
    """All that is known of the URLs, by id."""
    store = open_store(root, f"reader-{os.urandom(4).hex()}", "other")
    urls = {
        seen.id: store.known(seen.id) for day in range(DAYS) for batch in days("", day) for seen, _ in batch
    }
    due = [store.due(site, NOW + timedelta(days=9), 100) for site in ("dahe", "hnr")]
    store.close()
    return {**urls, "due": due}


def test_p9_a_ledger_made_anew_knows_the_same(root: Path) -> None:
    """Nothing that was known is fetched anew: states, times, validators, versions."""
    before = known(root)
    told = story(root)
    ledger_path(root).unlink()
    store = open_store(root, "next", "xinmi")
    assert store.recovery.rebuilt
    assert store.recovery.warnings == []
    store.close()
    assert known(root) == before
    for day in range(DAYS):
        work(open_store(root, f"again-{day}", "dahe", "hnr"), day)
    again = story(root)
    assert told["versions"].items() <= again["versions"].items()
    assert check_exports(root, identify=article_id).is_whole


def test_rebuild_makes_the_same_ledger(root: Path) -> None:
    before = known(root)
    seen: list[tuple[str, int]] = []
    report = rebuild(
        root, rules=Rules(retry, article_id), progress=lambda name, count: seen.append((name, count))
    )
    assert report.adopted == sum(count for _, count in seen) > 15
    assert known(root) == before


def test_rebuild_refuses_while_a_run_is_at_work(root: Path) -> None:
    store = open_store(root, "live", "dahe")
    with pytest.raises(AlreadyRunning, match="live"):
        rebuild(root)
    store.close()
    rebuild(root)
    with pytest.raises(ConfigurationError):
        rebuild(root / "missing")


def zero_out(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"no database" * 400)


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2 + 17])


def overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    rng = random.Random(1)
    data[8192:10240] = rng.randbytes(2048)
    path.write_bytes(data)


def without_a_table(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("DROP TABLE version")
    database.close()


def without_a_column(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("ALTER TABLE url DROP COLUMN etag")
    database.close()


@pytest.mark.parametrize("damage", [zero_out, garbage, cut, overwritten, without_a_table, without_a_column])
def test_a_damaged_ledger_is_set_aside_and_made_anew(root: Path, damage: Callable[[Path], None]) -> None:
    before = known(root)
    told = story(root)
    damage(ledger_path(root))
    assert known(root) == before
    kept = sorted(path.name for path in (root / ".state").glob("ledger.corrupt-*"))
    assert kept == ([] if damage is zero_out else ["ledger.corrupt-0.sqlite3"])
    assert story(root) == told
    work(open_store(root, "again", "dahe", "hnr"), DAYS - 1)
    assert story(root) == told
    assert check_exports(root, identify=article_id).is_whole


@pytest.mark.parametrize("number", range(12))
def test_two_kilobytes_overwritten_anywhere(root: Path, number: int) -> None:
    """Wherever the damage is, no version is stored twice and none is lost."""
    told = story(root)
    path = ledger_path(root)
    rng = random.Random(number)
    data = bytearray(path.read_bytes())
    place = rng.randrange(len(data) - 2048)
    data[place : place + 2048] = rng.randbytes(2048)
    path.write_bytes(data)
    work(open_store(root, "again", "dahe", "hnr"), DAYS - 1)
    assert story(root) == told


@pytest.mark.parametrize("number", range(16))
def test_damage_in_a_ledger_too_large_to_be_checked_when_it_is_opened(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """It shows when the page is read: in the recovery, or in a commit, which ends that run only."""
    told = story(root)
    path = ledger_path(root)
    data = bytearray(path.read_bytes())
    pages = len(data) // 4096
    place = 4096 * (1 + number * (pages - 1) // 16)
    data[place : place + 4096] = random.Random(number).randbytes(4096)
    path.write_bytes(data)
    monkeypatch.setattr("newsspider.store.ledger._CHECKED", 0)
    ended = 0
    for attempt in range(3):
        # What the recovery has to read anew makes it look into the tables.
        store = open_store(root, f"again-{attempt}", "dahe", "hnr")
        try:
            work(store, DAYS - 1)
            ended += 1
        except StoreError:
            store.close()
    assert ended >= 2
    assert story(root) == told


def test_damage_met_by_the_recovery_itself(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that is damaged where recovery writes is set aside in the middle of it."""
    before = known(root)
    with sqlite3.connect(ledger_path(root)) as database:
        database.execute("DELETE FROM segment")
        place = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'version'").fetchone()[0]
    database.close()
    data = bytearray(ledger_path(root).read_bytes())
    data[(place - 1) * 4096 : place * 4096] = random.Random(3).randbytes(4096)
    ledger_path(root).write_bytes(data)
    monkeypatch.setattr("newsspider.store.ledger._CHECKED", 0)
    monkeypatch.setattr("newsspider.store.ledger._REPRINTS", ())
    assert known(root) == before
    assert (root / ".state/ledger.corrupt-0.sqlite3").exists()


@pytest.mark.parametrize("much", [False, True], ids=["each segment by itself", "segments together"])
@pytest.mark.parametrize("stop", range(1, 40, 2))
def test_a_long_recovery_goes_on_where_it_was_killed(
    root: Path, monkeypatch: pytest.MonkeyPatch, stop: int, *, much: bool
) -> None:
    before, told = known(root), story(root)
    ledger_path(root).unlink()
    monkeypatch.setattr("newsspider.store.recovery._CHUNK", 7 if much else 2)
    monkeypatch.setattr("newsspider.store.recovery._MUCH", 0 if much else 1 << 40)
    child = os.fork()
    if child == 0:
        points = Points(stop, kill)
        point_ledger(points)
        open_store(root, "killed", "xinmi", io=PointDisk(points))
        os._exit(0)
    os.waitpid(child, 0)
    assert known(root) == before
    assert story(root) == told
    assert check_exports(root, identify=article_id).is_whole


def test_many_small_segments_are_committed_together(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys come in random order: each commit writes nearly every page of a large ledger."""
    counts = []
    before = known(root)
    for much in (0, 1 << 40):
        ledger_path(root).unlink()
        monkeypatch.setattr("newsspider.store.recovery._MUCH", much)
        commits: list[str] = []
        real = Ledger.commit

        def commit(self: Ledger, commits: list[str] = commits, real: Callable[[Ledger], None] = real) -> None:
            commits.append("one")
            real(self)

        with monkeypatch.context() as patched:
            patched.setattr(Ledger, "commit", commit)
            open_store(root, f"next-{much}", "xinmi").close()
        counts.append(len(commits))
        assert known(root) == before
        assert check_exports(root, identify=article_id).problems == []
    assert counts[0] + 5 < counts[1]


def test_damage_that_shows_only_later_ends_the_run_and_not_the_next(root: Path) -> None:
    store = open_store(root, "live", "dahe")
    with sqlite3.connect(ledger_path(root)) as database:
        database.execute("DROP TABLE version")
    database.close()
    store.add(visit("dahe", 50, "live"), draft("dahe", 50))
    with pytest.raises(Exception, match="no such table"):
        store.commit()
    store.close()
    store = open_store(root, "next", "dahe")
    store.add(visit("dahe", 50, "next"), draft("dahe", 50))
    (seen,) = store.commit()
    store.close()
    assert (seen.outcome, seen.version) == (Outcome.STORED, 1)


def test_a_newer_schema_is_refused_and_not_touched(root: Path) -> None:
    with sqlite3.connect(ledger_path(root)) as database:
        database.execute(f"PRAGMA user_version={LEDGER_SCHEMA + 1}")
    database.close()
    before = ledger_path(root).read_bytes()
    with pytest.raises(LedgerTooNew, match="has schema"):
        open_store(root, "next", "dahe")
    assert ledger_path(root).read_bytes() == before


def test_an_older_schema_is_migrated_in_one_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first schema is made from an empty one; a kill in between leaves the older."""
    path = tmp_path / "ledger.sqlite3"

    def fail(self: Ledger) -> None:
        raise sqlite3.OperationalError("killed before COMMIT")

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "commit", fail)
        with pytest.raises(sqlite3.OperationalError):
            Ledger(path)
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    database.close()
    ledger = Ledger(path)
    names = {row[0] for row in ledger.connection.execute("SELECT name FROM sqlite_master")}
    assert set(TABLES) <= names
    assert ledger.connection.execute("PRAGMA user_version").fetchone() == (LEDGER_SCHEMA,)
    ledger.close()


def test_a_ledger_deleted_under_a_living_run_is_made_anew_by_it(root: Path) -> None:
    store = open_store(root, "live", "dahe")
    store.add(visit("dahe", 50, "live"), draft("dahe", 50))
    store.commit()
    for path in (root / ".state").glob("ledger*"):
        path.unlink()
    other = open_store(root, "other", "hnr")  # makes a new one, with what the living run has written
    assert other.known(draft("dahe", 50).id) is not None
    other.close()
    store.add(visit("dahe", 50, "live"), draft("dahe", 50))
    store.add(visit("dahe", 51, "live"), draft("dahe", 51))
    assert [seen.outcome for seen in store.commit()] == [Outcome.UNCHANGED, Outcome.STORED]
    assert store.recovery.torn == {}
    store.close()
    assert check_exports(root, identify=article_id).is_whole


def test_a_stale_write_ahead_log_does_no_harm(root: Path) -> None:
    """Somebody deletes the ledger and leaves its companions."""
    told = story(root)
    for name in ("ledger.sqlite3-wal", "ledger.sqlite3-shm"):
        (root / ".state" / name).write_bytes(random.Random(2).randbytes(40_000))
    ledger_path(root).unlink()
    work(open_store(root, "again", "dahe", "hnr"), DAYS - 1)
    assert story(root) == told


def test_keys_of_another_format_are_made_anew(root: Path) -> None:
    """After a change of the reprints' keys nothing would be found by the stored ones."""
    with sqlite3.connect(ledger_path(root)) as database:
        database.execute("PRAGMA application_id=99")
    database.close()
    store = open_store(root, "next", "xinmi")
    assert store.recovery.ledger_set_aside == "ledger.corrupt-0.sqlite3"
    store.add(visit("xinmi", 1, "next"), draft("xinmi", 1))
    assert [seen.outcome for seen in store.commit()] == [Outcome.REPRINT]
    store.close()


def test_progress_is_told_while_a_lost_ledger_is_made(root: Path) -> None:
    ledger_path(root).unlink()
    told: list[tuple[str, int]] = []
    store = open_store(root, "next", "xinmi", progress=lambda name, count: told.append((name, count)))
    store.close()
    assert sum(count for _, count in told) == store.recovery.adopted > 0


@pytest.mark.parametrize("stop", range(1, 60, 3))
def test_rebuild_killed_anywhere_is_made_good_by_the_next_run(root: Path, stop: int) -> None:
    before, told = known(root), story(root)
    child = os.fork()
    if child == 0:
        points = Points(stop, kill)
        point_ledger(points)
        rebuild(root, rules=Rules(retry, article_id), io=PointDisk(points))
        os._exit(0)
    os.waitpid(child, 0)
    assert known(root) == before
    assert story(root) == told
    assert check_exports(root, identify=article_id).is_whole
