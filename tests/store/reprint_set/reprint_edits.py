"""What editors do to a text that they take over from another paper."""

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

Rng = random.Random
Edit = Callable[[Rng, Sequence[str]], list[str]]

_PAPERS: Final = ["清澜晚报", "云川日报", "海屏新闻网", "洛原发布", "东沧在线", "南渠融媒"]
_PEOPLE: Final = ["苏婉", "陆一鸣", "高晓川", "侯雪", "郝建", "石磊", "白露", "欧阳靖"]
_LEADS: Final = (
    "本报讯（记者 {person}）",
    "本报讯 {person} 通讯员 {other} 报道：",
    "本网讯 ",
    "据《{paper}》报道，",
    "据{paper}消息，",
    "{paper}12月6日电（记者{person}、{other}）",
    "【{paper}讯】",
    "中新网云川12月6日电 (记者 {person})",
)
_LAST_LINES: Final = (
    "（责任编辑：{person}）",
    "来源：{paper}",
    "记者 {person} 文/图",
    "编辑：{person} 校对：{other} 审核：{person}",
    "（{paper}记者 {person} 通讯员 {other}）",
    "原标题：记者走进现场，看看发生了什么",
)
_PHOTO_LINES: Final = (
    "图为活动现场。{person}摄",
    "▲记者在现场采访。（{paper} {person} 摄）",
    "资料图片",
    "现场画面。 受访者供图",
)
_DISCLAIMER: Final = (
    "免责声明：本文转载自其他媒体，目的在于传递更多信息，并不代表本网赞同其观点和对其真实性负责。"
    "如涉及作品内容、版权和其他问题，请在三十日内与本网联系，我们将在第一时间删除内容。"
    "本网站转载图片、文字之类版权申明，本网站无法鉴别所上传图片或文字的知识版权，如果侵犯，请及时通知。"
)


def _fill(rng: Rng, pattern: str) -> str:
    person, other = rng.sample(_PEOPLE, 2)
    return pattern.format(person=person, other=other, paper=rng.choice(_PAPERS))


def verbatim(_rng: Rng, body: Sequence[str]) -> list[str]:
    """Nothing but the headline differs, and that isn't part of the body."""
    return list(body)


def headline(_rng: Rng, body: Sequence[str]) -> list[str]:
    """Another headline stands as first paragraph."""
    return ["这件事引起了不少人的关注", *body]


def one_dropped(rng: Rng, body: Sequence[str]) -> list[str]:
    """A paragraph is dropped."""
    gone = rng.randrange(len(body))
    return [p for i, p in enumerate(body) if i != gone] or list(body)


