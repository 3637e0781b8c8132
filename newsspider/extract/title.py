"""The main headline: what the page prints above its text, with `<title>` and metadata as witnesses."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from newsspider.extract.bylines import standing
from newsspider.extract.lines import is_caption, is_header, kind_of
from newsspider.page.document import Page
from newsspider.page.outline import Block
from newsspider.page.text import any_of, clean, remembered

# 某新闻_某网, 某新闻 - 某网, 某新闻|某网, 某新闻--某网, 某新闻 — 某网
_SEPARATOR: Final = re.compile(
    r"\s{0,3}(?:_+|--+|——?|\||｜|\s-\s?|\s?-\s|-(?=[\u4e00-\u9fff]{2,10}(?:网|报|站|频道|新闻|中心|在线)?$)|－|<|>|»|«|::)\s{0,3}"
)
_HINT: Final = re.compile(r"tit|headline|biaoti|\bbt\b|name|h1|subject")
_is_named_title: Final = remembered(_HINT)
_NOT_TITLE: Final = re.compile(
    r"当前的?位置|您的位置|所在位置|您现在|>>|»|\s>\s[^>]{1,12}\s>\s|[|｜][^|｜]{1,8}[|｜]|首页\s?[-—>»_]|^正文$|字号|来源[:：]|作者[:：]|\d{4}[-年/]\d{1,2}[-月/]\d{1,2}.{0,12}$|责任编辑|^分享|^热门|^相关"
)
# .font01, .bigtitle, font-size:22px
_LARGE: Final = re.compile(r"font_?0?1\b|big|font-size:\s?(?:1[89]|[23]\d)(?:px|pt)|x-large|title|bt")
#: A score at which a line is the headline; blocks above the text among which one may be it.
_SURE: Final = 3.0
_NEAR: Final = 8
_META_TITLES: Final = ("og:title", "articletitle", "twitter:title", "headline", "title", "dc.title")


@dataclass(frozen=True, slots=True)
class Title:
    """The headline, the block that prints it (None: only metadata has it) and the rule that found it."""

    text: str
    block: Block | None
    last: int
    rule: str


def fold(text: str) -> str:
    """Return `text` for comparison: NFKC, no white space, lower case, one kind of quotes and dashes."""
    text = unicodedata.normalize("NFKC", text).lower()
    if _QUOTES.search(text) is not None:
        text = text.translate(_SAME)
    return "".join(text.split())


_SAME: Final = str.maketrans(
    {"“": '"', "”": '"', "「": '"', "」": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "•": "·", "・": "·"}
)
_QUOTES: Final = any_of(*map(chr, _SAME))


def find_title(page: Page, start: int) -> Title | None:  # noqa: C901 - candidates, then metadata
    """Return the headline; `start` is the first block of the text (headlines stand above it)."""
    outline = page.outline
    witnesses = [fold(page.head_title)] + [fold(page.metas[n]) for n in _META_TITLES if n in page.metas]
    witnesses = [w for w in witnesses if w]
    best: tuple[float, Title] | None = None
    blocks = outline.blocks
    for index in range(min(start, len(blocks)) - 1, -1, -1):
        block = blocks[index]
        if not 4 <= block.size <= 120 or (block.link_size * 2 > block.size and not block.level):
            continue
        candidate, last = _whole(blocks, index, witnesses)
        if candidate.isascii() and not any(fold(candidate) in witness for witness in witnesses):
            continue  # Toggle navigation, www.example.cn
        score = _score(block, candidate, witnesses, distance=start - index)
        if score > 0 and last + 1 < len(blocks) and is_header(blocks[last + 1].text):
            score += 1.5
        if score > 0 and (best is None or score > best[0]):
            rule = "heading" if block.level else "block"
            best = (score, Title(candidate, block, last, rule))
    if best and best[0] >= _SURE:
        return best[1]
    if len(witnesses) < 2 and (guess := _above(blocks, start)) is not None:
        return guess
    for name in _META_TITLES[:4]:
        if name in page.metas and (text := clean(page.metas[name])):
            return Title(_without_site(text), None, -1, f"meta {name}")
    if best:
        return best[1]
    if page.head_title:
        return Title(_without_site(page.head_title), None, -1, "title element")
    return None


def _above(blocks: list[Block], start: int) -> Title | None:
    """Return the line above the text that may be its headline, where `<title>` names only the site."""
    best: tuple[float, Title] | None = None
    for index in range(max(0, start - _NEAR), min(start, len(blocks))):
        block = blocks[index]
        text = block.text
        if (
            not 8 <= block.size <= 60
            or block.link_size * 2 > block.size
            or text.isascii()
            or text.endswith("。")
            or _NOT_TITLE.search(text)
        ):
            continue
        if is_header(text) or kind_of(text) is not None or standing(text) is not None or is_caption(text):
            continue
        score = block.level + 2.0 * bool(_LARGE.search(block.box.hint)) + (block.strong_size * 2 > block.size)
        score += 2.0 * bool(_LARGE.search(block.box.el.get("style") or "")) + min(block.size, 24) / 24
        score += 1.5 * (index + 1 < len(blocks) and is_header(blocks[index + 1].text))
        if best is None or score > best[0]:
            best = (score, Title(text, block, index, "line above the text"))
    return best[1] if best else None


def _whole(blocks: list[Block], index: int, witnesses: list[str]) -> tuple[str, int]:
    """Join a headline that a `<br>` breaks, where a witness has it whole."""
    block, text, last = blocks[index], blocks[index].text, index
    while last + 1 < len(blocks) and blocks[last + 1].broken and blocks[last + 1].box is block.box:
        longer = f"{text} {blocks[last + 1].text}"
        if not any(fold(longer) in w for w in witnesses):
            break
        text, last = longer, last + 1
    return text, last


def _score(block: Block, text: str, witnesses: list[str], *, distance: int) -> float:
    folded = fold(text)
    if _NOT_TITLE.search(text):
        return 0.0
    score = {1: 4.0, 2: 2.5, 3: 2.0, 4: 1.5, 5: 1.5, 6: 1.0}.get(block.level, 0.0)
    for at, witness in enumerate(witnesses):
        if len(folded) >= 4 and folded in witness:
            share = (5.0 if witness.startswith(folded) else 1.0 + min(len(folded), 24) / 12) * (
                1.0 if at == 0 else 0.8
            )
            score += share + min(len(folded), 40) / 20
        elif len(witness) >= 8 and witness in folded:
            score += 2.0
    if _is_named_title(block.box.hint):
        score += 1.0
    if block.strong_size * 2 > block.size:
        score += 0.5
    if block.size < 6:
        score -= 1.5
    if block.link_size:
        score -= 1.0
    return score - min(distance, 60) * 0.03


def _without_site(text: str) -> str:
    """Cut the names of channel and site off a `<title>`."""
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    if len(parts) < 2:
        return text.strip()
    longest = max(parts, key=len)
    return parts[0] if len(parts[0]) * 2 >= len(longest) else longest
