"""Writes what a run leaves for people and programs: report.json, report.html and the index."""

import contextlib
from datetime import datetime
from pathlib import Path

import msgspec

from newsspider.crawl.reports.builder import build_report
from newsspider.crawl.reports.files import REPORT_HTML, REPORT_JSON, RUNS, run_ids, write_whole
from newsspider.crawl.reports.page import RUNS_LISTED, IndexedRun, render_index, render_report
from newsspider.crawl.reports.report import RunReport


def write_report(exports: Path, run: str, *, now: datetime) -> RunReport:
    """Build a run's report from its files, write it and the index of runs.

    Raises ConfigurationError when there is no such run, OSError when the disk refuses.
    """
    report = build_report(exports, run, now=now)
    folder = exports / RUNS / run
    encoded = msgspec.json.encode(report)
    write_whole(folder / REPORT_JSON, msgspec.json.format(encoded, indent=1) + b"\n")
    write_whole(folder / REPORT_HTML, render_report(report))
    write_index(exports)
    return report


def write_index(exports: Path) -> Path:
    """Write runs/index.html from the reports that are there; return its path."""
    names = run_ids(exports)
    decoder = msgspec.json.Decoder(IndexedRun)
    runs = []
    for name in reversed(names[-RUNS_LISTED:]):
        # A run without a readable report (killed, or from a newer version) is not listed.
        with contextlib.suppress(OSError, msgspec.MsgspecError, ValueError):
            runs.append(decoder.decode((exports / RUNS / name / REPORT_JSON).read_bytes()))
    path = exports / RUNS / "index.html"
    write_whole(path, render_index(runs, total=len(names)))
    return path
