"""Values that a page holds and that were not taken: what a person looks at when a value seems wrong."""

from collections.abc import Iterator
from typing import Final

from newsspider.extract.source import credits_in
from newsspider.items import Article, Evidence
from newsspider.page.dates import find_moments, read_stamp
from newsspider.page.document import Page
from newsspider.page.outline import Block
from newsspider.page.text import clean

_TITLE_METAS: Final = ("og:title", "articletitle", "twitter:title")
_TIME_WORDS: Final = ("date", "time")
_LINE: Final = 120
_EACH: Final = 12


def runners_up(page: Page, article: Article) -> tuple[Evidence, ...]:
    """Return other headlines, times and sources of the page, each with its place."""
    found: list[Evidence] = []
    for taken, values in (
        (article.title, _titles(page)),
        (article.published_at, _times(page)),
        (article.source, _sources(page)),
    ):
        others = {proof.text: proof for proof in values if proof.text != taken}
        found += list(others.values())[:_EACH]
    return tuple(found)


def _titles(page: Page) -> Iterator[Evidence]:
    if page.head_title:
        yield Evidence(field="title", rule="title element", node=None, text=page.head_title)
    for name in _TITLE_METAS:
        if text := clean(page.metas.get(name, "")):
            yield Evidence(field="title", rule=f"meta {name}", node=None, text=text)
    for block in page.outline.blocks:
        if block.level and block.size <= _LINE:
            yield _evidence("title", f"heading h{block.level}", block, block.text)


def _times(page: Page) -> Iterator[Evidence]:
    for name, content in page.metas.items():
        if any(word in name for word in _TIME_WORDS) and (moment := read_stamp(content)):
            yield Evidence(field="published_at", rule=f"meta {name}", node=None, text=moment.value)
    for block in page.outline.blocks:
        if block.size <= _LINE:
            for moment in find_moments(block.text):
                yield _evidence("published_at", "line", block, moment.value)


def _sources(page: Page) -> Iterator[Evidence]:
    for name in ("source", "contentsource"):
        if text := clean(page.metas.get(name, "")):
            yield Evidence(field="source", rule=f"meta {name}", node=None, text=text)
    for block in page.outline.blocks:
        if block.size <= _LINE and (medium := credits_in(block)):
            yield _evidence("source", "label", block, medium)


def _evidence(field: str, rule: str, block: Block, text: str) -> Evidence:
    node = block.box.el.getroottree().getpath(block.box.el)
    return Evidence(field=field, rule=rule, node=node, text=text)
