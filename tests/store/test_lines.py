"""One line for every reader: the encoder against any text and any number."""

import json
import math
from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsspider.errors import DamagedRecord
from newsspider.items import Visit
from newsspider.store.lines import MAX_INTEGER, decode, encode, safe_text

# Any code points, lone surrogates and NUL included.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)


def safe(value: object) -> object:
    """The value as a line holds it."""
    match value:
        case str():
            return safe_text(value)
        case list():
            return [safe(item) for item in value]
        case dict():
            return {safe_text(key): safe(item) for key, item in value.items()}
    return value


def refuse(name: str) -> None:
    raise AssertionError(name)


@settings(deadline=None)
@given(st.dictionaries(ANY_TEXT, VALUES, max_size=5))
def test_one_line_that_reads_back(record: dict[str, object]) -> None:
    line = encode(record)
    assert line.endswith(b"\n")
    text = line.decode("utf-8")
    assert len(text.splitlines()) == 1
    assert len(line.splitlines()) == 1
    assert json.loads(text, parse_constant=refuse) == safe(record)
    assert msgspec.json.decode(line) == safe(record)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\0b", "ab"),
        ("\ud83d\ude00", "😀"),  # a pair that was split is one character
        ("前\ud800后", "前\ufffd后"),
        ("\udc00\ud800", "\ufffd\ufffd"),
        ("一\u2028二\u2029三\x85四", "一\u2028二\u2029三\x85四"),
        ("\ufeff\ufffe", "\ufeff\ufffe"),
    ],
)
def test_text(text: str, expected: str) -> None:
    line = encode({"t": text})
    assert json.loads(line) == {"t": expected}
    assert len(line.decode().splitlines()) == 1


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, MAX_INTEGER + 1, -MAX_INTEGER - 1])
def test_numbers_that_are_no_json_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match=r"no JSON number|beyond"):
        encode({"n": [number]})


def test_other_types_are_refused() -> None:
    @dataclass
    class Odd:
        value: object

    with pytest.raises(TypeError):
        encode(Odd(object()))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"\xff\xfe\n",
        b"[1]\n",
        b'{"run":1}\n',
        b"[" * 100_000,
        b'{"outcome":"gone"}\n',
    ],
)
def test_what_is_no_record_is_damaged(line: bytes) -> None:
    with pytest.raises(DamagedRecord):
        decode(line, Visit)
