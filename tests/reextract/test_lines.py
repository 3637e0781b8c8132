"""Output lines are those of the store."""

from dataclasses import replace

import pytest

from newsspider.items import Article, Evidence, Flag, Image, Related
from newsspider.reextract.lines import fitted, line_of
from newsspider.store.draft import bounded
from newsspider.store.identity import MAX_BODY, MAX_STRING
from newsspider.store.lines import encode

ARTICLE = Article(
    url="http://a.cn/1.htm",
    title="题",
    published_at="2026-11-20",
    published_precision="day",
    source="清河日报",
    body="文\n字",
    related=(Related(group="相关", title="甲", url="http://a.cn/2.htm", snippet=None),),
)
BAD = ("a\0b", "\ud800", "文" * (MAX_STRING + 1))


@pytest.mark.parametrize(
    "value",
    [
        {"a": '新闻\u2028第\u2029二\u0085行\n"引"\t\\u2028', "b": None, "c": [1, 0.25, True]},
        Flag(field="body", reason="short"),
        {"url": "http://a.cn/?a=1&b=</script>"},
    ],
)
def test_lines_are_those_of_the_store(value):
    assert line_of(value) == encode(value)
    assert len(line_of(value).decode().splitlines()) == 1


@pytest.mark.parametrize("bad", BAD, ids=("nul", "surrogate", "long"))
@pytest.mark.parametrize(
    "change",
    [
        lambda text: {"url": text},
        lambda text: {"title": text},
        lambda text: {"source": text},
        lambda text: {"body": text},
        lambda text: {"body": text * (MAX_BODY // MAX_STRING)},
        lambda text: {"related": (*ARTICLE.related, Related(group=text, title="", url=None, snippet=None))},
        lambda text: {"related": (Related(group=None, title=text, url=None, snippet=None),)},
        lambda text: {"related": (Related(group=None, title="", url=text, snippet=None),)},
        lambda text: {"related": (Related(group=None, title="", url=None, snippet=text),)},
        lambda text: {"channel": (text,)},
        lambda text: {"authors": ("甲", text)},
        lambda text: {"editors": (text,)},
        lambda text: {"tags": (text,)},
        lambda text: {"images": (Image(url=text, caption=None),)},
        lambda text: {"images": (Image(url="", caption=text),)},
        lambda text: {"evidence": (Evidence(field=text, rule="", node=None, text=""),)},
        lambda text: {"evidence": (Evidence(field="", rule=text, node=None, text=""),)},
        lambda text: {"evidence": (Evidence(field="", rule="", node=text, text=""),)},
        lambda text: {"evidence": (Evidence(field="", rule="", node=None, text=text),)},
    ],
    ids=range(19),
)
def test_articles_fit_as_the_store_makes_them_fit(change, bad):
    article = replace(ARTICLE, **change(bad))
    assert fitted(article) == bounded(article)


def test_an_article_that_fits_is_left_alone():
    assert fitted(ARTICLE) is ARTICLE
    assert bounded(ARTICLE) == ARTICLE