def several_dropped(rng: Rng, body: Sequence[str]) -> list[str]:
    """A third of the paragraphs is dropped."""
    gone = set(rng.sample(range(len(body)), len(body) // 3))
    return [p for i, p in enumerate(body) if i not in gone]


def _half(body: Sequence[str], order: Sequence[int]) -> list[str]:
    kept: set[int] = set()
    size = 0
    for i in order:
        if kept and size + len(body[i]) / 2 > sum(map(len, body)) / 2:
            break
        kept.add(i)
        size += len(body[i])
    return [p for i, p in enumerate(body) if i in kept]


def first_half(_rng: Rng, body: Sequence[str]) -> list[str]:
    """The first half."""
    return _half(body, range(len(body)))


def last_half(_rng: Rng, body: Sequence[str]) -> list[str]:
    """The last half."""
    return _half(body, range(len(body))[::-1])


def any_half(rng: Rng, body: Sequence[str]) -> list[str]:
    """Half of the paragraphs, from anywhere."""
    return _half(body, rng.sample(range(len(body)), len(body)))


def lead_in(rng: Rng, body: Sequence[str]) -> list[str]:
    """A lead-in stands before the first sentence."""
    return [_fill(rng, rng.choice(_LEADS)) + body[0], *body[1:]]


def other_lead_in(rng: Rng, body: Sequence[str]) -> list[str]:
    """The first clause gives way to a lead-in."""
    rest = re.split(r"[，。]", body[0], maxsplit=1)[-1]
    return [_fill(rng, rng.choice(_LEADS)) + rest, *body[1:]]


def editors_line(rng: Rng, body: Sequence[str]) -> list[str]:
    """A line of the editor or the reporter stands at the end."""
    return [*body, *(_fill(rng, line) for line in rng.sample(_LAST_LINES, 2))]


def photo_lines(rng: Rng, body: Sequence[str]) -> list[str]:
    """Captions stand between the paragraphs."""
    lines = list(body)
    for line in rng.sample(_PHOTO_LINES, 2):
        lines.insert(rng.randint(0, len(lines)), _fill(rng, line))
    return lines


def disclaimer(_rng: Rng, body: Sequence[str]) -> list[str]:
    """The site's disclaimer stands at the end."""
    return [*body, _DISCLAIMER]


def merged(_rng: Rng, body: Sequence[str]) -> list[str]:
    """All paragraphs are one."""
    return ["".join(body)]


def cut_up(_rng: Rng, body: Sequence[str]) -> list[str]:
    """Every sentence is a paragraph."""
    return [s for p in body for s in re.findall(r"[^。！？]+[。！？]?[”」]?", p)]


_HALF: Final = str.maketrans("，。！？；：（）“”‘’、", ",.!?;:()\"\"'',")
_FULL: Final = {ord("0") + i: ord("０") + i for i in range(10)} | {ord("%"): ord("％")}


def half_width(_rng: Rng, body: Sequence[str]) -> list[str]:
    """Punctuation in half width."""
    return [p.translate(_HALF) for p in body]


def full_width(_rng: Rng, body: Sequence[str]) -> list[str]:
    """Digits in full width, paragraphs indented."""
    return ["　　" + p.translate(_FULL) for p in body]


def typos(rng: Rng, body: Sequence[str]) -> list[str]:
    """Three places are corrected: a character dropped, changed, doubled."""
    lines = list(body)
    for _ in range(3):
        i = rng.randrange(len(lines))
        at = rng.randrange(len(lines[i]))
        new = rng.choice(("", "的", lines[i][at] * 2))
        lines[i] = lines[i][:at] + new + lines[i][at + 1 :]
    return [line for line in lines if line]


def numbers(rng: Rng, body: Sequence[str]) -> list[str]:
    """Two figures are corrected."""
    text = "\n".join(body)
    found = list(re.finditer(r"\d+", text))
    for match in sorted(rng.sample(found, min(2, len(found))), key=lambda m: -m.start()):
        text = f"{text[: match.start()]}{int(match[0]) + 1}{text[match.end() :]}"
    return text.split("\n")


def quotation_marks(_rng: Rng, body: Sequence[str]) -> list[str]:
    """Quotation marks of another kind, some of them left out."""
    lines = [p.translate(str.maketrans("“”‘’", "「」『』")) for p in body]
    return [line.replace("「", "").replace("」", "") if i % 3 == 0 else line for i, line in enumerate(lines)]


def shortened(rng: Rng, body: Sequence[str]) -> list[str]:
    """A sentence is dropped from every second paragraph."""
    lines = []
    for i, paragraph in enumerate(body):
        sentences = re.findall(r"[^。！？]+[。！？]?[”」]?", paragraph)
        if i % 2 == 0 and len(sentences) > 1:
            del sentences[rng.randrange(len(sentences))]
        lines.append("".join(sentences))
    return lines


def surrounded(rng: Rng, body: Sequence[str]) -> list[str]:
    """The whole text stands within a longer one of one's own."""
    own = (
        "这几天，本报热线接到不少读者来电，询问这件事的来龙去脉，编辑部也为此展开了讨论，现将有关报道转发如下，供大家参考。",
        "看完这篇报道，您有什么想说的？欢迎在评论区留言，点赞最多的三位读者将获得本报送出的一份小礼物，活动截止本周日晚上八点。",
    )
    return [own[0], *body, own[1], *(rng.sample(own, 1) if len(body) > 8 else ())]


def together(rng: Rng, body: Sequence[str]) -> list[str]:
    """A paragraph dropped, a lead-in, a caption, an editor's line, half width, corrections."""
    return half_width(
        rng, typos(rng, editors_line(rng, photo_lines(rng, lead_in(rng, one_dropped(rng, body)))))
    )


def half_and_more(rng: Rng, body: Sequence[str]) -> list[str]:
    """Half of the paragraphs, a lead-in and an editor's line."""
    return editors_line(rng, lead_in(rng, any_half(rng, body)))


EDITS: Final[dict[str, Edit]] = {
    edit.__name__: edit
    for edit in (
        verbatim, headline, one_dropped, several_dropped, first_half, last_half, any_half, lead_in,
        other_lead_in, editors_line, photo_lines, disclaimer, merged, cut_up, half_width,
        full_width, typos, numbers, quotation_marks, shortened, surrounded, together, half_and_more,
    )
}  # fmt: skip

#: Edits by OpenCC, when it is installed: the name of its configuration.
TRADITIONAL: Final = {"traditional": "s2t", "taiwan": "s2tw", "taiwan_words": "s2twp", "hongkong": "s2hk"}


def edits() -> dict[str, Edit]:
    """Return all edits that can be made here."""
    try:
        import opencc
    except ImportError:
        return dict(EDITS)

    def convert(config: str) -> Edit:
        converter = opencc.OpenCC(config)
        return lambda _rng, body: [converter.convert(p) for p in body]

    traditional = {name: convert(config) for name, config in TRADITIONAL.items()}
    both = convert("s2tw")
    return {
        **EDITS,
        **traditional,
        "traditional_half": lambda rng, body: both(rng, lead_in(rng, any_half(rng, body))),
    }
