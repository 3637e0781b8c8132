"""No regular expression of the package is slow on a hostile string: time grows no faster than the string."""

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import newsspider
from newsspider.page.text import clean

SIZE = 100_000
#: Milliseconds that promise a bounded page are 50; a busy machine gets eight times that.
MOST_SECONDS = 0.4
UNITS = (
    "a", "1", " ", "\n", "/", "-", "=", "%", "[", "<", ">", ":", ".", "页", "年", "　", "a ", "1 ", "1-", "a1", "1:", "a=", "a.", "<a ", "</",
    "&a", "2026", "2026-1-1 ", "2026年1月1日", "来源：", "记者 张", "责任编辑：", "第一页", "/a/a", "http://", "(a", "（", "\n\n", " \n", "1/1",
    "（记者 ", "[1] ", "、", "王", "更多", "　1、", "·", ">> ", "摄", "a_b-",
)  # fmt: skip


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(newsspider.__path__, "newsspider."):
        if not found.name.startswith(("newsspider.spiders.", "newsspider.demo.")):
            yield found.name


def patterns_in(value: object, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern]]:
    """Patterns of a module's global: itself, or in a tuple, a dict, a set."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth < 3 and isinstance(value, dict):
        for key, inner in value.items():
            yield from patterns_in(inner, f"{name}[{key!r:.40}]", depth + 1)
            yield from patterns_in(key, f"{name}.key", depth + 1)
    elif depth < 3 and isinstance(value, tuple | list | set | frozenset):
        for place, inner in enumerate(value):
            yield from patterns_in(inner, f"{name}[{place}]", depth + 1)


def all_patterns() -> dict[str, re.Pattern]:
    found: dict[str, re.Pattern] = {}
    for module_name in modules():
        module = importlib.import_module(module_name)
        for name, value in vars(module).items():
            if not name.startswith("__"):
                for label, pattern in patterns_in(value, f"{module_name.removeprefix('newsspider.')}.{name}"):
                    found.setdefault(label, pattern)
    unique: dict[tuple, str] = {}
    for label, pattern in found.items():
        unique.setdefault((pattern.pattern, pattern.flags), label)
    return {label: found[label] for label in unique.values()}


PATTERNS = all_patterns()


#: Patterns that see only what `clean` has gone through: no run of spaces is left in it.
CLEANED = {"discover.masthead._SEPARATOR"}
#: Patterns that see only strings up to so many characters.
CUT = {"extract.article_links._LEGAL": 100}


def uses(label: str) -> set[str]:
    """Return how the pattern's own module asks it: search, match, fullmatch, or all matches (split, sub, ...)."""
    module, _, name = label.rpartition(".")
    if "[" in label or not name:
        return {"search"}
    source = inspect.getsource(importlib.import_module(f"newsspider.{module}"))
    found = set(re.findall(rf"\b{re.escape(name)}\.([a-z]+)\b", source)) & {*dir(re.Pattern)}
    return found or {"search"}


def seconds(label: str, pattern: re.Pattern, unit: str, size: int) -> float:
    """Return the CPU seconds that a string of the unit costs, with an end that does not fit."""
    text: str | bytes = (unit * (size // len(unit) + 1))[:size] + "\x00!"
    text = text[: CUT.get(label, len(text))]
    if label in CLEANED:
        text = clean(text)
    if isinstance(pattern.pattern, bytes):
        text = text.encode()[:size]
    began = time.process_time()
    for use in uses(label):
        if use in {"search", "match", "fullmatch"}:
            getattr(pattern, use)(text)
        elif use not in {"pattern", "flags"}:
            for _ in pattern.finditer(text):
                pass
    return time.process_time() - began


def test_patterns_were_found() -> None:
    assert len(PATTERNS) > 60
    rooms = {label.partition(".")[0] for label in PATTERNS}
    assert {"page", "extract", "discover", "store", "archive", "profile", "items"} <= rooms


def test_a_slow_pattern_would_be_found() -> None:
    slow = re.compile(r"(?:\s+a)+$")
    assert max(seconds("x[0]", slow, unit, 10_000) for unit in UNITS) > MOST_SECONDS / 10


@pytest.mark.parametrize("label", list(PATTERNS))
def test_a_pattern_is_fast_on_hostile_text(label: str) -> None:
    pattern = PATTERNS[label]
    for unit in UNITS:
        # In steps: what is quadratic shows early and does not hold the tests up.
        for size in (SIZE // 100, SIZE // 10, SIZE):
            took = seconds(label, pattern, unit, size)
            if took > MOST_SECONDS * size / SIZE:
                took = seconds(label, pattern, unit, size)
            assert took < max(MOST_SECONDS * size / SIZE, 0.02), (
                f"{unit!r}: {took:.3f} s for {size} characters"
            )
