"""run.json: what a run was, and how it ended."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scrapy

from newsspider import __version__
from newsspider.crawl.clock import stamp, utc_now
from newsspider.errors import ExitCode

if TYPE_CHECKING:
    from newsspider.crawl.run import Run


def facts_of(run: "Run", code: ExitCode | None) -> dict[str, Any]:
    """Return what run.json holds; `code` is None while the run goes on."""
    store = run.store
    return {
        "run": run.id,
        "command": run.settings.command,
        "started": stamp(run.started),
        "finished": None if code is None else stamp(utc_now()),
        "sites": sorted(run.sites),
        "skipped": run.skipped,
        "exit_code": None if code is None else int(code),
        "finish_reason": run.finish_reason,
        "message": run.message,
        "limits": [asdict(limit) for limit in run.limits],
        "left_over": run.left_over,
        "insecure_tls": sorted(name for name, site in run.sites.items() if site.profile.insecure_tls),
        "disappearances": [asdict(alarm) for alarm in store.alarms] if store is not None else [],
        "recovery": asdict(store.recovery) if store is not None else {},
        "versions": {"newsspider": __version__, "scrapy": scrapy.__version__},
        "settings": run.settings.told(),
    }


def write_run_file(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write run.json whole or not at all; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "run.json.part"
    part.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.replace(folder / "run.json")
