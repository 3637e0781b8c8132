"""Cleaning: what a page prints, on one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.page.text import any_of, clean

ROWS = [
    ("  清河  新闻 ", "清河 新闻"),
    ("\u3000\u3000清河县今年", "清河县今年"),  # a paragraph's indent
    ("清河\xa0\xa0县", "清河 县"),
    (
        "清河县今年\n      计划",
        "清河县今年计划",
    ),  # a line break of the source prints nothing between Chinese characters
    ("Qinghe\n  County", "Qinghe County"),
    ("全长12\n公里的渠道", "全长12 公里的渠道"),
    ("清\u200b河\ufeff", "清河"),  # zero width
    ("\u202e清河\u202c", "清河"),  # bidirectional overrides
    ("清\x07河\x00", "清河"),
    ("清河\u2028新闻\x85网", "清河 新闻 网"),
    ("\ue60e 赞", "赞"),  # an icon of the site's own font
    ("村民\ue011某", "村民\ue011某"),  # a rare character that Unicode had no place for
    ("“取经” 跟班学习", "“取经” 跟班学习"),
    ("ＡＢＣ１２３", "ＡＢＣ１２３"),  # nothing is folded
    ("", ""),
    (" \n\t\u3000 ", ""),
]


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_clean(text, wanted):
    assert clean(text) == wanted


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once


@given(st.text(max_size=200))
def test_cleaned_text_is_one_line_that_can_be_encoded(text):
    cleaned = clean(text + "\ud800")
    assert len(cleaned.splitlines()) <= 1
    cleaned.encode("utf-8")
    assert not set(cleaned) & set("\x00\x07\u200b\ufeff\u202e")


def test_any_of():
    words = any_of("清河", "(", "a.b")
    assert words.search("今日清河") and words.search("新闻(图)") and words.search("xa.b")
    assert words.search("今日青河 axb") is None
