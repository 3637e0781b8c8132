"""Digests: these values are in exports all over the world and never change."""

from dataclasses import replace

import pytest
from store_world import draft, prose

from newsspider.items import Article, Image, Related
from newsspider.store.draft import bounded
from newsspider.store.identity import MAX_BODY, MAX_STRING, digest, text_key

ARTICLE = Article(
    url="http://news.example.cn/1.html",
    title="河南发布通知",
    published_at="2026-11-25T08:00+08:00",
    published_precision="minute",
    source="大河网",
    body="第一段。\n\n第二段。",
)


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (ARTICLE, "ab9ae23cb51f43fd1adb854d8a69ebd1"),
        (Article(url=None, title=""), "b57a5f4256c1d3ef1b9576b23c60e93f"),
        (
            Article(url=None, title="标题", published_at="2026-11-25", published_precision="day", body="文"),
            "fdaac4889dfa32463078266ebb5e575f",
        ),
    ],
)
def test_digests_stay_as_they_are(article: Article, expected: str) -> None:
    assert digest(article) == expected


@pytest.mark.parametrize(
    "same",
    [
        replace(ARTICLE, related=(Related(group=None, title="别的", url=None),)),
        replace(ARTICLE, images=(Image(url="http://a.cn/1.jpg"),), tags=("标签",), lang="zh"),
        replace(ARTICLE, url="https://news.example.cn/1.html", authors=("记者",)),
        replace(ARTICLE, title=" 河南发布通知\u3000", body="第一段。\n第二段。\n"),
        replace(ARTICLE, body="第一段。\0\n\n\n第二段。"),
    ],
)
def test_what_is_around_the_text_stays_out(same: Article) -> None:
    assert digest(same) == digest(ARTICLE)


@pytest.mark.parametrize(
    "other",
    [
        replace(ARTICLE, title="河南发布公告"),
        replace(ARTICLE, published_at="2026-11-25T08:01+08:00"),
        replace(ARTICLE, source=None),
        replace(ARTICLE, body="第一段。\n\n第二段！"),
        replace(ARTICLE, body="第一段。第二段。"),
        replace(ARTICLE, title="河南发布", body="通知\n\n第一段。\n\n第二段。"),
    ],
)
def test_what_the_article_says_is_in(other: Article) -> None:
    assert digest(other) != digest(ARTICLE)


def test_a_time_worked_out_from_the_clock_stays_out() -> None:
    one = replace(ARTICLE, published_at="2026-11-25T05:00+08:00", published_precision="relative")
    later = replace(one, published_at="2026-11-25T06:00+08:00")
    assert digest(one) == digest(later)


def test_what_is_cut_has_one_digest_before_and_after() -> None:
    long = replace(ARTICLE, body="长" * (MAX_BODY + 5), title="题" * (MAX_STRING + 1))
    cut = bounded(long)
    assert (len(cut.body), len(cut.title)) == (MAX_BODY, MAX_STRING)
    assert {flag.field for flag in cut.flags} == {"body", "title"}
    assert digest(cut) == digest(long)
    assert bounded(ARTICLE) == ARTICLE


def test_text_keys() -> None:
    body = prose(1)
    assert text_key("a", "x", body) == text_key("a", "y", body.replace("\n\n", "\n"))
    assert text_key("a", "x", body) != text_key("b", "x", body)
    # A short text says too little by itself.
    assert text_key("a", "x", "今日停水") != text_key("a", "y", "今日停水")
    assert text_key("a", "x", " \n\n ") is None
    assert draft("a", 1).article.body == body
