"""The walk over the tree: blocks, boxes, links, pictures."""

from newsspider.page.document import Page


def outline(html: str):
    return Page.from_bytes(html.encode()).outline


def texts(html: str) -> list[str]:
    return [block.text for block in outline(html).blocks]


def test_blocks_are_what_prints_on_lines_of_its_own():
    html = "<div>甲<p>乙<b>丙</b>丁</p>戊<br>己<ul><li>庚</li><li>辛</li></ul></div>"
    assert texts(html) == ["甲", "乙丙丁", "戊", "己", "庚", "辛"]


def test_scripts_styles_and_controls_print_nothing():
    html = "<style>p{}</style><p>甲<script>x()</script>乙</p><select><option>丙</select><noscript>丁</noscript><textarea>戊</textarea>"
    assert texts(html) == ["甲乙"]


def test_space_between_inline_elements_prints():
    assert texts("<p><span>来源：</span> <a href=/a>清河日报</a>\n  <i>2 举报</i></p>") == [
        "来源： 清河日报 2 举报"
    ]


def test_text_nodes_are_kept_apart():
    block = outline("<p>来源：<a href=/a>清河日报</a><a href=/b>举报</a></p>").blocks[0]
    assert block.pieces == ["来源：", "清河日报", "举报"]
    assert (block.size, block.link_size) == (9, 6)


def test_headings_bold_and_breaks():
    blocks = outline("<h2>甲<b>乙</b></h2><p><strong>丙</strong><br>丁</p>").blocks
    assert [(b.text, b.level, b.strong_size, b.broken) for b in blocks] == [
        ("甲乙", 2, 1, False),
        ("丙", 0, 1, False),
        ("丁", 0, 0, True),
    ]


def test_a_box_is_an_interval_of_blocks_links_and_boxes():
    page = outline(
        '<div id="A"><p>甲</p><p><a href="/1">乙</a></p></div><div class="B"><a href="/2">丙</a></div>'
    )
    named = {box.hint.strip(): box for box in page.boxes}
    a, b = named["a"], named["b"]
    assert [block.text for block in page.within(a)] == ["甲", "乙"]
    assert [box.tag for box in page.inner(a)] == ["p", "p"]
    assert [link.href for link in page.links[b.from_link : b.to_link]] == ["/2"]
    assert (page.size(a), page.link_size(a)) == (2, 1)


def test_a_link_over_several_blocks():
    page = outline('<a href="/1"><img src="a.jpg"><h3>渠水通到地头</h3><p>清河县今年</p></a>')
    link = page.links[0]
    assert link.text == "渠水通到地头清河县今年"
    assert [block.text for block in page.blocks[link.first : link.last]] == ["渠水通到地头", "清河县今年"]
    assert link.has_image


def test_pictures_know_the_block_that_follows():
    page = outline("<p>甲</p><p><img src=a.jpg></p><p>图为新渠</p><p>乙<img src=b.jpg></p>")
    assert [
        page.blocks[picture.next].text if picture.next < len(page.blocks) else None
        for picture in page.pictures
    ] == ["图为新渠", None]


def test_head_elements_are_kept():
    page = Page.from_bytes(
        b"<title> A </title><meta name=Source content=B><meta property=og:title content=C><base href=/x/>",
        url="http://a.example/y/z",
    )
    assert (page.head_title, page.metas) == ("A", {"source": "B", "og:title": "C"})
    assert page.base_url == "http://a.example/x/"


def test_text_of_unknown_and_broken_tags_is_kept():
    assert texts("<founder-content>甲</founder-content><p>乙<div>丙</b>丁<o:p>戊</o:p>") == [
        "甲",
        "乙",
        "丙丁戊",
    ]
