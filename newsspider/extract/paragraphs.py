"""The body's text: the blocks that were kept, cut and joined as the page shows paragraphs."""

import re
from collections.abc import Sequence
from typing import Final

from newsspider.extract import sheets
from newsspider.page.elements import NODE
from newsspider.page.outline import Block, Box
from newsspider.page.text import clean

# …完工。　　新建农田…: a paragraph's indent in the middle of a text
_INDENT: Final = re.compile(r"(?<=[。！？：”）])\s{0,3}\u3000{2}(?!\s{0,3}[(（])")
_PRE_LINE: Final = re.compile(r"\n")


def joined(blocks: Sequence[Block]) -> str:
    """Return the body's text: paragraphs joined by one blank line, the cells of a table's row by a space."""
    parts: list[str] = []
    row: Box | None = None
    for block in blocks:
        before, row = row, sheets.row_of(block)
        if row is not None and row is before:
            parts[-1] += f" {block.text}"
        else:
            parts += _parts(block)
    return "\n\n".join(parts)


def _parts(block: Block) -> Sequence[str]:
    """Cut a block where its source shows paragraphs without a tag: an indent, a line of a `<pre>`."""
    raw = block.source.strip()
    cut, mark = (_PRE_LINE, "\n") if block.box.tag == "pre" else (_INDENT, "\u3000\u3000")
    if mark not in raw or cut.search(raw := raw.replace(NODE, "")) is None:
        return (block.text,)
    return [text for part in cut.split(raw) if (text := clean(part))]
