"""How `scrapy checksites` shows what it found: a table for a person, JSON for a program."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsspider.crawl.inquiry.checking import SiteCheck, Way
from newsspider.crawl.inquiry.samples import Sample
from newsspider.crawl.inquiry.site_files import SiteProblem

_NOT_FINISHED: Final = "not finished"
_WIDTH: Final = 160


def wide_console() -> Console:
    """Return a console for tables: as wide as the terminal, and wide enough for a row where there is none."""
    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(width=None if known else _WIDTH)


def check_table(checks: Iterable[SiteCheck], unfinished: Iterable[str]) -> Table:
    """Return a table with a row a site."""
    table = Table(title="sites", title_justify="left")
    for head in (
        "site",
        "region",
        "home",
        "ways in",
        "newest",
        "articles",
        "robots.txt",
        "encoding",
    ):
        table.add_column(head, overflow="fold")
    table.add_column("what is wrong", overflow="fold", ratio=1)
    for check in checks:
        works = sum(way.problem is None for way in check.ways)
        style = "red" if check.dead_because else "" if _is_well(check) else "yellow"
        cells = (
            check.name,
            check.region or "",
            check.home_status,
            f"{works} of {len(check.ways)}",
            max((way.newest for way in check.ways if way.newest), default=""),
            f"{check.whole} of {len(check.samples)} whole",
            check.robots,
            check.encoding or "",
            "; ".join(wrongs(check)),
        )
        table.add_row(*(Text(cell) for cell in cells), style=style)
    for name in unfinished:
        table.add_row(name, "", _NOT_FINISHED, style="red")
    return table


def ways_table(check: SiteCheck) -> Table:
    """Return a table of one site's ways in and what each brings."""
    table = Table(title=f"{check.name}: ways in", title_justify="left")
    for head in ("kind", "url", "named by", "links", "articles", "newest", "problem"):
        table.add_column(head, overflow="fold")
    for way in check.ways:
        cells = (
            way.kind,
            way.url,
            way.named_by,
            str(way.links),
            str(way.articles),
            way.newest or "",
            way.problem or "",
        )
        table.add_row(*(Text(cell) for cell in cells), style="red" if way.problem else "")
    return table


def samples_table(samples: Sequence[Sample], title: str) -> Table:
    """Return a table of sample articles: what each gives and what it lacks."""
    table = Table(title=title, title_justify="left")
    for head in ("title", "published", "source", "text", "url", "lacks"):
        table.add_column(head, overflow="fold")
    for sample in samples:
        article = sample.article
        cells = (
            article.title if article else "",
            (article.published_at or "") if article else "",
            (article.source or "") if article else "",
            f"{len(article.body)} characters" if article else "",
            sample.url,
            sample.problem or ", ".join(sample.missing),
        )
        table.add_row(*(Text(cell) for cell in cells), style="" if sample.is_whole else "yellow")
    return table


def wrongs(check: SiteCheck) -> list[str]:
    """Say what is wrong with a site, the worst first."""
    found = [f"dead: {check.dead_because}"] if check.dead_because else []
    if check.moved_to:
        found.append(f"redirects to {', '.join(check.moved_to)}")
    broken = [way for way in check.ways if way.problem and way.named_by == "profile"]
    if broken and not check.dead_because:
        problems = dict.fromkeys(way.problem for way in broken if way.problem)
        found.append(f"{len(broken)} ways in: {', '.join(problems)}")
    if check.whole < len(check.samples) and not check.dead_because:
        counts = Counter(
            text
            for sample in check.samples
            for text in ([sample.problem] if sample.problem else [f"no {name}" for name in sample.missing])
        )
        told = ", ".join(f"{count} {text}" for text, count in counts.most_common())
        found.append(f"of {len(check.samples)} articles: {told}")
    return found


def _is_well(check: SiteCheck) -> bool:
    return not wrongs(check)


def told(
    checks: Iterable[SiteCheck], unfinished: Sequence[str], problems: Sequence[SiteProblem]
) -> dict[str, Any]:
    """Return everything that was found as what JSON can hold."""
    return {
        "sites": [_check_told(check) for check in checks],
        "unfinished": list(unfinished),
        "problems": [
            {
                "file": problem.file,
                "line": problem.line,
                "names": list(problem.names),
                "message": problem.message,
            }
            for problem in problems
        ],
    }


def _check_told(check: SiteCheck) -> dict[str, Any]:
    return {
        "name": check.name,
        "title": check.title,
        "region": check.region,
        "home": check.home,
        "home_status": check.home_status,
        "dead_because": check.dead_because,
        "robots": check.robots,
        "encoding": check.encoding,
        "moved_to": list(check.moved_to),
        "wrong": wrongs(check),
        "ways": [_way_told(way) for way in check.ways],
        "whole": check.whole,
        "samples": [_sample_told(sample) for sample in check.samples],
    }


def _way_told(way: Way) -> dict[str, Any]:
    return {
        "kind": way.kind,
        "url": way.url,
        "named_by": way.named_by,
        "problem": way.problem,
        "links": way.links,
        "articles": way.articles,
        "newest": way.newest,
    }


def _sample_told(sample: Sample) -> dict[str, Any]:
    return {
        "url": sample.url,
        "title": sample.article.title if sample.article else None,
        "published_at": sample.article.published_at if sample.article else None,
        "source": sample.article.source if sample.article else None,
        "characters": len(sample.article.body) if sample.article else 0,
        "missing": list(sample.missing),
        "problem": sample.problem,
        "layout": sample.layout,
    }
