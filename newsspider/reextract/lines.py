"""Lines of a re-extraction's output: JSON as the store writes it, of values that are safe already."""

from typing import Final

import msgspec

#: Line breaks to `str.splitlines` and to JavaScript, legal in JSON: U+0085, U+2028, U+2029.
_LINE_BREAKS: Final = {"\u0085": b"\\u0085", "\u2028": b"\\u2028", "\u2029": b"\\u2029"}
_ESCAPES: Final = {text.encode(): escape for text, escape in _LINE_BREAKS.items()}


def line_of(value: object) -> bytes:
    """Return a dataclass or plain values as one line of UTF-8 JSON ended by a newline.

    Strings have no lone surrogates: `store.draft.bounded` saw to that.
    """
    data = msgspec.json.encode(value)
    for raw, escape in _ESCAPES.items():
        if raw in data:
            data = data.replace(raw, escape)
    return data + b"\n"
