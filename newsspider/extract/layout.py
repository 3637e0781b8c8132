"""A profile's layouts: CSS selectors that say where a field is, instead of looking for it."""

from collections.abc import Sequence
from typing import Final

from lxml.cssselect import CSSSelector
from lxml.etree import _Element

from newsspider.extract.locate import Found
from newsspider.items import Related
from newsspider.page.document import Page
from newsspider.page.outline import Box, Outline
from newsspider.page.text import clean
from newsspider.page.urls import absolute
from newsspider.profile import Layout, SiteProfile

_compiled: Final[dict[str, CSSSelector]] = {}


def choose(page: Page, profile: SiteProfile | None) -> Layout | None:
    """Return the first layout of the profile that the page is made by."""
    if profile is None:
        return None
    for layout in profile.layouts:
        if layout.when is None or select(page, layout.when):
            return layout
    return None


def select(page: Page, selector: str) -> list[_Element]:
    """Return the elements that `selector` matches."""
    compiled = _compiled.get(selector)
    if compiled is None:
        compiled = _compiled[selector] = CSSSelector(selector, translator="html")
    found = compiled(page.root)
    return [element for element in found if isinstance(element, _Element)] if isinstance(found, list) else []


def text_of(page: Page, selector: str | None) -> tuple[str, _Element] | None:
    """Return the cleaned text of the first match that has any."""
    if selector is None:
        return None
    for element in select(page, selector):
        if text := clean("".join(map(str, element.itertext()))):
            return text, element
    return None


def related_in(page: Page, selector: str) -> tuple[Related, ...]:
    """Return the links below the matched elements."""
    found: dict[str, Related] = {}
    for element in select(page, selector):
        for link in element.iter("a"):
            title, href = clean("".join(map(str, link.itertext()))), link.get("href")
            url = (absolute(page.base_url, href) if page.base_url else href) if href else None
            if title and url:
                found.setdefault(url, Related(group=None, title=title, url=url))
    return tuple(found.values())


def boxes_of(page: Page, selector: str) -> list[Box]:
    """Return the boxes of the matched elements, outermost first."""
    wanted = select(page, selector)
    return [box for box in page.outline.boxes if any(box.el is element for element in wanted)]


def found_in(page: Page, layout: Layout) -> Found | None:
    """Return the text that the layout points at, None where it points at none."""
    if layout.body is None:
        return None
    boxes = boxes_of(page, layout.body)
    if not boxes:
        return None
    dropped = removed(page, layout)
    indices = sorted({i for box in boxes for i in range(box.first, box.last)} - dropped)
    if not indices:
        return None
    return Found(boxes[0], tuple(indices), float(_sizes(page.outline, indices)))


def removed(page: Page, layout: Layout) -> set[int]:
    """Return the blocks that the layout says are no part of the text."""
    if layout.remove is None:
        return set()
    return {i for box in boxes_of(page, layout.remove) for i in range(box.first, box.last)}


def _sizes(outline: Outline, indices: Sequence[int]) -> int:
    return sum(outline.blocks[i].size for i in indices)
