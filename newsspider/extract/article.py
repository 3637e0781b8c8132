"""The entry point: one page in, one article out, with the evidence for each value."""

from dataclasses import dataclass
from datetime import datetime

from newsspider.extract import body, lines
from newsspider.extract.authors import Authors, find_authors
from newsspider.extract.header import Zones
from newsspider.extract.published import find_published
from newsspider.extract.related import find_related
from newsspider.extract.source import find_source
from newsspider.extract.title import find_title, fold
from newsspider.items import Article, PageKind, Related
from newsspider.page.document import Page
from newsspider.page.outline import Block
from newsspider.profile import SiteProfile

_ABOVE = 12
_TAIL = 14


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a page is and, where it is an article, the article; further: URLs of its other pages."""

    kind: PageKind
    reason: str
    article: Article | None = None
    layout: str | None = None
    further: tuple[str, ...] = ()


def read(page: Page, now: datetime | None = None) -> Article | None:
    """Return the article of `page`."""
    outline = page.outline
    locator = body.Locator(outline)
    found = locator.find()
    if found is None:
        return None
    blocks = outline.blocks
    start = next((i for i in found.indices if locator.values[i] > 0), found.indices[0])
    title = find_title(page, start + 1)
    if title is None:
        return None
    after = title.last
    picker = body.Picker(outline, found, after=after, title=title.text)
    kept = picker.pick()
    if not kept:
        return None
    first, last = kept[0].index, kept[-1].index
    chosen = {block.index for block in kept}
    header = blocks[max(title.last + 1, 0 if title.block else first - 12) : first]
    above = blocks[max(0, (title.block.index if title.block else first) - _ABOVE) : title.block.index if title.block else first][::-1]
    tail = blocks[last + 1 : last + 1 + _TAIL]
    zones = Zones(header, above, tail)
    around = [blocks[i] for i in sorted({*picker.bylines, *range(max(0, first - 2), min(len(blocks), last + 4))} - chosen)]
    published = find_published(page, zones, now)
    source = find_source(zones)
    authors = find_authors(zones, kept, around)
    return Article(
        url=page.url,
        title=title.text,
        published_at=published.value if published else None,
        published_precision=published.precision if published else None,
        source=source.value if source else None,
        authors=authors.names if authors else (),
        body=body.joined(kept),
        related=find_related(page, title=title.text, text=chosen, start=first),
    )
