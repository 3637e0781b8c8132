"""The report of a re-extraction: per field what changed against the old records."""

import json
from dataclasses import asdict
from typing import Any, Final

from newsspider.crawl.reports.wording import number_of
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
            {"file": unit.file, "start": unit.start, "end": unit.end, "reason": reason}
            for unit, reason in ((failed.unit, failed.reason) for failed in finished.failed)
        ],
    }


def rows(finished: Finished) -> list[tuple[str, ...]]:
    """Return the table: field, same, changed, gained, lost."""
    return [
        (name, *(str(counts.get(effect, 0)) for effect in _EFFECTS))
        for name, counts in finished.tally.fields.items()
    ]


def summary(finished: Finished) -> list[str]:
    """Return the totals as sentences."""
    tally = finished.tally
    articles = f"{tally.same:,} the same, {tally.changed:,} changed, {tally.gained:,} gained"
    lines = [
        f"{number_of(tally.responses, 'response')} in {number_of(tally.records, 'record')}.",
        f"{number_of(tally.articles, 'article')} ({articles}), {tally.lost:,} lost.",
        f"{number_of(tally.further_pages, 'further page')} of articles.",
        f"{number_of(tally.damaged, 'damaged place')} ({number_of(tally.damaged_bytes, 'byte')}).",
    ]
    if tally.passed_over:
        reasons = sorted(tally.passed_over.items(), key=lambda item: -item[1])
        lines.append("Passed over: " + ", ".join(f"{reason} {number:,}" for reason, number in reasons) + ".")
    lines.extend(
        f"FAILED: {failed.unit.file} from byte {failed.unit.start}: {failed.reason}"
        for failed in finished.failed
    )
    return lines


def as_text(plan: Plan, finished: Finished) -> str:
    """Return the report as Markdown."""
    return "\n".join(
        [
            f"# Re-extraction {plan.run}",
            "",
            "| field | same | changed | gained | lost |",
            "|---|---|---|---|---|",
            *(f"| {' | '.join(row)} |" for row in rows(finished)),
            *(f"\n{line}" for line in summary(finished)),
            "",
        ]
    )


def write(plan: Plan, finished: Finished) -> None:
    """Write report.json and report.md into the folder of the re-extraction."""
    data = json.dumps(as_json(plan, finished), ensure_ascii=False, indent=1).encode()
    write_whole(plan.folder / "report.json", data)
    write_whole(plan.folder / "report.md", as_text(plan, finished).encode())
