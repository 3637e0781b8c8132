"""What a run knows from before it began."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from newsspider.crawl.memory import Memory
from newsspider.store.draft import Known

STARTED = datetime(2026, 11, 25, 8, 30, 0, 700_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first_seen", "from_before"),
    [
        # Found in the first second of the run; the ledger counts whole seconds.
        (STARTED.replace(microsecond=0), False),
        (STARTED + timedelta(seconds=5), False),
        (STARTED - timedelta(seconds=1), True),
        (None, False),
    ],
)
def test_what_was_known_before_the_run(first_seen: datetime | None, from_before: bool) -> None:
    url = "http://news.example/1.html"
    known = first_seen and Known(id="0" * 32, site="site", url=url, via="listing", first_seen=first_seen)
    run = SimpleNamespace(store=SimpleNamespace(known=lambda _: known), failure=None, started=STARTED)
    assert Memory(run).is_from_before("0" * 32) is from_before
