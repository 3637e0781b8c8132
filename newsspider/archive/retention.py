"""How long raw pages are kept: whole files are removed, oldest first, never while a run writes."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from newsspider.archive import places
from newsspider.archive.catalog import Catalog
from newsspider.archive.reader import files
from newsspider.archive.record import warc_date
from newsspider.disk import Disk
from newsspider.errors import ConfigurationError

#: One line a removed file: `{"file", "bytes", "last", "pruned_at", "reason"}`.
PRUNED: Final = "pruned.jsonl"

Reason = Literal["age", "size"]


@dataclass(frozen=True, slots=True)
class Pruned:
    """One file that was removed. `last` is the date of its latest capture."""

    file: str
    bytes: int
    last: str
    pruned_at: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Pruning:
    """What one pass removed; `held` tells that a run was writing and nothing was touched."""

    removed: tuple[Pruned, ...] = ()
    held: bool = False


@contextmanager
def reading(root: Path) -> Iterator[None]:
    """Keep every file where it is while this lasts (writers hold the same lock)."""
    try:
        fd = os.open(root / places.LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError:
        yield  # an archive that cannot be written cannot be pruned either
        return
    try:
        fcntl.flock(fd, fcntl.LOCK_SH)
        yield
    finally:
        os.close(fd)


def prune(
    root: Path,
    *,
    keep_days: int | None,
    max_bytes: int | None,
    now: datetime,
    io: Disk | None = None,
) -> Pruning:
    """Remove finished files older than `keep_days`, then more until `max_bytes` are left.

    By age a file goes when neither its own captures nor any revisit that needs its payloads is
    younger. By size those go first that were needed least recently. The line in `pruned.jsonl` is on the disk
    before the file is removed.
    """
    if (keep_days is None and max_bytes is None) or not root.is_dir():
        return Pruning()
    if (keep_days or 0) < 0 or (max_bytes or 0) < 0:
        raise ConfigurationError("ARCHIVE_KEEP_DAYS and ARCHIVE_MAX_BYTES cannot be negative")
    disk = io or Disk()
    with reading(root):  # the long part of it, while runs go on
        Catalog.open(root, disk).close()
    lock = disk.open(root / places.LOCK, create=True)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with Catalog.open(root, disk) as catalog:
            removed = _prune(root, catalog, keep_days=keep_days, max_bytes=max_bytes, now=now, io=disk)
            return Pruning(removed=tuple(removed))
    except BlockingIOError:
        return Pruning(held=True)
    finally:
        disk.close(lock)


def pruned(root: Path) -> dict[str, Pruned]:
    """Return the files that were removed, by the name that records carry."""
    found = {}
    try:
        lines = (root / PRUNED).read_bytes().splitlines()
    except FileNotFoundError:
        return {}
    for line in lines:
        try:
            values = json.loads(line)
            removed = Pruned(**{name: values[name] for name in Pruned.__slots__})
        except (ValueError, KeyError, TypeError):
            continue  # a line cut by a kill: its file is still there
        found[removed.file] = removed
    return found


def _prune(  # noqa: PLR0913 (what prune() was given)
    root: Path, catalog: Catalog, *, keep_days: int | None, max_bytes: int | None, now: datetime, io: Disk
) -> Iterator[Pruned]:
    finished = {file: path for file, path in files(root) if not path.name.endswith(places.OPEN)}
    needed = catalog.needed_until()
    sizes = {file: path.stat().st_size for file, path in finished.items()}
    total = sum(sizes.values())
    oldest_kept = "" if keep_days is None else warc_date(now - timedelta(days=keep_days))
    for file in sorted(finished, key=lambda file: (needed.get(file, ""), file)):
        reason: Reason
        if needed.get(file, "") < oldest_kept:
            reason = "age"
        elif max_bytes is not None and total > max_bytes:
            reason = "size"
        else:
            continue
        gone = Pruned(file, sizes[file], needed.get(file, ""), warc_date(now.astimezone(UTC)), reason)
        _note(root / PRUNED, gone, io)
        io.remove(finished[file])
        catalog.forget(file)
        total -= sizes[file]
        yield gone


def _note(path: Path, gone: Pruned, io: Disk) -> None:
    values = {name: getattr(gone, name) for name in Pruned.__slots__}
    fd = io.open(path, create=True)
    try:
        end = io.size(fd)
        broken = end > 0 and io.read_at(fd, 1, end - 1) != b"\n"
        line = json.dumps(values, separators=(",", ":")).encode() + b"\n"
        io.write_at(fd, (b"\n" if broken else b"") + line, end)
        io.sync(fd)
    finally:
        io.close(fd)
    io.sync_directory(path.parent)
