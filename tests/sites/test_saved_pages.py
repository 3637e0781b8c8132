"""Saved pages of articles: each field of each page is a test of its own.

`scrapy addsite` writes such a folder: `page.html.gz`, the bytes as they came, and `expected.json`, what
a person confirmed. A folder with the name of a site is read with that site's profile.
"""

import gzip
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newsspider.crawl.inquiry.sample_page import EXPECTED, PAGE, expected_of
from newsspider.crawl.spider_loader import SiteSpiderLoader
from newsspider.extract.article import extract
from newsspider.page.document import Page

HERE = Path(__file__).parent
FOLDERS = sorted(file.parent for file in HERE.glob(f"*/{EXPECTED}"))


@cache
def told(folder: Path) -> Any:
    return json.loads((folder / EXPECTED).read_text("utf-8"))


@cache
def found(folder: Path) -> Any:
    profile = SiteSpiderLoader(("newsspider.spiders",)).profiles().get(folder.name)
    page = Page.from_bytes(
        gzip.decompress((folder / PAGE).read_bytes()),
        url=told(folder)["url"],
        content_type=told(folder)["content_type"],
    )
    fetched = datetime.fromisoformat(told(folder)["fetched_at"])
    extraction = extract(page, profile=profile, now=fetched)
    assert extraction.article is not None, f"{extraction.kind}: {extraction.reason}"
    return json.loads(json.dumps(expected_of(extraction.article)))


CASES = [
    pytest.param(folder, field, id=f"{folder.name}-{field}")
    for folder in FOLDERS
    for field in told(folder)["article"]
]


def test_there_are_pages() -> None:
    assert FOLDERS
    assert {folder.name for folder in HERE.iterdir() if folder.is_dir() and folder.name != "__pycache__"} == {
        folder.name for folder in FOLDERS
    }


@pytest.mark.parametrize(("folder", "field"), CASES)
def test_field(folder: Path, field: str) -> None:
    assert found(folder)[field] == told(folder)["article"][field]
