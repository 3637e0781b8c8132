"""Pages of our own words, built from a few parts."""

from collections.abc import Callable, Sequence

import pytest

from newsspider.extract.article import extract
from newsspider.items import Article
from newsspider.page.document import Page

PARAGRAPHS = (
    "清河县今年计划新建高标准农田四万二千亩，项目涉及九个乡镇，预计十月底前全部完工。",
    "新建农田将配套建设泵站、机耕路和排灌渠系，旱季缺水的老问题有望得到缓解。",
    "县里将组织技术员驻村指导，并对工程质量进行全过程监督，确保把好事办好。",
)
TITLE = "清河今年新建四万亩高标准农田"


@pytest.fixture
def paragraphs() -> Sequence[str]:
    """The paragraphs of the article that `article_of` makes."""
    return PARAGRAPHS


@pytest.fixture
def article_of() -> Callable[..., Article]:
    """Return a function that reads a page made of the given parts."""

    def make(
        header: str = "",
        *,
        body: str | None = None,
        first: str = "",
        last: str = "",
        tail: str = "",
        above: str = "",
        head: str = "",
        title: str = TITLE,
        url: str | None = "http://news.qinghe.example/2023/0329/1001.html",
        **given: object,
    ) -> Article:
        text = body if body is not None else "".join(f"<p>　　{p}</p>" for p in PARAGRAPHS)
        html = (
            f"<html><head><meta charset=utf-8><title>{title}_清河网</title>{head}</head><body>{above}<h1>{title}</h1>"
            f"<div class=info>{header}</div><div class=content>{first}{text}{last}</div>{tail}</body></html>"
        )
        found = extract(Page.from_bytes(html.encode(), url=url), **given).article
        assert found is not None
        return found

    return make
