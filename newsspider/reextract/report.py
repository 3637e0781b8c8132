"""The report of a re-extraction: per field what changed against the old records."""

import json
from dataclasses import asdict
from typing import Any, Final

from newsspider.extract import EXTRACTOR
from newsspider.reextract.plan import Plan, write_whole
from newsspider.reextract.run import Finished

_EFFECTS: Final = ("same", "changed", "gained", "lost")


def as_json(plan: Plan, finished: Finished) -> dict[str, Any]:
    """Return the report as a JSON object."""
    return {
        "run": plan.run,
        "extractor": EXTRACTOR,
        "site": plan.site,
        "since": plan.since,
        "files": len({unit.path for unit in plan.units}),
        "bytes": sum(unit.bytes for unit in plan.units),
        "articles": finished.tally.articles,
        **asdict(finished.tally),
        "failed": [
            {"file": failed.unit.file, "start": failed.unit.start, "end": failed.unit.end, "reason": failed.reason}
            for failed in finished.failed
        ],
    }


def rows(finished: Finished) -> list[tuple[str, ...]]:
    """Return the table: field, same, changed, gained, lost."""
    return [
        (name, *(str(counts.get(effect, 0)) for effect in _EFFECTS))
        for name, counts in finished.tally.fields.items()
    ]


def as_text(plan: Plan, finished: Finished) -> str:
    """Return the report as Markdown."""
    tally = finished.tally
    lines = [
        f"# Re-extraction {plan.run}",
        "",
        f"{tally.responses} responses in {tally.records} records: {tally.articles} articles"
        f" ({tally.same} the same, {tally.changed} changed, {tally.gained} gained),"
        f" {tally.lost} lost, {tally.further_pages} further pages of articles,"
        f" {sum(tally.passed_over.values())} passed over.",
        f"{tally.damaged} damaged places, {tally.damaged_bytes} bytes.",
        "",
        "| field | same | changed | gained | lost |",
        "|---|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows(finished)),
    ]
    if tally.passed_over:
        lines += ["", "| passed over | responses |", "|---|---|"]
        lines += [f"| {reason} | {number} |" for reason, number in sorted(tally.passed_over.items())]
    lines += [f"\nFailed: {failed.unit.file} from {failed.unit.start}: {failed.reason}" for failed in finished.failed]
    return "\n".join(lines) + "\n"


def write(plan: Plan, finished: Finished) -> None:
    """Write report.json and report.md into the folder of the re-extraction."""
    data = json.dumps(as_json(plan, finished), ensure_ascii=False, indent=1).encode()
    write_whole(plan.folder / "report.json", data)
    write_whole(plan.folder / "report.md", as_text(plan, finished).encode())
