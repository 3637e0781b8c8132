"""Numbers in words."""

import pytest

from newsspider.crawl.reports.wording import duration, each, number_of, percent, size


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (number_of(1, "page"), "1 page"),
        (number_of(0, "page"), "0 pages"),
        (number_of(12_345, "page"), "12,345 pages"),
        (duration(7.9), "0:07"),
        (duration(3720), "1:02:00"),
        (duration(-1), "0:00"),
        (each(3, 0), "–"),
        (each(2.8, 2), "1.4 s"),
        (each(0.5, 40), "12 ms"),
        (size(950), "950 B"),
        (size(1_234), "1.2 kB"),
        (size(123_456_789), "123 MB"),
        (size(5e15), "5,000 TB"),
        (percent(None), "–"),
        (percent(0), "0 %"),
        (percent(0.001), "<1 %"),
        (percent(0.42), "42 %"),
        (percent(0.999), ">99 %"),
        (percent(1), "100 %"),
    ],
)
def test_wording(shown: str, expected: str) -> None:
    assert shown == expected
