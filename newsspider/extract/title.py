"""The main headline: what the page prints above its text, with `<title>` and metadata as witnesses."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newsspider.extract.bylines import standing
from newsspider.extract.lines import is_caption, is_header, kind_of
from newsspider.page.document import Page
from newsspider.page.outline import Block
from newsspider.page.text import any_of, clean, remembered

# 某新闻_某网, 某新闻 - 某网, 某新闻|某网, 某新闻--某网, 某新闻 — 某网
_SEPARATOR: Final = re.compile(
    r"\s{0,3}(?:_+|--+|——?|\||｜|\s-\s?|\s?-\s|-(?=[\u4e00-\u9fff]{2,10}(?:网|报|站|频道|新闻|中心|在线)?$)|-(?=第?\s?[A-Z]?\d{1,3}\s?版)|－|<|>|»|«|::)\s{0,3}"
)
_HINT: Final = re.compile(r"tit|headline|biaoti|\bbt\b|name|h1|subject")
_is_named_title: Final = remembered(_HINT)
# 首页 > 新闻 > 正文, 字号：大 中 小, 分享到：; not 老字号开新店, 相关部门回应停水
_NOT_TITLE: Final = re.compile(
    r"当前的?位置|您的位置|所在位置|您现在|>>|»|\s>\s[^>]{1,12}\s>\s|[|｜][^|｜]{1,8}[|｜]|首页\s?[-—>»_]|^正文$|(?<!老)字号(?=[\s:：|｜【\[大中小]|$)|来源[:：]|作者[:：]|责任编辑(?=[\s:：]|$)|^分享(?:[到至][\s:：]?(?:$|微|QQ|新浪|朋友)|[:：]|$)|^(?:热门|相关)[^，：:]{0,4}$"
)
# 2023-03-29 10:00, at the end of a line that no `<title>` begins with
_DATED: Final = re.compile(r"\d{4}[-年/]\d{1,2}[-月/]\d{1,2}.{0,12}$")
# .font01, .bigtitle, font-size:22px
_LARGE: Final = re.compile(r"font_?0?1\b|big|font-size:\s?(?:1[89]|[23]\d)(?:px|pt)|x-large|title|bt")
# 标题：…, 名　称：…, where the headline is a field
_LABEL: Final = re.compile(r"^(?:标\s{0,8}题|(?:信息|文件)?名\s{0,8}称|题\s{0,4}目)\s?[:：]\s?")
# 清河县人民政府门户网站, 清河日报数字报: what a site is called
_SITE: Final = re.compile(
    r"^(?!.*(?:举[行办]|召开|开展|走进|进驻|会见|调研|考察|建成|成立|入选|荣?获|将|被|到|在(?!线)|访|赴|与|为))"
    r"[\u4e00-\u9fffA-Za-z·]{0,20}(?:网|网站|门户|政府|[日晚早晨时商周]报|都市报|周刊|报社|报|在线|频道|电子版|首页|局|厅|委|委员会|办公室"
    r"|大学|学院|学校|中学|小学|医院|集团|公司|协会|中心|电视台|广播|传媒|融媒|客户端)(?:官网|官方网站|门户网站|网站|首页|数字报|电子报|新闻中心)?"
)
# 清河县人民政府-政务要闻-清河今年…
_PARTS: Final = re.compile(r"[-_|｜—－–>»\s]+")
_SITE_METAS: Final = ("sitename", "og:site_name")
_MARKS: Final = ("", "_", "-", "|", "<", ">")
#: Characters of a headline, of one that needs no line of time and source below it, of a tag inside it.
_SHORTEST: Final = 2
_SHORT: Final = 4
_LONGEST: Final = 160
_TAG: Final = 4
_STAMP: Final = 24
#: Characters of a line in which a heading goes on.
_LINE: Final = 40
#: Witnesses beside whose silence a line above the text is no headline.
_WITNESSES: Final = 2
#: A score at which a line is the headline; blocks above the text among which one may be it.
_SURE: Final = 3.0
_NEAR: Final = 8
_META_TITLES: Final = ("og:title", "articletitle", "twitter:title", "headline", "title", "dc.title")


@dataclass(frozen=True, slots=True)
class Title:
    """The headline, the block that prints it (None: only metadata has it) and the rule that found it.

    last: the last block of a broken headline. dated: the time stands in the heading as well.
    """

    text: str
    block: Block | None
    last: int
    rule: str
    dated: bool = False


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


@dataclass(frozen=True, slots=True)
class _Said:
    """What `<title>` and metadata say: texts that may hold the headline, and names of the site."""

    texts: tuple[str, ...]
    sites: frozenset[str]

    def holds(self, text: str) -> bool:
        """Return whether one of the texts holds `text`."""
        folded = fold(text)
        return any(folded in said for said in self.texts)


def _said(page: Page) -> _Said:
    texts: list[str] = []
    sites = {fold(page.metas[name]) for name in _SITE_METAS if name in page.metas}
    for text in [page.head_title, *(page.metas[name] for name in _META_TITLES if name in page.metas)]:
        parts = [part for part in _PARTS.split(text) if part]
        named = [part for part in parts if _SITE.fullmatch(part)]
        sites.update(map(fold, named))
        if (folded := fold(text)) and len(named) < max(1, len(parts)):
            texts.append(folded)
    return _Said(tuple(texts), frozenset(sites))


def find_title(page: Page, start: int) -> Title | None:
    """Return the headline; `start` is the first block of the text (headlines stand above it)."""
    blocks = page.outline.blocks
    said = _said(page)
    best: tuple[float, Title] | None = None
    for index in range(min(start, len(blocks)) - 1, -1, -1):
        found = _candidate(blocks, index, said, distance=start - index)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    if best and best[0] >= _SURE:
        return best[1]
    if len(said.texts) < _WITNESSES and (guess := _above(blocks, start)) is not None:
        return guess
    for name in _META_TITLES[:4]:
        if name in page.metas and (text := clean(page.metas[name])):
            return Title(_without_site(text), None, -1, f"meta {name}")
    if best:
        return best[1]
    if page.head_title:
        return Title(_without_site(page.head_title), None, -1, "title element")
    return None


def _candidate(blocks: list[Block], index: int, said: _Said, *, distance: int) -> tuple[float, Title] | None:
    """Return the line as a headline with its score, None where it is none."""
    block = blocks[index]
    if not _SHORTEST <= block.size <= _LONGEST or (block.link_size * 2 > block.size and not block.level):
        return None
    if block.size < _SHORT and not (block.level and _is_credited(blocks, index)):
        return None
    candidate, last = _whole(blocks, index, said)
    if candidate.isascii() and not said.holds(candidate):
        return None  # Toggle navigation, www.example.cn
    score = _score(block, candidate, said.texts, distance=distance)
    if score <= 0:
        return None
    credited = _is_credited(blocks, last)
    if not credited and fold(candidate) in said.sites:
        return None  # the name of the site in a heading
    score += 1.5 * credited + 0.5 * (last - index)
    rule = "heading" if block.level else "block"
    dated = last == index and candidate != block.text and _DATED.search(block.text) is not None
    return score, Title(candidate, block, last, rule, dated)


def _is_credited(blocks: list[Block], index: int) -> bool:
    """Return whether a line of time and source follows."""
    return index + 1 < len(blocks) and is_header(blocks[index + 1].text)


def _above(blocks: list[Block], start: int) -> Title | None:
    """Return the line above the text that may be its headline, where `<title>` names only the site."""
    best: tuple[float, Title] | None = None
    for index in range(max(0, start - _NEAR), min(start, len(blocks))):
        block = blocks[index]
        text = block.text
        if (
            not _least(blocks, index) <= block.size <= 60
            or block.link_size * 2 > block.size
            or text.isascii()
            or text.endswith("。")
            or _NOT_TITLE.search(text)
            or _DATED.search(text)
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


def _least(blocks: list[Block], index: int) -> int:
    """Return the characters from which a line may be the headline: few where it is marked and credited."""
    block = blocks[index]
    marked = block.level or block.strong_size * 2 > block.size or _LARGE.search(block.box.hint)
    return _SHORT if marked and _is_credited(blocks, index) else _NEAR


def _whole(blocks: list[Block], index: int, said: _Said) -> tuple[str, int]:
    """Return the headline that begins in a block, without labels and tags, and its last block.

    It goes on in the next block where a witness has it whole, or where a `<br>` breaks a heading
    that no witness has.
    """
    block, last = blocks[index], index
    text = _without_tags(block, said)
    heading = bool(block.level) or _is_named_title(block.box.hint)
    while last + 1 < len(blocks):
        following = blocks[last + 1]
        broken = following.broken and following.box is block.box
        if not broken and not (heading and _is_alike(block, following)):
            break
        longer = f"{text} {following.text}"
        if not said.holds(longer) and not (
            broken and block.level and not said.holds(text) and _goes_on(following.text)
        ):
            break
        text, last = longer, last + 1
    return text, last


def _is_alike(block: Block, other: Block) -> bool:
    """Return whether the blocks are lines of one headline by their tags: <h1>…</h1><h1>…</h1>."""
    return (
        block.level == other.level
        and block.box.hint == other.box.hint
        and block.box.el.tag == other.box.el.tag
    )


def _goes_on(text: str) -> bool:
    return len(text) <= _LINE and text[0] not in "—-–－" and not is_header(text) and standing(text) is None


def _without_tags(block: Block, said: _Said) -> str:
    """Return the block's text without a label before it, and without tags, buttons and time in a heading."""
    text = _LABEL.sub("", block.text)
    if len(block.pieces) < 2 or not block.level or said.holds(text):
        return text
    kept = [piece for piece in map(clean, block.pieces) if piece and not _is_tag(piece)]
    return kept[0] if len(kept) == 1 and said.holds(kept[0]) else text


