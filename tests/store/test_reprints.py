"""The index of reprints: what it finds, what it leaves alone, what it survives."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsspider.store.reprint_sketch import Overlap, overlap, pack, unit, unpack
from newsspider.store.reprints import BOILERPLATE, Match, ReprintIndex, is_reprint

A, B, C = "a" * 32, "b" * 32, "c" * 32

STORY = (
    "12月6日上午，随着最后一段钢箱梁缓缓吊装到位，横跨清澜江的云川大桥主桥顺利合龙。",
    "云川大桥全长3860米，主跨620米，采用双塔斜拉结构，双向六车道，设计时速80公里。",
    "项目总工程师邵立群说，技术团队提前一周蹲守江边观测温度变化，最终选定清晨完成精调。",
    "过去，江北的居民到市中心要绕行上游的老桥，早高峰常常堵上一个小时，怨言不少。",
    "市交通运输局有关负责人表示，大桥预计明年6月建成通车，届时两岸车程缩短到八分钟左右。",
)
OTHER = (
    "霜降刚过，红峪乡的山坡上一片忙碌，果农们踩着梯子把苹果小心剪下。",
    "种了二十年苹果的闫长顺乐得合不拢嘴，他家八亩园子估计能收四万多斤。",
    "三年前，乡里请来果树研究所的专家，把三千亩老果园改接成了抗病的新品种。",
)


def body(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.fixture
def index() -> Iterator[ReprintIndex]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield ReprintIndex(connection)
    connection.close()


def test_an_empty_index_finds_nothing(index: ReprintIndex) -> None:
    assert index.find(body(*STORY)) is None


def test_the_same_text_in_another_print(index: ReprintIndex) -> None:
    index.add(A, body(*STORY))
    assert index.find("".join(STORY).replace("，", ",").replace("。", ".")) == Match(A, 1.0)


def test_similarity_is_the_share_of_the_shorter_text(index: ReprintIndex) -> None:
    index.add(A, body(*STORY))
    half = index.find(body("本报讯 记者从现场获悉，工程又有新的进展，令人振奋。", *STORY[:3]))
    assert half is not None
    assert half.id == A
    # of four paragraphs of like length three are A's
    assert 0.75 < half.similarity < 0.9


def test_a_longer_text_holds_a_stored_one(index: ReprintIndex) -> None:
    index.add(A, body(*STORY[:3]))
    assert index.find(body(*STORY)) == Match(A, 1.0)


def test_the_nearest_of_several(index: ReprintIndex) -> None:
    index.add(A, body(*STORY[:3], *OTHER[1:]))
    index.add(B, body(*STORY[1:], OTHER[0]))
    found = index.find(body(*STORY[1:]))
    assert found is not None
    assert found.id == B


def test_the_first_of_equals(index: ReprintIndex) -> None:
    index.add(A, body(*STORY))
    index.add(B, body(*STORY))
    assert index.find(body(*STORY)) == Match(A, 1.0)
    assert index.find(body(*STORY[1:])) == Match(A, 1.0)


def test_an_article_can_be_left_out(index: ReprintIndex) -> None:
    index.add(A, body(*STORY))
    assert index.find(body(*STORY), exclude=A) is None
    assert index.find(body(*STORY[1:]), exclude=A) is None


def test_a_new_version_stays_findable_as_a_whole(index: ReprintIndex) -> None:
    index.add(A, body(*STORY[:2]))
    index.add(A, body(*STORY[:2], *OTHER))
    found = index.find(body(*OTHER))
    assert found == Match(A, 1.0)


def test_a_paragraph_in_common_is_no_reprint(index: ReprintIndex) -> None:
    index.add(A, body(*STORY))
    assert index.find(body(STORY[0], *OTHER)) is None


@pytest.mark.parametrize("text", ["", "。", "图片新闻", "来源：云川日报", "点击观看视频"])
def test_a_text_that_says_nothing(index: ReprintIndex, text: str) -> None:
    index.add(A, text)
    assert index.find(text) is None


def test_a_short_text_must_be_the_same(index: ReprintIndex) -> None:
    short = "云川大桥全长3860米，主跨620米，双向六车道，今天上午正式通车。"
    index.add(A, short)
    assert index.find(short.replace("，", "、")) == Match(A, 1.0)
    assert index.find(short.replace("3860", "3861")) is None
    assert index.find(short + "记者白露") is None


def test_a_template_merges_none_of_its_fillings(index: ReprintIndex) -> None:
    def notice(name: str, plaintiff: str, hour: str) -> str:
        return (
            f"{name}：本院受理原告{plaintiff}与你借款合同纠纷一案，因采用其他方式无法送达，"
            "现依法向你公告送达起诉状副本、应诉通知书、举证通知书和开庭传票。"
            "自公告之日起经过三十日即视为送达。"
            f"并定于举证期满后第三日上午{hour}时在本院第二审判庭公开开庭审理。逾期将依法缺席裁判。"
        )

    notices = [
        notice(*names) for names in (("王某", "赵大", "八"), ("李小", "钱三", "九"), ("周一", "孙伟", "十"))
    ]
    for number, text in enumerate(notices):
        assert index.find(text) is None
        index.add(f"{number:032x}", text)
    assert [index.find(text) for text in notices] == [Match(f"{n:032x}", 1.0) for n in range(3)]


def test_what_a_site_prints_below_every_article_is_no_key(index: ReprintIndex) -> None:
    footer = "凡本网注明来源的所有稿件版权均属本网所有，未经书面授权不得以任何方式转载摘编或使用上述作品。"
    leads = "甲乙丙丁戊己庚辛壬癸"
    for number, lead in enumerate(leads):
        text = body(
            *(f"{lead * 9}在{lead * (3 + i)}的第{i}处说了一句谁也没有说过的话" for i in range(5)), footer
        )
        assert index.find(text) is None
        index.add(f"{number:032x}", text)
    rows = index._connection.execute("SELECT stories FROM reprint_key WHERE stories > 1").fetchall()
    assert rows == [(len(leads),)] * 2  # the clauses of the footer
    assert index.find(body("另一家的文章里只有这一句话是它自己写的", footer)) is None


def test_copies_do_not_wear_a_text_out(index: ReprintIndex) -> None:
    for number in range(3 * BOILERPLATE):
        index.add(f"{number:032x}", body(*STORY[number % 2 :], f"编辑{number}"))
    found = index.find(body(*STORY[2:]))
    assert found is not None
    assert found.similarity == 1.0


def test_nothing_is_committed(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
    index = ReprintIndex(connection)
    connection.execute("BEGIN IMMEDIATE")
    index.add(A, body(*STORY))
    assert index.find(body(*STORY)) == Match(A, 1.0)
    connection.execute("ROLLBACK")
    assert index.find(body(*STORY)) is None
    connection.execute("BEGIN IMMEDIATE")
    index.add(B, body(*STORY))
    connection.execute("COMMIT")
    connection.close()
    again = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
    assert ReprintIndex(again).find(body(*STORY)) == Match(B, 1.0)
    again.close()


def test_another_process_makes_the_same_keys(index: ReprintIndex) -> None:
    """Keys and sketches are kept for years: when this fails, raise LEDGER_SCHEMA."""
    index.add(A, body(*STORY[:1]) * 3)
    dump = "\n".join(index._connection.iterdump())
    script = (
        "import sqlite3, sys; from newsspider.store.reprints import ReprintIndex;"
        "c = sqlite3.connect(':memory:', isolation_level=None); i = ReprintIndex(c);"
        "i.add('a' * 32, sys.argv[1]); print('\\n'.join(c.iterdump()), end='')"
    )
    other = subprocess.run(
        [sys.executable, "-c", script, body(*STORY[:1]) * 3], capture_output=True, text=True, check=True
    )
    assert other.stdout == dump
    keys = index._connection.execute("SELECT key FROM reprint_key ORDER BY key").fetchall()
    sketch = index._connection.execute("SELECT sketch FROM reprint_text").fetchone()[0]
    assert [key for (key,) in keys] == [1289930510553405742, 3432458086981534138, 3492956975044022167]
    assert sketch.hex() == "53e59621cc10" * 3


@pytest.mark.parametrize(
    "text",
    [
        "\ud800\udfff" + "云川大桥合龙" * 30,
        "云" * 2_000_000,
        "云川大桥主桥今天合龙。" * 200_000,
        "。" * 2_000_000,
        "".join(map(chr, range(0x4E00, 0x9FFF))) * 20,
    ],
    ids=["surrogates", "one clause", "one clause again and again", "only ends", "every character"],
)
def test_strange_bodies_take_no_time(index: ReprintIndex, text: str) -> None:
    before = time.process_time()
    index.add(A, text)
    index.find(text + "完")
    index.add(B, text + "完")
    assert time.process_time() - before < 2


def units(*clauses: str) -> list[tuple[int, int]]:
    return [unit(clause) for clause in clauses]


def test_sketch_is_three_bytes_a_clause() -> None:
    some = units("云川大桥主桥合龙", "全长3860米", "长" * 500)
    assert len(pack(some)) == 9
    assert unpack(pack(some)) == some


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("甲乙丙丁", "甲乙丙丁", (1.0, 1.0, 0.0, 0, 0)),
        ("甲丙丁", "甲乙丙丁", (1.0, 0.75, 0.0, 0, 0)),  # dropped
        ("甲戊丙丁", "甲乙丙丁", (0.75, 0.75, 0.25, 0, 0)),  # replaced
        ("丙丁甲乙", "甲乙丙丁", (1.0, 1.0, 0.0, 0, 0)),  # moved
        ("甲甲甲", "甲乙丙丁", (1 / 3, 1 / 4, 2 / 3, 0, 0)),  # a clause counts as often as it is there
        ("戊己", "甲乙丙", (0.0, 0.0, 1.0, 0, 0)),
        ("甲1丁", "甲2丁", (2 / 3, 2 / 3, 1 / 3, 1, 0)),  # another figure
        ("甲1丁2", "甲1丁3", (0.75, 0.75, 0.25, 1, 1)),
        ("", "甲", (0.0, 0.0, 0.0, 0, 0)),
    ],
)
def test_overlap(one: str, other: str, expected: tuple[float, float, float, int, int]) -> None:
    a, b = (units(*text) for text in (one, other))
    assert overlap(a, b) == Overlap(*map(pytest.approx, expected))
    back = overlap(b, a)
    assert (back.of_other, back.of_one, back.replaced, back.figures_replaced, back.figures_kept) == expected


def test_overlap_without_boilerplate() -> None:
    assert overlap(units(*"甲乙丙"), units(*"丁乙丙"), set(units(*"乙丙"))).found == 0.0


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        (Overlap(1.0, 0.5, 0.0, 0, 0), True),
        (Overlap(0.61, 0.5, 0.1, 0, 0), True),
        (Overlap(0.39, 1.0, 0.0, 0, 0), False),  # a digest that holds the stored text among others
        (Overlap(1.0, 0.19, 0.0, 0, 0), False),  # a brief out of a stored digest
        (Overlap(0.45, 1.0, 0.0, 0, 0), True),  # a longer text that holds a stored one
        (Overlap(0.59, 0.5, 0.0, 0, 0), False),  # half of it is something else
        (Overlap(0.7, 0.5, 0.3, 0, 0), False),  # other text in its place
        (Overlap(0.76, 0.5, 0.24, 1, 0), True),  # corrected
        (Overlap(0.76, 0.5, 0.24, 2, 9), False),  # other names and figures
        (Overlap(0.9, 0.5, 0.1, 2, 0), True),  # two figures corrected
        (Overlap(0.9, 0.5, 0.1, 3, 2), False),  # another filling of a long template
        (Overlap(0.9, 0.5, 0.1, 3, 3), True),
    ],
)
def test_is_reprint(shared: Overlap, *, expected: bool) -> None:
    assert is_reprint(shared) is expected
