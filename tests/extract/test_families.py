"""Pages in the layouts of common content management systems, in our own words: every field to the letter."""

import json
from pathlib import Path

import pytest

from newsspider.extract.article import extract
from newsspider.page.document import Page

FAMILIES = Path(__file__).parent / "families"
NAMES = sorted(path.stem for path in FAMILIES.glob("*.html"))


@pytest.fixture(scope="module", params=NAMES)
def case(request):
    wanted = json.loads((FAMILIES / f"{request.param}.json").read_text("utf-8"))
    page = Page.from_bytes((FAMILIES / f"{request.param}.html").read_bytes(), url=wanted["url"])
    return wanted, extract(page)


def test_kind(case):
    wanted, extraction = case
    assert (extraction.kind, extraction.article is not None) == (wanted["kind"], True)


@pytest.mark.parametrize("field", ["title", "published_at", "source", "authors", "editors", "channel"])
def test_field(case, field):
    wanted, extraction = case
    value = getattr(extraction.article, field)
    assert (list(value) if isinstance(value, tuple) else value) == wanted[field]


def test_body(case):
    wanted, extraction = case
    assert extraction.article.body.split("\n\n") == wanted["body"]


def test_related(case):
    wanted, extraction = case
    assert [[link.group, link.title] for link in extraction.article.related] == wanted["related"]


def test_each_value_has_evidence(case):
    _, extraction = case
    article = extraction.article
    proven = {proof.field for proof in article.evidence}
    given = {
        name for name in ("title", "published_at", "source", "authors", "body") if getattr(article, name)
    }
    assert given <= proven
    assert all(proof.rule and proof.text for proof in article.evidence)