def _is_tag(text: str) -> bool:
    return (len(text) <= _TAG and text.isalnum()) or (len(text) <= _STAMP and _DATED.search(text) is not None)


def _score(block: Block, text: str, witnesses: Sequence[str], *, distance: int) -> float:
    folded = fold(text)
    if text[:1] in "—–" or _NOT_TITLE.search(text):
        return 0.0  # ——渠水通到地头: a subtitle
    if _DATED.search(text) and not any(witness.startswith(folded) for witness in witnesses):
        return 0.0
    score = {1: 4.0, 2: 2.5, 3: 2.0, 4: 1.5, 5: 1.5, 6: 1.0}.get(block.level, 0.0)
    for at, witness in enumerate(witnesses):
        if (len(folded) >= _SHORT and folded in witness) or _stands_first(folded, witness):
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


def _stands_first(text: str, witness: str) -> bool:
    """Return whether `witness` begins with a `text` of few characters: 春渠_清河网."""
    return witness.startswith(text) and witness[len(text) : len(text) + 1] in _MARKS


def _without_site(text: str) -> str:
    """Cut the names of channel and site off a `<title>`."""
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    if len(parts) < 2:
        site, _, rest = text.strip().partition(" ")
        return rest if len(rest) >= _NEAR and _SITE.fullmatch(site) else text.strip()
    parts = [part for part in parts if not _SITE.fullmatch(part.strip())] or parts
    longest = max(parts, key=len)
    return parts[0] if len(parts[0]) * 2 >= len(longest) else longest
