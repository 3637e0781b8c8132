"""No regular expression of discovery or of the page's kind is slow on a hostile string."""

import importlib
import re
import time
from collections.abc import Iterator

import pytest

MODULES = [
    *(
        f"newsspider.discover.{name}"
        for name in (
            "dates",
            "feed",
            "home",
            "json_list",
            "link_features",
            "sitemap",
            "traps",
            "url_features",
            "xml_reader",
        )
    ),
    *(f"newsspider.page.{name}" for name in ("further", "kind", "measures", "refusing", "urls")),
]
UNITS = [
    "a",
    "1",
    "/",
    "页",
    "&",
    "[",
    "=",
    "-",
    " ",
    "2023",
    "20-1/",
    "a1",
    "(S(",
    "%a",
    "/a/",
    "页面",
    "<a ",
    "&a",
    "={",
    "1:1",
    "第一",
    "#!",
]
SIZE = 20_000  # the longest URL that is looked at has 8,192 characters


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in MODULES:
        for name, value in vars(importlib.import_module(module)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.removeprefix('newsspider.')}.{name}", value


@pytest.mark.parametrize(("name", "pattern"), list(patterns()), ids=[name for name, _ in patterns()])
def test_a_pattern_is_linear(name: str, pattern: re.Pattern[str]) -> None:
    slowest = 0.0
    for unit in UNITS:
        hostile = (unit * (SIZE // len(unit)))[:SIZE]
        start = time.process_time()
        pattern.search(hostile)
        pattern.match(hostile)
        slowest = max(slowest, time.process_time() - start)
    assert slowest < 0.2, f"{name}: {slowest:.2f} s"
