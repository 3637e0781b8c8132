"""Text of strangers on one line of a terminal or a log: nothing in it can act or forge a line."""

from typing import Final

#: How much of a URL, a title or an error's text is shown.
LIMIT: Final = 300
_IDEOGRAPHIC_SPACE: Final = "\u3000"


def one_line(text: object, limit: int = LIMIT) -> str:
    r"""Return `text` on one line, cut at `limit` characters, what does not print as an escape.

    Line breaks, ANSI sequences, bidi marks and lone surrogates become `\n`, `\x1b`, `\u202e`,
    `\ud800`: visible, and harmless.
    """
    shown = str(text)
    if len(shown) > limit:
        # Cut before escaping: a hostile megabyte costs nothing.
        shown = shown[: limit - 1] + "…"
    if shown.isprintable():
        return shown
    shown = "".join(map(_escaped, shown))
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _escaped(character: str) -> str:
    if character.isprintable() or character == _IDEOGRAPHIC_SPACE:
        return character
    return character.encode("unicode_escape").decode("ascii")
