"""A test page: the bytes of one article and what was read from it, for a person to confirm.

`page.html.gz` holds the bytes as they came, `expected.json` the fields; the tests read every such
folder anew and compare field by field.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from newsspider.crawl.inquiry.samples import Sample
from newsspider.items import Article

PAGE: Final = "page.html.gz"
EXPECTED: Final = "expected.json"


def best_of(samples: Sequence[Sample]) -> Sample | None:
    """Return the sample that tests most: whole, and with the longest text."""
    read = [sample for sample in samples if sample.article is not None]
    return max(
        read,
        key=lambda sample: (sample.is_whole, len(sample.article.body if sample.article else "")),
        default=None,
    )


def expected_of(article: Article) -> Mapping[str, Any]:
    """Return the fields of an article that a test page pins down."""
    return {
        "title": article.title,
        "published_at": article.published_at,
        "published_precision": article.published_precision,
        "source": article.source,
        "authors": list(article.authors),
        "editors": list(article.editors),
        "channel": list(article.channel),
        "body": article.body.split("\n\n") if article.body else [],
        "related": [{"group": link.group, "title": link.title, "url": link.url} for link in article.related],
    }


def write_page(folder: Path, sample: Sample, *, fetched_at: str) -> None:
    """Write a test page into `folder`, which is made."""
    assert sample.article is not None  # noqa: S101 (best_of chooses among those)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PAGE).write_bytes(gzip.compress(sample.answer.body, mtime=0))
    told = {
        "url": sample.answer.final_url,
        "content_type": sample.answer.content_type,
        "fetched_at": fetched_at,
        "article": expected_of(sample.article),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / EXPECTED).write_text(f"{text}\n", encoding="utf-8")
