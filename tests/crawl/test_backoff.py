"""What a Retry-After header says."""

from datetime import UTC, datetime

import pytest

from newsspider.crawl.backoff import retry_after

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 120 ", 120.0),
        (b"0", 0.0),
        (b"1000000000", 1e9),
        (b"9" * 400, float("9" * 12)),
        (b"Wed, 25 Nov 2026 08:31:00 GMT", 60.0),
        (b"Wed, 25 Nov 2026 08:00:00 GMT", 0.0),  # past
        (b"-5", None),
        (b"soon", None),
        (b"", None),
        (None, None),
        (b"\xff\xfe", None),
        (b"Wed, 99 Nov 2026 08:31:00 GMT", None),
    ],
)
def test_retry_after(value: bytes | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds
