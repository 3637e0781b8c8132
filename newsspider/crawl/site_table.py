"""The table of docs/sites.md, made from the profiles: `scrapy list --markdown` prints it."""

import inspect
import re
import sys
from collections.abc import Iterable
from typing import Final

from newsspider.site_spider import SiteSpider

#: ISO 3166-2:CN, in the standard's order of provinces.
REGIONS: Final = {
    "CN-BJ": "Beijing",
    "CN-TJ": "Tianjin",
    "CN-HE": "Hebei",
    "CN-SX": "Shanxi",
    "CN-NM": "Inner Mongolia",
    "CN-LN": "Liaoning",
    "CN-JL": "Jilin",
    "CN-HL": "Heilongjiang",
    "CN-SH": "Shanghai",
    "CN-JS": "Jiangsu",
    "CN-ZJ": "Zhejiang",
    "CN-AH": "Anhui",
    "CN-FJ": "Fujian",
    "CN-JX": "Jiangxi",
    "CN-SD": "Shandong",
    "CN-HA": "Henan",
    "CN-HB": "Hubei",
    "CN-HN": "Hunan",
    "CN-GD": "Guangdong",
    "CN-GX": "Guangxi",
    "CN-HI": "Hainan",
    "CN-CQ": "Chongqing",
    "CN-SC": "Sichuan",
    "CN-GZ": "Guizhou",
    "CN-YN": "Yunnan",
    "CN-XZ": "Tibet",
    "CN-SN": "Shaanxi",
    "CN-GS": "Gansu",
    "CN-QH": "Qinghai",
    "CN-NX": "Ningxia",
    "CN-XJ": "Xinjiang",
}

# "- 2022-12: github:...", "- about 2019: ...", "- 2022-2024: ...": lines of a site file's docstring
_DATED: Final = re.compile(r"^- (?:about )?(\d{4}(?:-\d{2})?)(?:-(\d{4}))?:", re.MULTILINE)
_HEAD: Final = (
    "| Region | Site | Name | Hosts | Ways in | Article pattern | Layouts | Facts of |\n"
    "|---|---|---|---|---|---|---|---|\n"
)


def site_table(sites: Iterable[type[SiteSpider]]) -> str:
    """Return a Markdown table of sites, by region and name."""
    order = list(REGIONS)
    known = sorted(
        sites,
        key=lambda site: (
            order.index(site.profile.region) if site.profile.region in REGIONS else len(order),
            site.profile.name,
        ),
    )
    return _HEAD + "".join(_row(site) for site in known)


def _row(site: type[SiteSpider]) -> str:
    profile = site.profile
    ways = [
        f"{len(urls)} {what}" if len(urls) > 1 else f"1 {what[:-1]}"
        for urls, what in (
            (profile.start, "pages"),
            (profile.sitemaps, "sitemaps"),
            (profile.feeds, "feeds"),
            (profile.load_more, "JSON lists"),
        )
        if urls
    ]
    region = REGIONS.get(profile.region or "", "")
    cells = (
        f"{profile.region or ''} {region}".strip(),
        profile.title,
        f"`{profile.name}`",
        ", ".join(profile.hosts),
        ", ".join(ways),
        "yes" if profile.article_url else "no",
        str(len(profile.layouts)),
        facts_of(site),
    )
    return f"| {' | '.join(cells)} |\n"


def facts_of(site: type[SiteSpider]) -> str:
    """Return the first and last date of the facts that a site file's docstring cites."""
    text = inspect.getdoc(sys.modules[site.__module__]) or ""
    dates = sorted(date for span in _DATED.findall(text) for date in span if date)
    if not dates:
        return "undated"
    return dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
