"""The archive under kill, power loss and full disks: whole records, nothing kept is lost."""

import errno
import fcntl
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsspider.archive.exchange import Exchange
from newsspider.archive.open_file import OpenFile
from newsspider.archive.reader import load
from newsspider.archive.records import Damage, read
from newsspider.archive.recovery import recover
from newsspider.archive.writer import Archive
from newsspider.disk import Disk
from newsspider.errors import StoreError
from newsspider.items import WarcRef

START = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
FIRST, SECOND, THIRD = (f"2026112{n}T083000Z-dahe-0a1b2{n}" for n in (5, 6, 7))
WRITES = {
    "write_at",
    "sync",
    "rename",
    "truncate",
    "remove",
    "open",
    "close",
    "make_directory",
    "sync_directory",
}


def page(number: int) -> Exchange:
    return Exchange(
        url=f"http://news.example.cn/{number}.html",
        at=START + timedelta(seconds=number),
        status=200,
        headers=((b"Content-Type", b"text/html"),),
        payload=os.urandom(120).hex().encode(),
    )


class CountingDisk(Disk):
    """Does `at` before call number `stop`, or half-way through it, or after it."""

    def __init__(self, stop: int, when: str, act: Callable[[], None]) -> None:
        self.calls = 0
        self._stop, self._when, self._act = stop, when, act

    def write_at(self, fd: int, data: bytes, offset: int) -> None:
        if self.calls == self._stop and self._when == "half-way":
            super().write_at(fd, data[: len(data) // 2], offset)
            self._act()
        super().write_at(fd, data, offset)


def _counted(name: str) -> Callable[..., object]:
    plain = getattr(CountingDisk, name)

    def call(disk: CountingDisk, *args: object, **given: object) -> object:
        here = disk.calls == disk._stop
        if here and disk._when == "before":
            disk._act()
        result = plain(disk, *args, **given)
        disk.calls += 1
        if here and disk._when == "after":
            disk._act()
        return result

    return call


for _name in WRITES:
    setattr(CountingDisk, _name, _counted(_name))


def in_child(work: Callable[[int], None]) -> tuple[bytes, int]:
    """Run `work` in a forked process; return what it wrote to its pipe, and its status."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 99
        try:
            os.close(reader)
            work(writer)
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        said = told.read()
    return said, os.waitpid(child, 0)[1]


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crawl(root: Path, disk: Disk, tell: int, *, close: bool = True) -> None:
    """Write six pages, two a batch; tell each reference that was synced."""
    archive = Archive.open(root, run=FIRST, io=disk, max_bytes=2500)
    try:
        for number in range(0, 6, 2):
            refs = [archive.append(page(number + n)) for n in range(2)]
            archive.sync()
            lines = [f"{ref.file} {ref.offset} {number + n}\n" for n, ref in enumerate(refs)]
            os.write(tell, "".join(lines).encode())
    finally:
        if close:
            archive.close()


def check_whole(root: Path) -> None:
    assert not list(root.glob("*/*.open"))
    for path in root.glob("*/*.warc.gz"):
        assert [r for r in read(path, one_a_member=True) if isinstance(r, Damage)] == []
        subprocess.run(["gzip", "-t", str(path)], check=True)


def check_kept(root: Path, said: bytes) -> int:
    lines = said.decode().splitlines()
    for line in lines:
        file, offset, number = line.split()
        assert load(root, WarcRef(file=file, offset=int(offset))).url == page(int(number)).url
    return len(lines)


def calls_of_a_whole_run(root: Path) -> int:
    disk = CountingDisk(-1, "never", kill)
    out = os.open("/dev/null", os.O_WRONLY)
    crawl(root, disk, out)
    os.close(out)
    return disk.calls


@pytest.mark.parametrize("when", ["before", "half-way", "after"])
def test_p14_kill_at_every_point_of_a_run(tmp_path, when):
    total = calls_of_a_whole_run(tmp_path / "whole")
    assert total > 20
    kept = set()
    for stop in range(total):
        root = tmp_path / f"{when}-{stop}"
        said, status = in_child(lambda tell, r=root, s=stop: crawl(r, CountingDisk(s, when, kill), tell))
        assert status == (signal.SIGKILL if os.WIFSIGNALED(status) else 0)
        with Archive.open(root, run=SECOND) as archive:
            archive.append(page(9))
        check_whole(root)
        kept.add(check_kept(root, said))
    assert {0, 2, 4, 6} <= kept


@pytest.mark.parametrize("when", ["before", "half-way", "after"])
def test_kill_at_every_point_of_the_recovery(tmp_path, when):
    torn = tmp_path / "torn"
    said, status = in_child(lambda tell: (crawl(torn, Disk(), tell, close=False), kill()))
    assert os.WTERMSIG(status) == signal.SIGKILL
    (leftover,) = torn.glob("*/*.open")
    with leftover.open("ab") as out:
        out.write(b"\x1f\x8b\x08torn" * 100)
    disk = CountingDisk(-1, "never", kill)
    shutil.copytree(torn, tmp_path / "once")
    Archive.open(tmp_path / "once", run=SECOND, io=disk).close()
    for stop in range(disk.calls):
        root = tmp_path / f"again-{stop}"
        shutil.copytree(torn, root)
        in_child(
            lambda _, r=root, s=stop: Archive.open(r, run=SECOND, io=CountingDisk(s, when, kill)).close()
        )
        Archive.open(root, run=THIRD).close()
        check_whole(root)
        assert check_kept(root, said) > 0
        (aside,) = root.glob("*/*.torn")
        assert aside.read_bytes().endswith(b"\x1f\x8b\x08torn" * 100)


def test_p14_cut_at_every_byte_of_the_tail(tmp_path):
    root = tmp_path / "archive"
    archive = Archive.open(root, run=FIRST)
    refs = [archive.append(page(n)) for n in range(3)]
    archive.sync()
    (path,) = root.glob("*/*.open")
    data = path.read_bytes()
    archive.close()
    ends = [r.offset + r.length for r in read(root / refs[0].file)]
    for name in (root / ".index.sqlite3", root / refs[0].file):
        name.unlink()
    for cut in range(len(data) + 1):
        path.write_bytes(data[:cut])
        (repaired,) = recover(root, Disk(), lambda _: 0)
        whole = max((end for end in ends if end <= cut), default=0)
        assert (repaired.end, repaired.torn) == (whole, cut - whole)
        finished, torn = root / refs[0].file, root / (refs[0].file + ".torn")
        assert (finished.read_bytes() if whole else b"") == data[:whole]
        assert (torn.read_bytes() if cut > whole else b"") == data[whole:cut]
        finished.unlink(missing_ok=True)
        torn.unlink(missing_ok=True)


@pytest.mark.parametrize("synced", ["right", "too far", "inside a record", "unknown"])
def test_zeroed_blocks_and_a_lying_index_lose_no_whole_record(tmp_path, synced):
    root = tmp_path / "archive"
    archive = Archive.open(root, run=FIRST)
    ref = [archive.append(page(n)) for n in range(3)][-1]
    archive.close()
    finished = root / ref.file
    whole = finished.read_bytes()
    finished.rename(finished.with_name(finished.name + ".open"))
    with finished.with_name(finished.name + ".open").open("ab") as out:
        out.write(bytes(4096))
    claim = {"right": len(whole), "too far": 10**9, "inside a record": ref.offset + 5, "unknown": 0}[synced]
    (repaired,) = recover(root, Disk(), lambda _: claim)
    assert (repaired.end, repaired.torn) == (len(whole), 4096)
    assert finished.read_bytes() == whole


def test_p14_disk_full_at_every_byte_of_a_fetch(tmp_path):
    members = b"".join(os.urandom(40) for _ in range(20))
    whole = OpenFile.create(Disk(), tmp_path / "2026-11" / "whole.warc.gz", b"first")
    whole.append(members)
    whole.finish()

    class Full(Disk):
        room = 0

        def write_at(self, fd: int, data: bytes, offset: int) -> None:
            super().write_at(fd, data[: max(0, self.room - offset)], offset)
            if offset + len(data) > self.room:
                raise OSError(errno.ENOSPC, "No space left on device")

    for room in range(5, 5 + len(members)):
        disk = Full()
        disk.room = 5
        file = OpenFile.create(disk, tmp_path / "2026-11" / f"{room}.warc.gz", b"first")
        disk.room = room
        with pytest.raises(OSError, match="No space"):
            file.append(members)
        file.finish()
        assert (tmp_path / "2026-11" / f"{room}.warc.gz").read_bytes() == b"first"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_p14_disk_full_in_a_run(tmp_path, number):
    size = sum(p.stat().st_size for p in _whole_run(tmp_path / "whole"))
    for room in range(0, size, 97):

        class Full(Disk):
            left = room

            def write_at(self, fd: int, data: bytes, offset: int) -> None:
                super().write_at(fd, data[: self.left], offset)
                if len(data) > self.left:
                    self.left = 0
                    raise OSError(number, os.strerror(number))
                self.left -= len(data)

        root = tmp_path / f"{room}"
        reader, writer = os.pipe()
        with pytest.raises(StoreError, match="cannot be written"):
            crawl(root, Full(), writer)
        os.close(writer)
        with os.fdopen(reader, "rb") as told:
            said = told.read()
        with Archive.open(root, run=SECOND) as archive:
            archive.append(page(9))
        check_whole(root)
        check_kept(root, said)
        assert not list(root.glob("*/*.torn"))


def _whole_run(root: Path) -> list[Path]:
    calls_of_a_whole_run(root)
    return list(root.glob("*/*.warc.gz"))


def test_a_file_size_limit_of_the_system_stops_the_run(tmp_path):
    def limited(tell: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with Archive.open(tmp_path, run=FIRST) as archive:
            archive.append(page(0))
            archive.sync()
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
            try:
                for number in range(1, 9):
                    archive.append(page(number))
            except StoreError:
                os.write(tell, b"StoreError")

    said, status = in_child(limited)
    assert (said, status) == (b"StoreError", 0)
    Archive.open(tmp_path, run=SECOND).close()
    check_whole(tmp_path)
    (path,) = tmp_path.glob("*/*.warc.gz")
    assert path.stat().st_size <= 2000


def test_a_failing_sync_is_not_tried_again(tmp_path):
    class Failing(Disk):
        syncs = 0

        def sync(self, fd: int) -> None:
            self.syncs += 1
            raise OSError(errno.EIO, "Input/output error")

    disk = Failing()
    archive = Archive.open(tmp_path, run=FIRST, io=disk)
    archive.append(page(0))
    for _ in range(3):
        with pytest.raises(StoreError):
            archive.sync()
    archive.close()
    assert disk.syncs == 1
    Archive.open(tmp_path, run=SECOND).close()
    check_whole(tmp_path)


def test_a_living_run_is_left_alone(tmp_path):
    with Archive.open(tmp_path, run=FIRST) as first:
        ref = first.append(page(0))
        with Archive.open(tmp_path, run=SECOND) as second:
            assert second.recovery == ()
            second.append(page(1))
        first.append(page(2))
    check_whole(tmp_path)
    assert load(tmp_path, ref).url == page(0).url
    assert len(list(tmp_path.glob("*/*.warc.gz"))) == 2


def test_a_full_index_costs_no_page(tmp_path, caplog):
    archive = Archive.open(tmp_path, run=FIRST)
    with (tmp_path / ".lock").open() as other:
        fcntl.flock(other, fcntl.LOCK_SH)
        archive._known._index._db.execute("PRAGMA query_only = 1")  # every write to it fails from now on
        refs = [archive.append(page(n)) for n in range(4)]
        archive.sync()
        archive.close()
    assert "index is behind" in caplog.text
    check_whole(tmp_path)
    assert [load(tmp_path, r).url for r in refs] == [page(n).url for n in range(4)]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_is_full_at_the_start_is_told_as_a_full_disk(tmp_path, number):
    _, status = in_child(lambda tell: (crawl(tmp_path, Disk(), tell, close=False), kill()))
    assert os.WTERMSIG(status) == signal.SIGKILL
    (path,) = tmp_path.glob("*/*.open")
    with path.open("ab") as out:
        out.write(b"torn")

    class Full(Disk):
        def write_at(self, fd: int, data: bytes, offset: int) -> None:
            raise OSError(number, os.strerror(number))

    with pytest.raises(StoreError, match="cannot be written"):
        Archive.open(tmp_path, run=SECOND, io=Full())
    Archive.open(tmp_path, run=SECOND).close()
    check_whole(tmp_path)
