"""The entry point: one page in, one article out, with the evidence for each value."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from newsspider.extract import body, details, layout, locate, paragraphs
from newsspider.extract.authors import Authors, find_authors
from newsspider.extract.header import Zones
from newsspider.extract.names import people
from newsspider.extract.published import Published, find_published, read_published
from newsspider.extract.related import find_related
from newsspider.extract.source import Source, credited, find_source
from newsspider.extract.title import Title, find_title
from newsspider.items import Article, Evidence, Flag, PageKind, Related
from newsspider.page.document import Page
from newsspider.page.further import article_pages
from newsspider.page.kind import PICTURES, classify
from newsspider.page.measures import picture_below, title_line
from newsspider.page.outline import Block
from newsspider.profile import Layout, SiteProfile

_NO_LAYOUT: Final = Layout()
_ABOVE: Final = 12
_TAIL: Final = 14
_SHORT: Final = 40
_EVIDENCE: Final = 200


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a page is and, where it is an article, the article.

    layout: the label of the profile's layout that was used. further: URLs of the article's other pages.
    """

    kind: PageKind
    reason: str
    article: Article | None = None
    layout: str | None = None
    further: tuple[str, ...] = ()


def extract(page: Page, *, profile: SiteProfile | None = None, now: datetime | None = None) -> Extraction:
    """Read a page; only a page that is an article gives one.

    `now` is when the page was fetched: without it a time like "3小时前" stays unknown.
    """
    verdict = classify(page, profile=profile)
    if verdict.kind is not PageKind.ARTICLE:
        return Extraction(verdict.kind, verdict.reason)
    chosen = layout.choose(page, profile)
    article = _Reading(page, chosen, now).article(pictures=verdict.reason == PICTURES)
    if article is None:
        return Extraction(PageKind.OTHER, "no_text_found")
    return Extraction(
        PageKind.ARTICLE,
        verdict.reason,
        article,
        chosen.label if chosen else None,
        article_pages(page),
    )


