"""The record refuses what contradicts itself."""

import pytest

from newsspider.items import Article, Precision


@pytest.mark.parametrize(
    ("published_at", "precision"),
    [
        ("2026-02-30", "day"),
        ("2026-13-01", "relative"),
        ("2026-11-25T25:61+08:00", "minute"),
        ("2026-11-25", "minute"),
        ("2026-11-25T08:00:00", "second"),
        ("2026-11-25T08:00+08:00", "day"),
        ("2026-11-25", None),
        (None, "day"),
    ],
)
def test_a_time_that_is_none_is_refused(published_at: str | None, precision: Precision | None) -> None:
    with pytest.raises(ValueError, match=r"."):
        Article(url=None, title="清河县", published_at=published_at, published_precision=precision)


def test_a_time_has_the_precision_that_it_prints() -> None:
    for published_at, precision in (
        ("2026-02-28", "day"),
        ("2026-11-25T08:00+08:00", "minute"),
        ("2026-11-25T08:00:09Z", "second"),
        ("2026-11-25", "relative"),
    ):
        Article(url=None, title="清河县", published_at=published_at, published_precision=precision)  # type: ignore[arg-type]
