"""Names of the archive's files: `2026-11/<run>-00000.warc.gz`, and `.open` behind it while written."""

import re
from pathlib import Path
from typing import Final

from newsspider.errors import ConfigurationError

FINISHED: Final = ".warc.gz"
OPEN: Final = ".open"
TORN: Final = ".torn"
#: Held shared by every run that writes, exclusive by what removes files.
LOCK: Final = ".lock"

# 20261125T083000Z-dahe-0a1b2c
_RUN: Final = re.compile(r"(\d{4})(\d{2})\d{2}T\d{6}Z-[a-z0-9_]{1,60}-[0-9a-f]{6}")


def month(run: str) -> str:
    """Return the folder of a run's files (2026-11), or refuse what is no run id."""
    found = _RUN.fullmatch(run)
    if found is None:
        raise ConfigurationError(f"{run!r} is no run id like 20261125T083000Z-dahe-0a1b2c")
    return f"{found[1]}-{found[2]}"


def file_name(run: str, number: int) -> str:
    """Return the name, relative to the archive, that records carry (the finished one)."""
    return f"{month(run)}/{run}-{number:05d}{FINISHED}"


def present(root: Path, file: str) -> Path | None:
    """Return where the file named in a record lies now: finished, still open, or nowhere."""
    finished = root / file
    if not finished.resolve().is_relative_to(root.resolve()):
        return None
    if finished.is_file():
        return finished
    opened = finished.with_name(finished.name + OPEN)
    return opened if opened.is_file() else None