class _Reading:
    """One page being read: the text first, then what stands around it."""

    def __init__(self, page: Page, chosen: Layout | None, now: datetime | None) -> None:
        self.page = page
        self.layout = chosen or _NO_LAYOUT
        self.now = now
        self.evidence: list[Evidence] = []
        self.flags: list[Flag] = list(page.flags)

    def article(self, *, pictures: bool) -> Article | None:
        """Return the article, None where the page has no text or no headline.

        pictures: the page has no text and its pictures are the article; its body is empty.
        """
        page = self.page
        found, start = self._pictures() if pictures else self._found()
        if found is None:
            return None
        title = self._title(start)
        if title is None:
            return None
        picker = body.Picker(page.outline, found, after=title.last, title=title.text)
        kept = picker.pick()
        if not kept and not pictures:
            return None
        # Without a text, it would begin behind the picture.
        first, last = (kept[0].index, kept[-1].index) if kept else (start, start - 1)
        zones = self._zones(title, first, last)
        around = self._around({*picker.bylines}, {block.index for block in kept}, first, last)
        published = self._published(zones, kept, title)
        source = self._source(zones, kept, title)
        authors = self._authors(zones, kept, around)
        if authors is not None:
            kept = body.without_signature(kept, authors.names)
        text = paragraphs.joined(kept)
        if kept:
            self._prove("body", "box of the text", kept[0], kept[0].text)
        if len(text) < _SHORT and published is None and source is None:
            return None  # a form, a choice: nothing says that it is news
        if len(text) < _SHORT:
            self.flags.append(Flag(field="body", reason="short" if text else "none: the article is pictures"))
        return Article(
            url=page.url,
            title=title.text,
            published_at=published.value if published else None,
            published_precision=published.precision if published else None,
            source=source.value if source else None,
            body=text,
            related=self._related(title, {block.index for block in kept}),
            channel=details.find_channel(zones.above, title.text),
            authors=authors.names if authors else (),
            editors=details.find_editors([*zones.header, *around, *zones.tail]),
            tags=details.find_tags(page, [*zones.tail, *zones.header]),
            images=details.find_images(page, found.box, first, last, picker.kinds),
            lang=details.find_lang(page, text),
            evidence=tuple(self.evidence),
            flags=tuple(self.flags),
        )

    def _found(self) -> tuple[locate.Found | None, int]:
        if (found := layout.found_in(self.page, self.layout)) is not None:
            return found, found.indices[0]
        locator = locate.Locator(self.page.outline, self.page.head_title)
        found = locator.find()
        return found, locator.start(found) if found else 0

    def _pictures(self) -> tuple[locate.Found | None, int]:
        """Return the box of the picture that stands for the text, and the block behind it."""
        picture = picture_below(self.page.outline, title_line(self.page))
        if picture is None or picture.box is None:
            return None, 0
        return locate.Found(picture.box, (), 0.0), picture.next

    def _title(self, start: int) -> Title | None:
        if (given := layout.text_of(self.page, self.layout.title)) is not None:
            text, _ = given
            title: Title | None = Title(text, None, -1, "layout")
        else:
            title = find_title(self.page, start + 1)
        if title is not None:
            self._prove("title", title.rule, title.block, title.text)
            if title.block is None and title.rule != "layout":
                self.flags.append(Flag(field="title", reason="not_printed: from metadata"))
        return title

    def _zones(self, title: Title, first: int, last: int) -> Zones:
        blocks = self.page.outline.blocks
        begin = title.block.index if title.block else max(0, first - _ABOVE)
        after = max(title.last + (not title.dated), begin)
        return Zones(
            header=blocks[after:first],
            above=blocks[max(0, begin - _ABOVE) : begin][::-1],
            tail=blocks[last + 1 : last + 1 + _TAIL],
        )

    def _around(self, bylines: set[int], text: set[int], first: int, last: int) -> list[Block]:
        blocks = self.page.outline.blocks
        near = range(max(0, first - 2), min(len(blocks), last + 4))
        return [blocks[i] for i in sorted({*bylines, *near} - text)]

    def _published(self, zones: Zones, kept: list[Block], title: Title) -> Published | None:
        given = layout.text_of(self.page, self.layout.time)
        published = read_published(given[0], self.now) if given else None
        published = published or find_published(self.page, zones, self.now, title.text, kept)
        if published is not None:
            self._prove("published_at", published.rule, published.block, published.text)
            if published.doubt:
                self.flags.append(Flag(field="published_at", reason=published.doubt))
        return published

    def _source(self, zones: Zones, kept: list[Block], title: Title) -> Source | None:
        given = layout.text_of(self.page, self.layout.source)
        name = credited(given[0]) if given else None
        source = Source(name, "layout", None) if name else find_source(self.page, zones, kept, title.text)
        if source is not None:
            self._prove(
                "source", source.rule, source.block, source.block.text if source.block else source.value
            )
            if source.doubt:
                self.flags.append(Flag(field="source", reason=source.doubt))
        return source

    def _authors(self, zones: Zones, kept: list[Block], around: list[Block]) -> Authors | None:
        given = layout.text_of(self.page, self.layout.authors)
        names = people(given[0], loose=True) if given else ()
        authors = (
            Authors(names, "layout", None, given[0]) if given and names else find_authors(zones, kept, around)
        )
        if authors is not None:
            self._prove("authors", authors.rule, authors.block, authors.text)
        return authors

    def _related(self, title: Title, text: set[int]) -> tuple[Related, ...]:
        if self.layout.related is not None and (given := layout.related_in(self.page, self.layout.related)):
            return given
        above = title.block.index if title.block else 0
        return find_related(self.page, title=title.text, text=text, above=above)

    def _prove(self, field: str, rule: str, block: Block | None, text: str) -> None:
        node = block.box.el.getroottree().getpath(block.box.el) if block is not None else None
        self.evidence.append(Evidence(field=field, rule=rule, node=node, text=text[:_EVIDENCE]))
