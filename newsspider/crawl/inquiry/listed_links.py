"""The links that an answer brings, whatever kind of list it is."""

from newsspider.crawl.inquiry.asking import Answer, Ask
from newsspider.crawl.inquiry.samples import page_of
from newsspider.crawl.plan import Expects
from newsspider.discover.feed import read_feed
from newsspider.discover.json_list import load_more
from newsspider.discover.link import Link
from newsspider.discover.listing import find_items
from newsspider.discover.sitemap import read_sitemap
from newsspider.profile import SiteProfile


async def links_of(answer: Answer, expects: Expects, profile: SiteProfile, ask: Ask) -> tuple[Link, ...]:
    """Read the list that came; of a sitemap index, its newest sitemap."""
    if expects == "sitemap":
        return await _of_sitemap(answer, profile, ask)
    if expects == "feed":
        return read_feed(answer.body, url=answer.final_url)
    if expects == "load_more":
        return load_more(answer.body, url=answer.final_url)
    return find_items(page_of(answer), profile)


async def _of_sitemap(answer: Answer, profile: SiteProfile, ask: Ask) -> tuple[Link, ...]:
    sitemap = read_sitemap(answer.body, url=answer.final_url)
    inner = [link.url for link in sitemap.indexes if profile.owns(link.url)]
    if sitemap.links or not inner:
        return sitemap.links
    further = await ask(inner[0], "sitemap")
    return read_sitemap(further.body, url=further.final_url).links
