"""One article of several pages."""

from dataclasses import replace

import pytest

from newsspider.extract.join import join
from newsspider.items import Article, Flag, Image, Related

FIRST = Article(
    url="http://a.example/1.html",
    title="渠水通到地头",
    body="甲。\n\n乙。",
    authors=("林小河",),
    related=(Related(group="最新", title="老渠新修", url="http://a.example/8.html"),),
    flags=(Flag(field="source", reason="unlabelled"),),
)
SECOND = Article(
    url="http://a.example/1_2.html",
    title="渠水通到地头(2)",
    published_at="2023-03-29",
    published_precision="day",
    source="清河日报",
    body="乙。\n\n丙。",
    authors=("林小河", "周平"),
    images=(Image(url="http://a.example/a.jpg"),),
    related=FIRST.related,
    flags=(Flag(field="source", reason="not_printed"), Flag(field="body", reason="cut_tags")),
)


def test_join():
    joined = join([FIRST, SECOND])
    assert joined == replace(
        FIRST,
        body="甲。\n\n乙。\n\n丙。",
        published_at="2023-03-29",
        published_precision="day",
        source="清河日报",
        authors=("林小河", "周平"),
        images=SECOND.images,
        flags=(FIRST.flags[0], SECOND.flags[1]),
    )


def test_one_page_is_its_own_article():
    assert join([FIRST]) is FIRST


def test_nothing_to_join():
    with pytest.raises(ValueError, match="no page"):
        join([])


def test_a_refrain_within_a_page_is_kept():
    song = replace(FIRST, body="渠水清。\n\n麦苗青。\n\n渠水清。")
    assert join([song, replace(SECOND, body="完。")]).body == "渠水清。\n\n麦苗青。\n\n渠水清。\n\n完。"
