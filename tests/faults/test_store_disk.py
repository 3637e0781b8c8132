"""Disk full at every byte, a failing sync, folders that cannot be written: P2, P4, P5, and P6's reasons."""

import errno
import os
import resource
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from store_world import FullDisk, article_id, draft, lines, memory_folder, open_store, stored, visit

from newsspider.disk import Disk
from newsspider.errors import ConfigurationError, StoreError
from newsspider.store.ledger import Ledger
from newsspider.store.store import Store
from newsspider.store.verify import check_exports


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    with memory_folder(tmp_path) as folder:
        yield folder


def add(store: Store, *numbers: int) -> None:
    for number in numbers:
        store.add(visit("dahe", number, store.run), draft("dahe", number, body=f"短讯{number}。"))


def closed(store: Store) -> None:
    """Close a store that is broken: it must let go of everything and say nothing new."""
    store.close()
    store.close()


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize(
    "step", [pytest.param(1, marks=pytest.mark.slow, id="every byte"), pytest.param(61, id="every 61st")]
)
def test_disk_full_at_every_byte(tmp_path: Path, error: int, step: int) -> None:
    base = tmp_path / "base"
    store = open_store(base, "r1")
    add(store, 1, 2)
    store.close()
    whole = {**stored(base)}
    room = -step
    failed = True
    while failed:
        room += step
        root = tmp_path / f"room-{room}"
        shutil.copytree(base, root)
        disk = FullDisk(room, error)
        disk.active = False
        store = open_store(root, "r2", io=disk)
        add(store, 3)
        store.commit()
        disk.active = True
        add(store, 4, 5)
        try:
            acknowledged = store.commit()
            failed = False
        except StoreError:
            with pytest.raises(StoreError, match="broken"):
                store.commit()
            with pytest.raises(StoreError, match="broken"):
                add(store, 6)
            closed(store)
        else:
            assert [seen.version for seen in acknowledged] == [1, 1]
            disk.active = False
            store.close()
        three = article_id("http://news.dahe.example.cn/2026-11/25/3.html")
        assert {*whole, (three, 1)} <= stored(root).keys()
        store = open_store(root, "r3")
        assert store.known(three) is not None
        if failed:
            assert store.known(draft("dahe", 5).id) is None, "failed is not seen"
        add(store, 3, 4, 5)
        store.close()
        assert len(stored(root)) == 5
        assert check_exports(root, identify=article_id).is_whole
        shutil.rmtree(root)
    assert room > 2_000


def test_names_are_on_the_disk_before_the_next_step(tmp_path: Path) -> None:
    """A rename, a removal or a new folder that a power cut could take back is no step of an order."""
    synced: list[Path] = []

    class Recording(Disk):
        def sync_directory(self, path: Path) -> None:
            synced.append(path)
            super().sync_directory(path)

    disk = Recording()
    disk.make_directory(tmp_path / "a" / "b")
    assert synced == [tmp_path, tmp_path / "a"]
    (tmp_path / "a" / "x").touch()
    disk.rename(tmp_path / "a" / "x", tmp_path / "a" / "b" / "y")
    disk.remove(tmp_path / "a" / "b" / "y")
    assert synced[2:] == [tmp_path / "a" / "b"] * 2


def test_a_full_disk_leaves_no_partial_line(tmp_path: Path) -> None:
    disk = FullDisk(700)
    disk.active = False
    root = tmp_path / "exports"
    store = open_store(root, "r1", io=disk)
    disk.active = True
    add(store, 1)
    with pytest.raises(StoreError, match="No space left"):
        store.commit()
    assert (root / "articles/2026-11/r1.jsonl.part").read_bytes() == b""
    closed(store)


def limited(root: Path, limit: int) -> tuple[int, set[str]]:
    """Store articles in a process whose files may not grow beyond `limit` bytes.

    Returns its exit code and the articles that it was told are stored.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(read)
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            store = open_store(root, f"limited-{limit}")
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            try:
                for number in range(40):
                    add(store, number)
                    for seen in store.commit():
                        os.write(write, f"{seen.article}\n".encode())
                store.close()
                code = 0
            except StoreError:
                closed(store)
                code = 3
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read) as pipe:
        told = set(pipe.read().split())
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), told


def test_a_ledger_that_cannot_grow_breaks_the_store_and_nothing_else(tmp_path: Path) -> None:
    """The ledger's own files meet the limit first: SQLite reports a full disk, or an I/O error."""
    root = tmp_path / "exports"
    open_store(root, "r0").close()
    codes = []
    for limit in range(60_000, 140_000, 9_000):
        code, told = limited(root, limit)
        codes.append(code)
        assert told <= {article for article, _ in stored(root)}
    assert set(codes) <= {0, 3}
    assert 3 in codes
    store = open_store(root, "after")
    add(store, *range(40))
    store.close()
    assert len(stored(root)) == 40
    assert check_exports(root, identify=article_id).is_whole


