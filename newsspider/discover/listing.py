"""Which links of a listing or a home page lead to articles."""

from typing import Final

from newsspider.discover.dates import printed_date, url_date
from newsspider.discover.json_list import embedded_items
from newsspider.discover.link import Link
from newsspider.discover.link_features import Candidate, candidates
from newsspider.discover.listing_weights import BIAS, WEIGHTS
from newsspider.page.document import Page
from newsspider.page.outline import Outline
from newsspider.page.text import clean
from newsspider.page.urls import canonical_url
from newsspider.profile import SiteProfile

#: Below this number of links the page's scripts are asked whether they carry the list as JSON.
FEW: Final = 3

_ROW: Final = 160
_ELLIPSIS: Final = ".…"


def find_items(page: Page, profile: SiteProfile | None = None) -> tuple[Link, ...]:
    """Return the links of `page` that lead to articles, in document order, each URL once.

    With a profile only the site's own URLs count, and where it has an `article_url`, that alone
    decides. URLs are as written (absolute where the page's own URL is known).
    """
    found = candidates(page)
    if profile is not None:
        found = [candidate for candidate in found if profile.owns(candidate.url)]
    places = _places(page.outline)
    items = [
        _link(candidate, page.outline, places[candidate.anchors[0].box.index])
        for candidate in found
        if _is_article(candidate, profile) and not _is_here(candidate.url, page.url)
    ]
    if len(items) < FEW:
        known = {link.url for link in items}
        items += [
            link for link in embedded_items(page) if link.url not in known and _allowed(link.url, profile)
        ]
    return tuple(items)


def score(candidate: Candidate) -> float:
    """Return the model's sum for a link: above 0 it is taken for an article's."""
    total = BIAS
    for name, value in candidate.features.items():
        total += WEIGHTS[name] * value
    return total


def _is_article(candidate: Candidate, profile: SiteProfile | None) -> bool:
    if profile is not None:
        if profile.article_pattern is not None:
            return profile.article_pattern.search(candidate.url) is not None
        if profile.listing_pattern is not None and profile.listing_pattern.search(candidate.url):
            return False
    return score(candidate) > 0


def _is_here(url: str, own: str | None) -> bool:
    """Whether a link leads to the page that it stands on."""
    if own is None or url.partition("://")[2].partition("?")[0] != own.partition("://")[2].partition("?")[0]:
        return False
    return canonical_url(url) == canonical_url(own)


def _allowed(url: str, profile: SiteProfile | None) -> bool:
    if profile is None:
        return True
    return profile.owns(url) and (
        profile.article_pattern is None or profile.article_pattern.search(url) is not None
    )


def _link(candidate: Candidate, outline: Outline, place: int) -> Link:
    date = _date(candidate, outline) if "day_beside" in candidate.features else None
    if date is None and "url_date" in candidate.features:
        date = url_date(candidate.url)
    return Link(url=candidate.url, title=_title(candidate), date=date, place=place)


def _places(outline: Outline) -> list[int]:
    """Number the boxes of a page: those with the same tags, classes and ids around them alike, from 1 on."""
    numbers: dict[tuple[int, str, str], int] = {}
    places: list[int] = []
    for box in outline.boxes:
        around = places[box.parent.index] if box.parent is not None else 0
        places.append(numbers.setdefault((around, box.tag, box.hint), len(numbers) + 1))
    return places


def _title(candidate: Candidate) -> str:
    """Return the text of the link; its `title` where the text is cut off, or there is only a picture."""
    title = candidate.title
    shown = title.rstrip(_ELLIPSIS)
    if title and shown == title:
        return title
    for anchor in candidate.anchors:
        whole = clean(anchor.el.get("title") or "")
        if len(whole) > len(shown) and whole.startswith(shown):
            return whole
    return title


def _date(candidate: Candidate, outline: Outline) -> str | None:
    """Return the date in the row of the link: in its block or in the next one."""
    anchor = candidate.anchors[0]
    for block in outline.blocks[anchor.first : anchor.last + 1]:
        if block.size < _ROW and (found := printed_date(block.text)):
            return found
    return None
