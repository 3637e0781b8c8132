"""The clocks of a crawl: wall-clock moments as records print them, and names made from them."""

import os
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the wall clock, UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Return a moment as records print it: 2026-11-25T08:30:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_run_id(label: str) -> str:
    """Return a name for a run that sorts by time and never repeats."""
    return f"{utc_now().strftime('%Y%m%dT%H%M%SZ')}-{label}-{os.urandom(3).hex()}"
