"""Folding: what is one text in print is one text here."""

import pytest

from newsspider.store.fold import CLAUSE, fold, fold_clauses


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("", ""),
        ("　　云川大桥，合龙。\n", "云川大桥合龙"),
        ("２０２４年３月２日", "2024年3月2日"),
        ("ＡＢＣ％ abc", "abcabc"),
        ("“他说：好！”", "他说好"),
        ("「他說：好！」", "他说好"),
        ("臺灣、颱風、檯面", "台湾台风台面"),
        ("乾淨的乾坤，頭髮發展", "干净的干坤头发发展"),
        ("裏面裡面，爲了為了，衞生衛生", "里面里面为了为了卫生卫生"),
        ("顯著看著看着", "显着看着看着"),
        ("零\u200b宽\ufeff和\u00ad软连字符", "零宽和软连字符"),
        ("㎡与①", "m2与1"),
        ("\ud800lone", "lone"),
    ],
)
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@pytest.mark.parametrize(
    ("printed", "clauses"),
    [
        ("短句。短句！短句？", ["短句", "短句", "短句"]),
        # a clause shorter than CLAUSE goes with the next one, the last one with the one before
        (
            "他说，两岸车程将由近一个小时缩短到八分钟，公交部门正在研究开行三条线路，很好。",
            ["他说两岸车程将由近一个小时缩短到八分钟", "公交部门正在研究开行三条线路很好"],
        ),
        (
            "传媒和汽车、钢铁和电力、航运和保险、种业板块跌幅居前。",
            ["传媒和汽车钢铁和电力", "航运和保险种业板块跌幅居前"],
        ),
        (
            "传媒和汽车,钢铁和电力,航运和保险,种业板块跌幅居前.",
            ["传媒和汽车钢铁和电力", "航运和保险种业板块跌幅居前"],
        ),
        # a sentence of less than two clauses is one
        ("他说，今天下雨，明天出门。", ["他说今天下雨明天出门"]),
        # inside a number, a time and a name of a host nothing ends
        ("3.5%，12,000元和10:30，ｗ．x.cn", ["3512000元和1030wxcn"]),
        ("１０：３０开会", ["1030开会"]),
        # an ellipsis is printed as "……" and as "..."
        ("等一等……走吧", ["等一等", "走吧"]),
        ("等一等...走吧", ["等一等", "走吧"]),
        # half width ends what full width ends
        ("他来了.她走了!为什么?", ["他来了", "她走了", "为什么"]),
        ("一\r\n二\u2028三\x85四", ["一", "二", "三", "四"]),
        ("，，，。。。", []),
    ],
)
def test_clauses(printed: str, clauses: list[str]) -> None:
    assert fold_clauses(printed) == clauses


def test_clauses_joined_are_the_fold() -> None:
    text = "“合龙段的吊装窗口只有四个小时，风速必须低于每秒8米，两端高差要控制在5毫米以内。”邵立群说。"
    assert "".join(fold_clauses(text)) == fold(text)
    assert all(len(clause) >= CLAUSE for clause in fold_clauses(text)[:3])


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_every_simplified_character_meets_its_traditional_forms(config: str) -> None:
    opencc = pytest.importorskip("opencc")
    convert = opencc.OpenCC(config).convert
    # the characters of GB 2312, in rows of 94; the last five of row 0xD7 are not assigned
    rows = [bytes([a, b]) for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)]
    simplified = [row.decode("gb2312") for row in rows if not (row[0] == 0xD7 and row[1] > 0xF9)]
    assert len(simplified) == 6763
    apart = [(c, convert(c)) for c in simplified if fold(convert(c)) != fold(c)]
    assert apart == []
