"""Encodings by labels by places: no page is read as gibberish without being flagged."""

import codecs
import itertools

import pytest

from newsspider.page.decode import decode

SIMPLIFIED = (
    "清河县今年计划新建高标准农田四万二千亩，项目涉及九个乡镇，惠及农户一万三千户。“镕堃喆”代表说：€5。"
)
TRADITIONAL = "臺灣新聞網報導，縣府今年將興建九處農田水利設施，預計受惠農戶達一萬三千戶。"

ENCODINGS = ("utf-8", "gb18030", "gbk", "big5", "utf-16", "utf-16-le")
LABELS = (
    "utf-8",
    "gb2312",
    "gbk",
    "big5",
    "iso-8859-1",
    "windows-1252",
    "shift_jis",
    "utf-16",
    "x-nonsense",
    None,
)
PLACES = ("header", "meta", "http-equiv", "xml", "both", "bom")
MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16": codecs.BOM_UTF16_LE, "utf-16-le": codecs.BOM_UTF16_LE}


def page(encoding: str, label: str | None, place: str, *, length: int) -> tuple[bytes, str | None, str]:
    """Return the bytes, the header and the text of a page that is one thing and says another."""
    text = TRADITIONAL if encoding == "big5" else SIMPLIFIED
    if encoding == "gbk":
        text = text.replace("€", "")
    meta = ""
    if label and place in {"meta", "both", "bom"}:
        meta = f'<meta charset="{label}">'
    elif label and place == "http-equiv":
        meta = f"<meta http-equiv='Content-Type' content='text/html; charset={label}'>"
    head = f'<?xml version="1.0" encoding="{label}"?>' if label and place == "xml" else ""
    header = f"text/html; charset={label}" if label and place in {"header", "both"} else None
    body = f"{head}<html><head>{meta}<title>{text[:20]}</title></head><body>{text * length}</body></html>"
    raw = body.encode(encoding)
    # Only "utf-16" of Python's writes a mark of its own.
    if place == "bom" and encoding in MARKS and encoding != "utf-16":
        raw = MARKS[encoding] + raw
    return raw, header, text


@pytest.mark.parametrize(("encoding", "label"), list(itertools.product(ENCODINGS, LABELS)))
def test_no_gibberish_without_a_flag(encoding: str, label: str | None) -> None:
    for place, length in itertools.product(PLACES, (1, 60)):
        raw, header, text = page(encoding, label, place, length=length)
        decoded = decode(raw, header)
        assert text in decoded.text or decoded.flag is not None, (
            place,
            length,
            decoded.encoding,
            decoded.text[:80],
        )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk"])
@pytest.mark.parametrize("label", LABELS)
def test_what_these_sites_use_is_read_whatever_the_label(encoding: str, label: str | None) -> None:
    for place, length in itertools.product(PLACES, (1, 60)):
        raw, header, text = page(encoding, label, place, length=length)
        assert text in decode(raw, header).text, (place, length)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_mark_of_another_encoding_does_not_spoil_the_page(encoding: str) -> None:
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE):
        raw, header, text = page(encoding, encoding, "meta", length=20)
        decoded = decode(mark + raw, header)
        assert text in decoded.text or decoded.flag is not None, (mark, decoded.encoding)
