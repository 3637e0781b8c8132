"""The exceptions of newsspider and the exit codes of its commands.

NewsspiderError
├── ConfigurationError      a profile, setting or folder contradicts itself; raised before any fetch
│   └── LedgerTooNew        the ledger was written by a newer newsspider; raised by Store.open
├── AlreadyRunning          another run holds the site's lock; raised by Store.open
├── StoreError              bytes could not be stored; the run must stop; raised by store/ and archive/
├── UnreadablePage          bytes that are no page (too deep, too large); raised by page/
└── DamagedRecord           a WARC record or an export line that is not whole; raised by readers
"""

from enum import IntEnum
from typing import Final


class NewsspiderError(Exception):
    """Base of all errors that newsspider raises on purpose."""


class ConfigurationError(NewsspiderError):
    """A profile, a setting or a folder contradicts itself: nothing was fetched."""


class LedgerTooNew(ConfigurationError):
    """The ledger has a schema that a newer newsspider wrote."""


class AlreadyRunning(NewsspiderError):
    """Another run holds the lock of this site on this exports folder."""


class StoreError(NewsspiderError):
    """Bytes could not be written or synced: nothing of the batch is acknowledged, the run stops."""


class UnreadablePage(NewsspiderError):
    """Bytes that cannot be made a page within the stated limits."""


class DamagedRecord(NewsspiderError):
    """A stored record (WARC member, JSONL line) that is not whole or does not match its digest."""


class ExitCode(IntEnum):
    """What the commands end with (docs/operations.md)."""

    FINE = 0
    DISK = 3
    CONFIGURATION = 4
    ALREADY_RUNNING = 5
    SITE_FAILED = 9
    STOPPED = 11
    STOPPED_TWICE = 13
    MEMORY = 14
    TIME = 15


#: Where several apply, the first of these is the exit code.
PRECEDENCE: Final = (
    ExitCode.CONFIGURATION,
    ExitCode.DISK,
    ExitCode.TIME,
    ExitCode.MEMORY,
    ExitCode.STOPPED_TWICE,
    ExitCode.STOPPED,
    ExitCode.SITE_FAILED,
    ExitCode.ALREADY_RUNNING,
)


def worst(*codes: ExitCode) -> ExitCode:
    """Return the code that takes precedence; FINE when none is given."""
    return next((code for code in PRECEDENCE if code in codes), ExitCode.FINE)
