"""docs/promises.md names tests that exist, and none of the tests named for a promise is left out."""

import ast
import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (P\d+) \| \*\*.+?\*\* .+? \|(.*)\|$", re.MULTILINE)


def page() -> dict[str, list[str]]:
    text = (PROJECT / "docs" / "promises.md").read_text("utf-8")
    return {name: re.findall(r"`(tests/[^`]+::\w+)`", tests) for name, tests in ROW.findall(text)}


def functions() -> set[str]:
    """Every test function as `tests/x/test_y.py::test_z`."""
    return {
        f"{path.relative_to(PROJECT)}::{node.name}"
        for path in (PROJECT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def test_all_promises_are_there() -> None:
    assert list(page()) == [f"P{number}" for number in range(1, 16)]


def test_the_tests_that_are_named_exist() -> None:
    named = {test for tests in page().values() for test in tests}
    assert named <= functions(), sorted(named - functions())


def test_tests_that_bear_a_promise_are_named_there() -> None:
    promised = page()
    for test in functions():
        for number in re.findall(r"_p(\d+)", test.split("::")[1]):
            if f"P{number}" in promised and "slow" not in test and "long" not in test:
                assert promised[f"P{number}"], f"{test} holds P{number}, which names no test"