class FailingSync(Disk):
    """A disk whose n-th sync fails; counts how often it was asked."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.asked = 0

    def sync(self, fd: int) -> None:
        self.asked += 1
        if self.asked == self.number:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().sync(fd)


@pytest.mark.parametrize("number", [1, 2])
def test_a_sync_that_failed_is_never_tried_again(tmp_path: Path, number: int) -> None:
    root = tmp_path / "exports"
    disk = FailingSync(number)
    store = open_store(root, "r1", io=disk)
    add(store, 1)
    with pytest.raises(StoreError):
        store.commit()
    closed(store)
    assert disk.asked == number
    store = open_store(root, "r2")
    add(store, 1)
    store.close()
    assert len(stored(root)) == 1
    assert check_exports(root, identify=article_id).is_whole


def test_a_commit_of_the_ledger_that_fails_after_the_lines_are_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not acknowledged, and yet there: the next run adopts the lines and does not store them twice."""
    root = tmp_path / "exports"
    store = open_store(root, "r1")
    add(store, 1)

    def fail(self: Ledger) -> None:
        raise OSError(errno.EIO, "no")

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "commit", fail)
        with pytest.raises(StoreError):
            store.commit()
    # Another run is at work meanwhile: before it judges it learns of these lines.
    other = open_store(root, "r2", "hnr")
    other.add(visit("hnr", 9, "r2"), draft("hnr", 9))
    other.commit()
    assert other.known(draft("dahe", 1).id) is not None
    other.close()
    closed(store)
    store = open_store(root, "r3")
    add(store, 1)
    assert [seen.version for seen in store.commit()] == [None]
    store.close()
    assert len(stored(root)) == 2


def test_a_mistake_in_the_schedule_stores_nothing_half(tmp_path: Path) -> None:
    def wrong(*_: Any) -> None:
        raise ZeroDivisionError

    root = tmp_path / "exports"
    store = open_store(root, "r1", schedule=wrong)
    add(store, 1)
    with pytest.raises(ZeroDivisionError):
        store.commit()
    closed(store)
    assert list(lines(root, "articles", "runs")) == []
    store = open_store(root, "r2")
    assert store.known(draft("dahe", 1).id) is None
    store.close()


@pytest.mark.parametrize("kind", ["a file in its place", "below a file", "/proc"])
def test_a_folder_that_cannot_be_used_is_refused_at_the_start(tmp_path: Path, kind: str) -> None:
    if kind == "/proc":
        root = Path("/proc/exports")
    else:
        (tmp_path / "file").write_text("")
        root = tmp_path / "file" if kind == "a file in its place" else tmp_path / "file" / "exports"
    with pytest.raises(ConfigurationError):
        open_store(root, "r1")


class ReadOnly(Disk):
    """A disk that is mounted read-only."""

    def open(self, path: Path, *, create: bool = False, exclusive: bool = False) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))


def test_a_read_only_folder_is_refused_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    with pytest.raises(ConfigurationError, match="Read-only"):
        open_store(tmp_path / "exports", "r1", io=ReadOnly())


@pytest.mark.parametrize("removed", ["everything", "the open segment"])
def test_a_folder_removed_during_the_run_stops_it(tmp_path: Path, removed: str) -> None:
    root = tmp_path / "exports"
    store = open_store(root, "r1")
    add(store, 1)
    store.commit()
    if removed == "everything":
        shutil.rmtree(root)
    else:
        (root / "articles/2026-11/r1.jsonl.part").unlink()
    add(store, 2)
    with pytest.raises(StoreError):
        store.commit()
    closed(store)


def test_a_store_that_is_closed_takes_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "exports", "r1")
    store.close()
    for call in (store.commit, lambda: add(store, 1), lambda: store.known("0" * 32)):
        with pytest.raises(StoreError, match="closed"):
            call()
