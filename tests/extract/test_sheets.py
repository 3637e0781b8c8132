"""Particulars of a document, attachments, rows of a table: what offices print around a text."""

import pytest

from newsspider.extract.sheets import is_attachments_heading

NUMBER, OFFICE = "QH0001/2021-00012", "清河县农业农村局"
ROWS = (
    f"<tr><td>索 引 号</td><td>{NUMBER}</td><td>主题分类</td><td>农业、林业、水利</td></tr>"
    f"<tr><td>发布机构</td><td>{OFFICE}</td><td>发文日期</td><td>2021年03月12日</td></tr>"
    "<tr><td>文　　号</td><td>清农发〔2021〕5号</td><td>主 题 词</td><td></td></tr>"
)

PARTICULARS = [
    f"<table>{ROWS}</table>",
    (
        "<table><thead><tr><td>索取号</td><td>发布时间</td><td>发布机构</td><td>文件编号</td><td>备注</td></tr></thead>"
        f"<tr><td>{NUMBER}</td><td></td><td>{OFFICE}</td><td>清农发〔2021〕5号</td><td></td></tr></table>"
    ),
    (
        f"<table><tr><th>信息索引号</th><td>{NUMBER}</td></tr><tr><th>公文名称</th><td>关于建设农田的通知</td></tr>"
        f"<tr><th>责任部门</th><td>{OFFICE}</td></tr><tr><th>公文时效</th><td>有效</td></tr></table>"
    ),
    (
        f"<ul><li>索引号：{NUMBER}</li><li>公开责任部门：{OFFICE}</li><li>公开类型：主动公开</li>"
        "<li>文件名称：关于建设农田的通知</li></ul>"
    ),
    (
        f"<ul><li><label>索引号</label><span>{NUMBER}</span></li><li><label>组配分类</label><span>工作动态</span></li>"
        f"<li><label>发布机构</label><span>{OFFICE}</span></li></ul>"
    ),
    f"<dl><dt>索引号：</dt><dd>{NUMBER}</dd><dt>发文机关：</dt><dd>{OFFICE}</dd><dt>成文日期：</dt><dd>2021年3月12日</dd></dl>",
    "".join(
        f"<div><div>{label}</div><div>{value}</div></div>"
        for label, value in (
            ("索引号：", NUMBER),
            ("信息分类：", "通知公告"),
            ("发布机构：", OFFICE),
            ("有效性：", "有效"),
        )
    ),
]


@pytest.mark.parametrize("first", PARTICULARS)
def test_particulars_are_no_text(article_of, paragraphs, first):
    assert article_of(first=first).body.split("\n\n") == list(paragraphs)


def test_a_table_of_data_stays(article_of, paragraphs):
    table = (
        "<table><tr><th>名称</th><th>面积（亩）</th><th>备注</th></tr>"
        "<tr><td><p>东岭乡</p></td><td><p>4200</p></td><td><p>无</p></td></tr>"
        "<tr><td>西河镇</td><td>31</td><td></td></tr></table>"
    )
    body = article_of(last=table).body.split("\n\n")
    assert body == [*paragraphs, "名称 面积（亩） 备注", "东岭乡 4200 无", "西河镇 31"]


def link(name, text):
    return f"<a href='{name}'>{text}</a>"


ATTACHED = [
    (f"<p>附件：{link('P0201.doc', '建设项目清单')}</p>", ["附件：建设项目清单"]),
    (
        f"<p>附件：1.{link('a.docx', '要求')}</p><p>　　2.{link('b.xls', '汇总表')}</p><p>{OFFICE}</p>",
        ["附件：1.要求", "2.汇总表", OFFICE],
    ),
    (
        f"<p>附件1：{link('/module/download/downfile.jsp?classid=0&amp;filename=23a', '建设项目汇总表')}</p>",
        ["附件1：建设项目汇总表"],
    ),
    (f"<p><img src=/icon_pdf.gif>{link('b.PDF', '关于建设农田的通知.pdf')}</p>", ["关于建设农田的通知.pdf"]),
    (f"<div>附件：</div><ul><li>{link('c.ofd', '建设项目清单')}</li></ul>", ["附件：", "建设项目清单"]),
    ("<div>附件：</div>", []),
    ("<div>相关附件下载：</div><div>责任编辑：赵青</div>", []),
    (f"<p>{link('c.pdf', 'PDF')}</p><p>{link('/1002.html', '清河两岸新修十里绿道')}</p>", []),
]


@pytest.mark.parametrize(("last", "wanted"), ATTACHED)
def test_attachments_are_text(article_of, paragraphs, last, wanted):
    assert article_of(last=last).body.split("\n\n") == [*paragraphs, *wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("附件：", True),
        ("【附件下载】", True),
        ("附件：无", True),
        ("附件：项目清单", False),
        ("附近的村民", False),
    ],
)
def test_heading_of_attachments(text, wanted):
    assert is_attachments_heading(text) is wanted
