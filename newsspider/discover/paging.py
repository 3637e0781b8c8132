"""Where a listing goes on: its next page, or the JSON that a "load more" button fetches."""

from newsspider.discover.json_list import load_more
from newsspider.page.document import Page
from newsspider.page.further import next_url
from newsspider.page.urls import registrable
from newsspider.profile import SiteProfile

__all__ = ["load_more", "load_more_page", "load_more_url", "next_page"]


def next_page(page: Page, profile: SiteProfile | None = None) -> str | None:
    """Return the URL of the listing's next page; None at its end, or where it leaves the site."""
    address = next_url(page)
    if address is None:
        return None
    if profile is not None:
        return address if profile.owns(address) else None
    if page.url and registrable(_host(address)) != registrable(_host(page.url)):
        return None
    return address


def load_more_url(template: str, page: int) -> str:
    """Return the URL of the given page (counted from 1) of a profile's `load_more` template."""
    return template.replace("{page}", str(page))


def load_more_page(template: str, url: str) -> int | None:
    """Return which page of a profile's `load_more` template `url` is; None where it is none of it."""
    head, _, tail = template.partition("{page}")
    number = url[len(head) :].partition(tail[:1])[0] if tail else url[len(head) :]
    if not number.isdecimal() or load_more_url(template, int(number[:9])) != url:
        return None
    return int(number)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].partition("?")[0].partition(":")[0]
