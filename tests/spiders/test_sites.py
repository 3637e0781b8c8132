"""Every site's file: coherent, true to the facts it cites, and of data alone. No network."""

import ast
import asyncio
import csv
import dataclasses
import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from scrapy import Request
from scrapy.utils.test import get_crawler

from newsspider.crawl.own_settings import OWN_SETTINGS
from newsspider.crawl.site_table import REGIONS, site_table
from newsspider.crawl.spider_loader import SiteSpiderLoader
from newsspider.page.urls import canonical_url
from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider

HERE = Path(__file__).parent
DOCS = HERE.parent.parent / "docs" / "sites.md"
LOADER = SiteSpiderLoader(("newsspider.spiders",))
NAMES = LOADER.list()


class Fact(NamedTuple):
    """A line of facts.tsv: what a public file says of a site, and the value taken from it."""

    site: str
    field: str
    value: str
    printed: str
    as_of: str
    origin: str


def _facts() -> Mapping[str, Sequence[Fact]]:
    by_site: dict[str, list[Fact]] = defaultdict(list)
    with (HERE / "facts.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        for row in rows:
            by_site[row[0]].append(Fact(*row))
    return by_site


FACTS = _facts()


def _values(name: str, field: str) -> list[str]:
    return [fact.value for fact in FACTS[name] if fact.field == field]


def _spider(name: str) -> type[SiteSpider]:
    spider = LOADER.load(name)
    assert issubclass(spider, SiteSpider)
    return spider


def _text(name: str) -> str:
    return Path(inspect.getfile(_spider(name))).read_text(encoding="utf-8")


def test_no_site_file_is_broken() -> None:
    """The loader has nothing to say."""
    assert LOADER.problems == ()


def test_every_provincial_level_region_has_a_site() -> None:
    """31 regions, as ISO 3166-2:CN names them."""
    covered = {profile.region for profile in LOADER.profiles().values()}

    assert len(REGIONS) == 31
    assert covered == set(REGIONS)


@pytest.mark.parametrize("name", NAMES)
def test_file_class_and_name_agree(name: str) -> None:
    """dahe.py holds DaheSpider, whose name is dahe."""
    spider = _spider(name)

    assert Path(inspect.getfile(spider)).stem == name
    assert spider.__name__ == f"{name.capitalize()}Spider"
    assert len(name) <= 12


@pytest.mark.parametrize("name", NAMES)
def test_a_site_file_is_data_only(name: str) -> None:
    """A docstring, two imports and a class that holds a profile: no function, no further name."""
    docstring, *imports, site = ast.parse(_text(name)).body

    assert isinstance(docstring, ast.Expr)
    assert [type(node) for node in imports] == [ast.ImportFrom, ast.ImportFrom]
    assert isinstance(site, ast.ClassDef)
    inside, profile = site.body
    assert isinstance(inside, ast.Expr)
    assert isinstance(profile, ast.Assign)
    assert ast.unparse(profile.targets[0]) == "profile"


@pytest.mark.parametrize("name", NAMES)
def test_docstring_cites_every_origin_and_its_date(name: str) -> None:
    """Whoever doubts a value can look where it is from."""
    text = inspect.getdoc(sys.modules[_spider(name).__module__]) or ""
    squeezed = "".join(text.split())

    assert "Never tried live" in text
    assert FACTS[name]
    for fact in FACTS[name]:
        assert "".join(fact.origin.split()) in squeezed
        assert (fact.as_of.lstrip("~") in text) or (fact.as_of == "n.d." and "undated" in text)


@pytest.mark.parametrize("name", NAMES)
def test_starts_and_layouts_are_those_of_the_facts(name: str) -> None:
    """Nothing in a profile was made up."""
    profile = _spider(name).profile

    assert set(profile.start) == set(_values(name, "start"))
    assert len(set(profile.start)) == len(profile.start)
    assert {layout.body for layout in profile.layouts} == set(_values(name, "layouts"))
    for layout in profile.layouts:
        assert layout.when == layout.body, "a redesigned page falls back to the generic rules"


@pytest.mark.parametrize("name", NAMES)
def test_every_start_belongs_to_a_printed_address(name: str) -> None:
    """The path of a start URL stands in the fact it is from."""
    for fact in FACTS[name]:
        if fact.field == "start":
            last = re.split(r"[/?]", fact.value.rstrip("/"))[-1]
            assert re.sub(r"\.s?html?$", "", last) in fact.printed


@pytest.mark.parametrize("name", NAMES)
def test_article_pattern_matches_known_articles_and_nothing_else(name: str) -> None:
    """Real addresses and samples of printed patterns match; lists, starts and topic pages don't."""
    profile = _spider(name).profile
    known = _values(name, "article_url")
    if profile.article_pattern is None:
        assert not known
        return

    assert known
    for url in known:
        assert profile.article_pattern.search(canonical_url(url)), url
        assert profile.owns(url)
    for url in (*_values(name, "not_article"), *profile.start):
        assert not profile.article_pattern.search(canonical_url(url)), url


@pytest.mark.parametrize("name", NAMES)
def test_example_beside_each_pattern_matches_it(name: str) -> None:
    """The comment above a pattern is an address that this very pattern finds."""
    lines = [line.strip() for line in _text(name).splitlines()]
    shown = 0
    for above, line in pairwise(lines):
        pattern = re.match(r'(?:article_url=)?r"\|?(.+?)",?$', line)
        if pattern:
            assert re.search(pattern[1], above.removeprefix("# ").removeprefix("like ")), line
            shown += 1
    assert (shown > 0) == (_spider(name).profile.article_url is not None)


@pytest.mark.parametrize("name", NAMES)
def test_spider_starts_inside_its_hosts(name: str) -> None:
    """The first requests of a crawl go to the site's own hosts."""
    spider = _spider(name)

    async def first() -> list[Request]:
        crawler = get_crawler(spider, {**OWN_SETTINGS, "STORE_ENABLED": False})
        return [request async for request in spider.from_crawler(crawler).start()]

    requests = asyncio.run(first())

    assert {request.url for request in requests} >= {Request(url).url for url in spider.profile.start}
    assert all(spider.profile.owns(request.url) for request in requests)


def test_table_in_the_docs_is_current() -> None:
    """`scrapy list --markdown` prints what docs/sites.md holds."""
    text = DOCS.read_text(encoding="utf-8")

    assert text.endswith(site_table([_spider(name) for name in NAMES]))
    assert f"{len(NAMES)} sites" in text


def test_the_example_in_the_docs_is_a_site() -> None:
    """docs/adding-a-site.md shows a file that works, and names every field that there is."""
    text = (DOCS.parent / "adding-a-site.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    module: dict[str, Any] = {"__name__": "dahe"}
    exec(example, module)  # noqa: S102  # as an import does

    assert module["DaheSpider"].name == "dahe"
    for spec in (*dataclasses.fields(SiteProfile), *dataclasses.fields(Layout)):
        assert f"`{spec.name}`" in text or f"{spec.name}=" in text or not spec.init
