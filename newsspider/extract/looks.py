"""What a line looks like, whatever its words: a link, a sign, the headline again."""

from collections.abc import Sequence
from typing import Final

from newsspider.extract import lines
from newsspider.page.outline import Block, Box

#: Lines at the top of a text among which the headline may stand again.
FIRST: Final = 4
#: Characters of a sign such as END; characters from which digits are a row of numbers.
_SIGN: Final = 12
_NUMBERS: Final = 20


def printed_again(title: str, blocks: Sequence[Block]) -> list[int]:
    """Return where the lines end that print the headline again, in one line or in several."""
    wanted = "".join(title.split())
    found: list[int] = []
    for first in range(min(FIRST, len(blocks))):
        printed = ""
        for at in range(first, len(blocks)):
            printed += "".join(blocks[at].text.split())
            if printed == wanted:
                found.append(at)
            if not wanted.startswith(printed):
                break
    return found


def unlinked(block: Block) -> str:
    """Return the beginning of a line that ends with a link: 相关报道：."""
    return block.text[: block.size - block.link_size].strip()


def is_linked(block: Block) -> bool:
    """Return whether much of a line that is no sentence is a link."""
    return block.link_size * 5 >= block.size * 2 and not lines.ends_sentence(block.text)


def is_sign(text: str) -> bool:
    """Return whether the line is a short number or a few marks, such as END."""
    if len(text) <= _SIGN and text.isascii():
        return True
    if text[0].isalpha() or any(map(str.isalpha, text)):
        return False
    return len(text) <= _NUMBERS or not any(map(str.isdigit, text))


def is_hidden(box: Box) -> bool:
    """Return whether the box's own style hides it."""
    style = box.el.get("style")
    # Styles like "border-style:none;display:inline-block" are usual in text that an editor's tool made.
    return style is not None and "none" in style and "display:none" in style.replace(" ", "").lower()
