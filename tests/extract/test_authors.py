"""Who wrote it: names in by-lines, glued, spaced, in brackets; no editors, no photographers."""

import pytest

from newsspider.extract import bylines
from newsspider.extract.names import is_name, people

PEOPLE = [
    ("王新昌", ["王新昌"]),
    ("林小河 周平", ["林小河", "周平"]),
    ("林小河、周平", ["林小河", "周平"]),
    ("王 伟 李小明", ["王伟", "李小明"]),
    ("罗科苏盈", ["罗科", "苏盈"]),
    ("谭飞王艳明闫鹃", ["谭飞", "王艳明", "闫鹃"]),
    ("本报记者 林小河", ["林小河"]),
    ("记者 林小河 通讯员 周平 李大山", ["林小河", "周平", "李大山"]),
    ("记者林小河、实习生周平", ["林小河", "周平"]),
    ("首席记者 林小河", ["林小河"]),
    ("记者 林小河 周平 清河报道", ["林小河", "周平"]),
    ("本报记者罗科苏盈发自北京", ["罗科", "苏盈"]),
    ("阿依古丽·买买提", ["阿依古丽·买买提"]),
    ("欧阳小河", ["欧阳小河"]),
    ("林小河 文/图", ["林小河"]),
    ("记者 林小河 文 周平/图", ["林小河"]),
    ("文/林小河 图/周平", ["林小河"]),
    ("林小河 责任编辑：赵青", ["林小河"]),
    ("林小河（系清河大学教授）", ["林小河"]),
    ("记者采访了多名村民", []),
    ("本报综合报道", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "names"), PEOPLE)
def test_people(text, names):
    assert list(people(text)) == names


@pytest.mark.parametrize("text", ["林小河", "周平", "欧阳小河", "司马青", "古丽·买买提"])
def test_name(text):
    assert is_name(text)


@pytest.mark.parametrize(
    "text", ["云南网", "江西省", "国庆", "焦点", "董事长", "马拉松", "高清", "全文", "时间", "安徽", "清", "清河日报社", "abc", "林小河水库", ""]
)
def test_no_name(text):
    assert not is_name(text)


LABELS = [
    ("作者：林小河 来源：清河日报", ["林小河"]),
    ("2023-03-29 作者：春春", ["春春"]),  # a pen name counts behind a label
    ("2023-03-29 作者：党员服务队", ["党员服务队"]),
    ("2023-03-29 10:00 来源：清河日报 记者：林小河、周平", ["林小河", "周平"]),
    ("<span>作者：</span><span>责任编辑：赵青</span>", []),
    ("作者：网络整理 阅读：1644", []),
    ("作者：admin 点击：8", []),
    ("2023-03-29 责任编辑：赵青", []),
    ("林小河 2023-03-29 10:00", ["林小河"]),
    ("<div>清河网 林小河</div><div>2023年03月29日 10:00</div>", ["林小河"]),
    ("<span>来源：清河日报</span><span>|</span><span>记者 林小河 通讯员 周平</span>", ["林小河", "周平"]),
    ("2023-03-29 10:00 来源：清河日报 (记者 林小河)", ["林小河"]),
    ("2023-03-29 10:00 作者：林小河 文章来源：本站原创 点击数：8", ["林小河"]),
    ("2023-03-29 10:00 撰稿人：林小河", ["林小河"]),
    ("清河日报记者 林小河 2023-03-29 10:00", ["林小河"]),
    ("2023-03-29 来源：清河日报　通讯员 林小河", ["林小河"]),
    ("<b>2023-03-29 10:00</b> <b>清河网</b> <b>林小河</b> <a href=#>我要评论(0)</a>", ["林小河"]),
    ("<b>林小河</b> <b>清河晚报</b> <b>2023-03-29 10:00</b>", ["林小河"]),
    ("<b>清河网</b> <b>云南网</b> <b>2023-03-29 10:00</b>", []),
]


@pytest.mark.parametrize(("header", "names"), LABELS)
def test_header(article_of, header, names):
    assert list(article_of(header).authors) == names


STANDING = [
    ("本报记者 林小河", ("林小河",)),
    ("（记者 林小河）", ("林小河",)),
    ("清河日报记者林小河 通讯员周平", ("林小河", "周平")),
    ("【文/清河网专栏作者 林小河】", ("林小河",)),
    ("记者丨林小河", ("林小河",)),
    ("文｜林小河", ("林小河",)),
    ("清河日报记者：林小河", ("林小河",)),
    ("来源：清河日报 记者：林小河", None),
    ("（林小河）", ("林小河",)),
    ("（全文）", None),
    ("□ 林小河", ("林小河",)),
    ("● 林小河 周平", ("林小河", "周平")),
    ("■ 背景", None),
    ("● 全文", None),
    ("■ 高峰", None),
    ("林小河（清河通讯社供本报特稿）", ("林小河",)),
    ("本报清河3月12日电", ()),
    ("记者林小河从县农业农村局获悉，今年将新建农田四万亩。", None),
    ("制图/周平", None),
    ("东岭村的新渠 周平 摄", None),
    ("渠水通到地头", None),
]


@pytest.mark.parametrize(("text", "names"), STANDING)
def test_line_of_its_own(text, names):
    assert bylines.standing(text) == names


INSIDE = [
    ("清河通讯社清河3月12日电（林小河、周平）今年计划新建农田。", ("林小河", "周平")),
    ("本报讯（记者 林小河）今年计划新建农田。", ("林小河",)),
    ("清河网讯 实习生周平、记者林小河报道：今年计划新建农田。", ("周平", "林小河")),
    ("清河网记者林小河3月13日报道：今年计划新建农田。", ("林小河",)),
    ("本报清河12月15日电 记者林小河 “渠水通到地头了。”", ("林小河",)),
    ("村民们都说心里踏实。（记者 林小河）", ("林小河",)),
    ("本报讯　记者林小河　今年计划新建农田四万亩。", ("林小河",)),
    ("本报讯 记者昨日 从县农业农村局获悉", ()),
    ("图为东岭村的新渠。（记者 周平 摄）", ()),
    ("3月8日，记者采访了多名村民。", ()),
    ("据记者了解，今年计划新建农田。", ()),
]


@pytest.mark.parametrize(("text", "names"), INSIDE)
def test_inside_a_paragraph(text, names):
    assert bylines.inside(text, first=True) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("把好事办好。（林小河）", ("林小河",)),
        ("把好事办好。(林小河 周平)", ("林小河", "周平")),
        ("把好事办好。（完）", ()),
        ("把好事办好。（东岭村）", ()),
    ],
)
def test_bracket_that_ends_the_text(text, names):
    assert bylines.closing(text) == names


def test_the_by_line_leaves_the_text_and_the_bracket_stays(article_of, paragraphs):
    article = article_of(
        first="<p>本报记者 林小河</p>", last="<p>渠水通到地头，村民们都说心里踏实。（通讯员 周平）</p>"
    )
    assert article.authors == ("林小河", "周平")
    assert article.body.split("\n\n") == [*paragraphs, "渠水通到地头，村民们都说心里踏实。（通讯员 周平）"]
