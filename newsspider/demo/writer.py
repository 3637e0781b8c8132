"""Writes stories: endless, plausible, different from each other and the same for the same seed.

A sentence is a frame filled with short words. Frames are many and their fixed parts short, because
unrelated stories must not look like reprints of each other.
"""

from random import Random
from typing import Final

from newsspider.demo import words
from newsspider.demo.story import Picture, Story

# Every slot in braces is filled anew at each use.
_LEADS: Final = (
    "{reason}，{city}{district}{thing}{doing}，{n}{unit}{thing2}一并纳入，{office}称{followup}。",
    "{month}月{day}日，记者从{city}{office}了解到，{district}{thing}{doing}，预计惠及{n}{unit}。",
    "清晨{hour}点，{city}{district}{place}，{person}{name}已经忙开了：{thing}{doing}，{detail}。",
    "“{feeling}！”站在{district}{place}，{person}{name}指着{thing}说。{reason}，{city}{thing2}{doing}。",
    "{city}{office}{day}日通报，{reason}，全市{thing}{doing}，其中{district}占{n}{unit}，居各地第{k}。",
    "从{n}{unit}到{n2}{unit2}，{city}{district}用{k}年时间让{thing}{doing}。",
)
_BODY: Final = (
    "在{district}{place}，{thing}旁摆着{n}{unit}{thing2}，{person}{name}介绍，这里{detail}，{reason}又添了{detail2}。",
    "{office}工作人员{name}告诉记者，{thing}{doing}以后，{detail}成了惯例，日均接待{n}{unit}。",
    "{name}今年{age}岁，原是{person}，{reason}转行做{thing}，头一年就卖出{n}{unit}，{feeling}。",
    "数据显示，{city}现有{thing}{n}{unit}，较上年增加{pct}%；{thing2}{n2}{unit2}，{doing2}。",
    "“{feeling}。”{person}{name}算了一笔账：{detail}之后，{thing}每{unit}能省{k}元，{n}{unit}就是一大笔。",
    "与{district2}不同，{district}的{thing}走的是{detail}的路子，{reason}由{firm}公司负责，{office}只管{detail2}。",
    "问题也摆在眼前。{place}的{thing}还差{n}{unit}，{person}{name}担心{feeling2}，建议{office}{detail}。",
    "对此，{office}{name}回应：{thing}{doing}，{followup}；至于{thing2}，{followup2}。",
    "{firm}公司负责人{name}说，{reason}订单排到{month}月，{n}{unit}{thing}从{place}发往{city2}、{city3}。",
    "{place}，{n}{unit}{thing}排成一列，{detail}，{person}们一边核对一边说{feeling}。",
    "{reason}，{district}把{thing}与{thing2}合在一处，{detail}、{detail2}，{n}天里{doing2}。",
    "走进{place}，墙上的{thing}图标着{n}处红点，{name}每天{hour}点来看一遍，{detail}，风雨无阻。",
    "按规定，{thing}须{detail}；{age}岁以上的{person}还可{detail2}，名额{n}{unit}，{followup}。",
    "{city}{office}还与{firm}公司约定，{thing2}{doing2}前，{district}不得{doing3}，违约按每{unit}{k}元计。",
    "{person}{name}把{thing}搬到{place}，{k}天就有{n}人来问，{feeling}，连{city2}的客人也赶来{detail}。",
    "记者在{place}看到，{thing}标着“{detail}”，{name}扫码后{k}分钟办完，“{feeling}”。",
)
_ENDS: Final = (
    "{office}表示，{thing}{followup}，{followup2}。",
    "下一步，{city}将把{thing}{doing}的做法带到{district2}，力争{month}月底前覆盖{n}{unit}。",
    "“{feeling}。”临走时，{name}又回头看了看{place}的{thing}。",
    "据悉，{thing2}{followup}；市民可到{district}{place}咨询，{detail}。",
)
_TITLES: Final = (
    "{city}{n}{unit}{thing}{doing}",
    "{district}{thing}{doing} {person}：{feeling}",
    "{reason} {city}{thing}{doing}",
    "{city}{district}：{thing}{detail}",
    "从{thing}到{thing2} {district}{k}年这样走",
    "{city}{office}：{thing}{followup}",
    "{thing}{doing}，{district}多了{n}{unit}",
)
_CAPTIONS: Final = (
    "图为{place}，{person}在查看{thing}。",
    "{place}，{person}正在清点{thing}。{name} 摄",
    "{district}的{thing}{doing}（资料图片）",
)
_PAPERS: Final = ("日报", "晚报", "都市报", "广播电视台", "发布", "新闻网")


class _Slots(dict[str, str]):
    """The words of one sentence, drawn when a frame asks for them."""

    def __init__(self, random: Random, theme: dict[str, str]) -> None:
        super().__init__(theme)
        self._random = random

    def __missing__(self, slot: str) -> str:
        value = self._draw(slot.rstrip("123"))
        self[slot] = value
        return value

    def _draw(self, slot: str) -> str:
        numbers = {
            "n": (3, 9800), "k": (2, 48), "pct": (2, 61), "age": (23, 81), "hour": (5, 11),
            "month": (1, 12), "day": (1, 28),
        }  # fmt: skip
        if slot in numbers:
            number = self._random.randint(*numbers[slot])
            return f"{number / 7:.1f}" if slot == "pct" else str(number)
        if slot == "name":
            return person(self._random)
        return self._random.choice(_POOLS[slot])


_POOLS: Final = {
    "city": words.CITIES, "district": words.DISTRICTS, "office": words.OFFICES, "thing": words.THINGS,
    "doing": words.DOINGS, "reason": words.REASONS, "detail": words.DETAILS, "person": words.PEOPLE,
    "feeling": words.FEELINGS, "place": words.PLACES, "unit": words.UNITS, "followup": words.FOLLOWUPS,
    "firm": words.FIRMS,
}  # fmt: skip


def person(random: Random) -> str:
    """Return an invented name."""
    return random.choice(words.SURNAMES) + random.choice(words.GIVEN)


def write(seed: str) -> Story:
    """Return the story of this seed: 5 to 11 paragraphs of one to three sentences."""
    random = Random(seed)  # noqa: S311  reproducible text, no secret
    theme = {slot: random.choice(_POOLS[slot]) for slot in ("city", "district", "office", "thing", "unit")}

    def sentence(frame: str) -> str:
        return frame.format_map(_Slots(random, theme))

    frames = random.sample(_BODY, k=random.randint(6, 13))
    paragraphs = [sentence(random.choice(_LEADS))]
    while frames:
        taken, frames = frames[: random.randint(1, 3)], frames[3:]
        paragraphs.append("".join(sentence(frame) for frame in taken))
    paragraphs.append(sentence(random.choice(_ENDS)))
    pictures: tuple[Picture, ...] = ()
    if random.random() < 0.3:  # noqa: PLR2004  about every third story has a photograph
        caption = sentence(random.choice(_CAPTIONS)) if random.random() < 0.8 else None  # noqa: PLR2004
        pictures = (Picture(name=f"{random.randrange(16**8):08x}.png", caption=caption),)
    return Story(
        title=sentence(random.choice(_TITLES)),
        paragraphs=tuple(paragraphs),
        source=theme["city"] + random.choice(_PAPERS),
        reporters=tuple(person(random) for _ in range(random.choice((1, 1, 1, 2)))),
        editor=person(random),
        tags=tuple(random.sample(words.TAGS, k=3)),
        pictures=pictures,
    )
