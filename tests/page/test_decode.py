"""The right text, whatever header, meta and byte order mark claim."""

import codecs

import pytest

from newsspider.page.decode import decode

TEXT = "清河县今年计划新建高标准农田四万二千亩，项目涉及九个乡镇。"


def page(label: str = "", text: str = TEXT) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}</head><body>{text * 20}</body></html>"


ROWS = [
    # bytes in, label of the page, header, encoding, how it is known
    ("utf-8", "utf-8", None, "utf-8", "meta"),
    ("utf-8", "gb2312", None, "utf-8", "content"),
    ("utf-8", "", "text/html; charset=ISO-8859-1", "utf-8", "content"),
    ("utf-8", "", "text/html; charset=utf-8", "utf-8", "header"),
    ("utf-8", "", None, "utf-8", "content"),
    ("gb18030", "gb2312", None, "gb18030", "meta"),
    ("gb18030", "gbk", "text/html; charset=utf-8", "gb18030", "content"),
    ("gb18030", "utf-8", None, "gb18030", "content"),
    ("gb18030", "", "text/html; charset=GBK", "gb18030", "header"),
    ("gb18030", "iso-8859-1", None, "gb18030", "content"),
    ("gb18030", "", None, "gb18030", "content"),
    ("big5", "big5", None, "big5hkscs", "meta"),
    ("utf-16", "", None, "utf-16-le", "bom"),
    ("utf-8-sig", "gb2312", None, "utf-8", "bom"),
]


@pytest.mark.parametrize(("encoding", "label", "header", "known", "known_from"), ROWS)
def test_decode(encoding, label, header, known, known_from):
    text = page(label, "臺灣新聞網" if encoding == "big5" else TEXT)
    decoded = decode(text.encode(encoding), header)
    assert decoded.text == text
    assert (decoded.encoding, decoded.encoding_from) == (known, known_from)
    assert decoded.flag is None


def test_a_gb2312_page_holds_characters_beyond_gb2312():
    decoded = decode(page("gb2312", "朱镕基 €5").encode("gb18030"))
    assert "朱镕基 €5" in decoded.text


def test_mark_that_lies():
    decoded = decode(codecs.BOM_UTF8 + page("gbk").encode("gb18030"))
    assert TEXT in decoded.text
    assert decoded.encoding == "gb18030"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_spoils_nothing_else(encoding):
    body = page(encoding).encode(encoding)
    at = body.index("项目".encode(encoding))
    decoded = decode(body[:at] + b"\xff" + body[at:])
    assert decoded.encoding == encoding
    assert decoded.text.count("\ufffd") == 1
    assert decoded.flag is None


def test_a_page_cut_in_a_character():
    assert TEXT in decode(page("utf-8").encode()[:-20].rstrip(b"</body>html")[:-1]).text


def test_ascii_and_nothing():
    assert decode(b"").text == ""
    assert decode(b"<p>hello").encoding == "utf-8"
    assert decode(b'<meta charset="gbk"><p>hello').encoding == "gb18030"


def test_noise_is_flagged():
    decoded = decode(bytes(range(128, 256)) * 50)
    assert decoded.flag is not None
    assert decoded.flag.reason.startswith("undecodable: ")


@pytest.mark.parametrize("label", ["x-sjis-foo", "utf-7", "undefined", "none", "\xff"])
def test_label_that_is_no_encoding(label):
    assert TEXT in decode(page(label).encode("utf-8")).text
