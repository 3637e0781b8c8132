"""Locks that end with their process: one a site, one a run, one around every commit."""

import fcntl
import os
import re
import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsspider.disk import Disk
from newsspider.errors import AlreadyRunning, ConfigurationError

# dahe; 20261125T083000Z-dahe-0a1b2c: no slash, no leading dot, so no name leaves its folder
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,119}")

#: Open files of a run beside its sites' locks: connections, segments, the ledger.
_OTHER_FILES: Final = 1024


def is_name(name: str) -> bool:
    """Tell whether `name` is fit for a file's name."""
    return _NAME.fullmatch(name) is not None and not name.endswith(".")


def checked_name(name: str) -> str:
    """Return `name` if it is fit for a file's name. Raises ConfigurationError."""
    if not is_name(name):
        raise ConfigurationError(f"{name!r} cannot be a file's name")
    return name


class Lock:
    """An exclusive flock on a file. The kernel lets go of it when the process ends, however it ends."""

    def __init__(self, path: Path, disk: Disk) -> None:
        """Open the lock's file; nothing is held yet."""
        self.path = path
        self._disk = disk
        self.fd: int | None = disk.open(path, create=True)

    @property
    def held_fd(self) -> int:
        """The open file. Raises ValueError after `close`."""
        if self.fd is None:
            raise ValueError("the lock is closed")
        return self.fd

    def take(self, *, wait: bool = False) -> bool:
        """Take the lock; without `wait` return False at once when another holds it."""
        try:
            fcntl.flock(self.held_fd, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def is_there(self) -> bool:
        """Tell whether the file that is locked is still the one of that name."""
        try:
            return self.path.stat().st_ino == os.fstat(self.held_fd).st_ino
        except FileNotFoundError:
            return False

    def let_go(self) -> None:
        """Release the lock and keep the file open."""
        fcntl.flock(self.held_fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Release the lock and close the file; a second call does nothing."""
        if self.fd is not None:
            fd, self.fd = self.fd, None
            self._disk.close(fd)


def _allow_files(count: int) -> None:
    """Raise the soft limit of open files for so many locks: a site is an open file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + _OTHER_FILES
    if resource.RLIM_INFINITY != soft < wanted:
        wanted = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


class SiteLocks:
    """The locks of the sites that a run works on."""

    def __init__(self, folder: Path, sites: Sequence[str], disk: Disk, *, skip_held: bool) -> None:
        """Take the lock of every site. Raises AlreadyRunning when one (skip_held: each) is held."""
        self._locks: dict[str, Lock] = {}
        _allow_files(len(sites))
        try:
            held = [site for site in dict.fromkeys(sites) if not self._take(folder, site, disk)]
        except BaseException:
            self.close()
            raise
        if held and not (skip_held and self._locks):
            self.close()
            raise AlreadyRunning(f"another run works on {', '.join(held)} in {folder.parent.parent}")
        self.skipped = tuple(held)

    def _take(self, folder: Path, site: str, disk: Disk) -> bool:
        lock = Lock(folder / checked_name(site), disk)
        if not lock.take():
            lock.close()
            return False
        self._locks[site] = lock
        return True

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites whose locks are held."""
        return tuple(self._locks)

    def close(self) -> None:
        """Release all locks. The files stay: removing one would let two runs hold "the" lock."""
        for lock in self._locks.values():
            lock.close()


class RunLocks:
    """Who is alive: a run holds the lock on its own file for as long as its process lives."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        """Use the files in `folder`."""
        self._folder = folder
        self._disk = disk

    def hold(self, run: str) -> Lock:
        """Take the lock of our own run. Raises AlreadyRunning when it is held."""
        while True:
            lock = Lock(self._folder / checked_name(run), self._disk)
            if not lock.take():
                lock.close()
                raise AlreadyRunning(f"the run {run} is already at work")
            if lock.is_there():
                return lock
            lock.close()

    def sweep(self) -> None:
        """Remove the files of runs that are dead; who holds one meanwhile notices (`is_there`)."""
        for path in sorted(self._folder.iterdir()):
            lock = Lock(path, self._disk)
            try:
                if lock.take() and lock.is_there():
                    self._disk.remove(path)
            finally:
                lock.close()

    def alive(self) -> list[str]:
        """Return the runs that are at work."""
        found = []
        for path in sorted(self._folder.iterdir()):
            with self.claimed(path.name) as dead:
                if not dead:
                    found.append(path.name)
        return found

    @contextmanager
    def claimed(self, run: str) -> Iterator[bool]:
        """Yield whether the run is dead; while the block runs, nobody else can claim it."""
        path = self._folder / run
        if not path.exists():
            yield True
            return
        lock = Lock(path, self._disk)
        try:
            yield lock.take()
        finally:
            lock.close()


class CommitLock:
    """One commit at a time; while it lasts, the file names the run inside.

    A name that is found when the lock is taken is that of a run that ended within its commit: its
    lines may be on the disk and unknown to the ledger.
    """

    _SIZE: Final = 128

    def __init__(self, path: Path, disk: Disk) -> None:
        """Open the lock's file."""
        self._disk = disk
        self._lock = Lock(path, disk)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock, waiting for it."""
        self._lock.take(wait=True)
        try:
            yield
        finally:
            self._lock.let_go()

    @property
    def mark(self) -> str:
        """The run that is inside; empty when none is."""
        return self._disk.read_at(self._lock.held_fd, self._SIZE, 0).decode("ascii", "replace").strip()

    def set_mark(self, run: str) -> None:
        """Write the run that is inside. Not synced: after a power cut every start recovers anyway."""
        self._disk.write_at(self._lock.held_fd, run.encode().ljust(self._SIZE), 0)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._lock.close()
