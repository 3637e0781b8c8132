"""Runs on disk, made of real records and visits, for the tests of reports."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from newsspider.items import GAVE_ARTICLE, GOOD, Outcome, PageKind, Record, Visit
from newsspider.store.lines import encode

_NUMBERS = count(1)


@dataclass
class RunMaker:
    """Writes the files of one run as a crawl does."""

    exports: Path
    run: str
    visits: list[Visit] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    def visit(self, outcome: str, *, site: str = "dahe", **values: Any) -> Visit:
        """Add a visit."""
        number = next(_NUMBERS)
        kind = Outcome(outcome)
        facts: dict[str, Any] = {
            "run": self.run,
            "site": site,
            "url": f"https://{site}.example/{number}.html",
            "id": f"{number:032x}",
            "via": "page",
            "outcome": kind,
            "reason": None if kind in GOOD else "http 404",
            "at": "2026-11-25T08:31:00Z",
            "status": 200,
            "kind": PageKind.ARTICLE if kind in GAVE_ARTICLE else None,
            "version": 1 if outcome in {"stored", "reprint"} else None,
            "seconds": 0.4,
            "bytes": 50_000,
        }
        made = Visit(**{**facts, **values})
        self.visits.append(made)
        return made

    def article(self, *, site: str = "dahe", reprint_of: str | None = None, **values: Any) -> Record:
        """Add a stored article, or a reprint, and its visit."""
        outcome = "reprint" if reprint_of else "stored"
        seen = self.visit(outcome, site=site, version=values.get("version", 1))
        facts: dict[str, Any] = {
            "url": seen.url,
            "title": f"第{int(seen.id, 16)}条新闻",
            "id": seen.id,
            "digest": seen.id,
            "version": 1,
            "change": "first",
            "story": reprint_of or seen.id,
            "reprint_of": reprint_of,
            "similarity": 0.97 if reprint_of else None,
            "site": site,
            "region": "CN-HA",
            "fetched_at": seen.at,
            "final_url": seen.url,
            "status": 200,
            "encoding": "utf-8",
            "encoding_from": "meta",
            "run": self.run,
            "spider": site,
            "extractor": "1",
            "published_at": "2026-11-25T10:00:00+08:00",
            "published_precision": "second",
        }
        made = Record(**{**facts, **values})
        self.records.append(made)
        return made

    def event(self, event: str, *, site: str = "dahe", url: str = "https://dahe.example/1.html") -> None:
        """Add an event: a stored article is gone, or back."""
        self.events.append({"event": event, "site": site, "url": url, "reason": "http 410", "more": 1})

    def write(self, *, sealed: bool = True, facts: dict[str, Any] | None = None, **more: Any) -> Path:
        """Write visits, segments and run.json; return the run's folder. `facts` {} writes none."""
        folder = self.exports / "runs" / self.run
        folder.mkdir(parents=True)
        suffix = ".jsonl" if sealed else ".jsonl.part"
        (folder / f"visits{suffix}").write_bytes(b"".join(map(encode, self.visits)))
        for kind, wanted in (("articles", False), ("reprints", True)):
            lines = [encode(r) for r in self.records if (r.reprint_of is not None) is wanted]
            if lines:
                month = self.exports / kind / f"{self.run[:4]}-{self.run[4:6]}"
                month.mkdir(parents=True, exist_ok=True)
                (month / f"{self.run}{suffix}").write_bytes(b"".join(lines))
        if self.events:
            month = self.exports / "events" / f"{self.run[:4]}-{self.run[4:6]}"
            month.mkdir(parents=True, exist_ok=True)
            (month / f"{self.run}{suffix}").write_bytes(b"".join(map(encode, self.events)))
        day = f"{self.run[:4]}-{self.run[4:6]}-{self.run[6:8]}"
        told = (
            facts
            if facts is not None
            else {
                "run": self.run,
                "command": "scrapy crawlsites",
                "started": f"{day}T08:30:00Z",
                "finished": f"{day}T08:42:10Z",
                "sites": sorted({visit.site for visit in self.visits}),
                "exit_code": 0,
                "finish_reason": "finished",
                "versions": {"newsspider": "0.1.0", "scrapy": "2.19.0"},
                "settings": {"EXPORTS_DIR": "exports"},
                **more,
            }
        )
        if told:
            (folder / "run.json").write_text(json.dumps(told), "utf-8")
        return folder


@pytest.fixture
def make_run(tmp_path: Path) -> Callable[[str], RunMaker]:
    """Return a maker of runs below tmp_path/exports."""
    return lambda run: RunMaker(tmp_path / "exports", run)
