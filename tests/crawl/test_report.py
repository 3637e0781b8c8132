"""A report is built from the files of a run alone, whatever state they are in."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from newsspider.crawl.reports.builder import build_report
from newsspider.crawl.reports.files import Reader, RunFacts, run_ids, write_whole
from newsspider.crawl.reports.history import History
from newsspider.crawl.reports.report import RunReport
from newsspider.crawl.reports.writer import write_index, write_report
from newsspider.errors import ConfigurationError
from newsspider.items import Outcome

RUN = "20261125T083000Z-many-0a1b2c"
EARLIER = "20261124T083000Z-many-0a1b2d"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

MakeRun = Callable[[str], Any]


def exports_of(folder: Path) -> Path:
    return folder.parent.parent


def test_the_numbers_add_up(make_run: MakeRun) -> None:
    run = make_run(RUN)
    for outcome in Outcome:
        for _ in range(2):
            run.visit(outcome.value, site="gansu")
    run.article(site="dahe", region="CN-HA")
    run.article(site="dahe", region="CN-HA", published_at="2026-11-25", published_precision="day")
    run.article(site="dahe", version=2, change="corrected")
    original = run.article(site="gansu", region="CN-GS", published_at="2026-11-25T23:10:00+08:00")
    run.article(site="dahe", reprint_of=original.id)
    report = build_report(exports_of(run.write()), RUN, now=NOW)

    totals = report.totals
    assert totals.visits == sum(totals.outcomes.values()) == 25
    assert totals.visits == sum(site.visits for site in report.sites)
    assert (totals.new, totals.new_reprints, totals.corrected) == (5, 3, 1)
    assert sum(report.regions.values()) == 3
    assert report.regions == {"CN-HA": 2, "CN-GS": 1}
    assert (report.hours[10], report.hours[23], report.hour_unknown) == (1, 1, 1)
    assert sum(report.hours) == 2
    assert sum(failure.count for failure in report.failures) == 10
    assert report.site_regions == {"dahe": "CN-HA", "gansu": "CN-GS"}
    assert (report.verdict, report.duration, report.ended) == ("fine", 730.0, True)


def test_who_republished_whom(make_run: MakeRun) -> None:
    earlier = make_run(EARLIER)
    old = earlier.article(site="hebnews")
    earlier.write()
    run = make_run(RUN)
    original = run.article(site="gansu")
    reprint = run.article(site="dahe", reprint_of=original.id)
    run.article(site="jxnews", reprint_of=old.id, title="旧闻")
    run.article(site="jxnews", reprint_of="f" * 32)
    run.article(site="jxnews", reprint_of=old.id, version=2, change="corrected")
    pairs = build_report(exports_of(run.write()), RUN, now=NOW).reprints
    assert [(pair.origin, pair.site, pair.count) for pair in pairs] == [
        (None, "jxnews", 1),
        ("gansu", "dahe", 1),
        ("hebnews", "jxnews", 1),
    ]
    assert pairs[1].titles == (reprint.title,)


def test_a_killed_run_has_a_report(make_run: MakeRun) -> None:
    run = make_run(RUN)
    run.article()
    folder = run.write(sealed=False, facts={})
    with (folder / "visits.jsonl.part").open("ab") as file:
        file.write(b'{"run":"torn')
    report = build_report(exports_of(folder), RUN, now=NOW)
    assert (report.totals.new, report.damaged_lines, report.ended) == (1, 1, False)
    assert "killed" in report.verdict
    assert report.duration is None
    assert report.output == (f"articles/2026-11/{RUN}.jsonl.part",)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "null",
        "[1]",
        '{"started": 3, "limits": "many", "sites": ["dahe"], "exit_code": "x"}',
        '{"run": "../../etc/passwd"}',
        "\x00\x01",
    ],
)
def test_a_damaged_run_file_is_read_as_far_as_it_makes_sense(make_run: MakeRun, said: str) -> None:
    run = make_run(RUN)
    run.visit("stored")
    folder = run.write(facts={})
    (folder / "run.json").write_text(said, "utf-8")
    facts = Reader(exports_of(folder), RUN).facts()
    assert facts == RunFacts(run=RUN, sites=("dahe",) if "dahe" in said else ())
    assert write_report(exports_of(folder), RUN, now=NOW).totals.new == 1


def test_damaged_lines_are_counted(make_run: MakeRun) -> None:
    run = make_run(RUN)
    run.article()
    folder = run.write()
    for path in (folder / "visits.jsonl", exports_of(folder) / f"articles/2026-11/{RUN}.jsonl"):
        path.write_bytes(b"\xff\xfe{\n[]\n" + path.read_bytes() + b"{}\n")
    report = build_report(exports_of(folder), RUN, now=NOW)
    assert report.damaged_lines == 6
    assert report.totals.new == 1


def test_limits_and_recovery_are_shown(make_run: MakeRun) -> None:
    run = make_run(RUN)
    run.visit("stored")
    folder = run.write(
        exit_code=15,
        limits=[{"site": "dahe", "limit": "SITE_MAX_PAGES", "detail": "500 pages"}],
        recovery={"torn_bytes": 17},
        left_over={"dahe": 120},
        skipped={"gansu": "held by another run"},
        message="the disk is full",
        insecure_tls=["gansu"],
    )
    report = write_report(exports_of(folder), RUN, now=NOW)
    assert report.limits[0].limit == "SITE_MAX_PAGES"
    assert report.verdict == "stopped by the time limit"
    page = (folder / "report.html").read_text("utf-8")
    for shown in (
        "SITE_MAX_PAGES on dahe: 500 pages",
        "120 URLs of dahe",
        "held by another run",
        "gansu: by their profiles",
    ):
        assert shown in page
    assert "torn bytes" in page
    assert "the disk is full" in page


def test_articles_that_disappeared_are_shown(make_run: MakeRun) -> None:
    run = make_run(RUN)
    run.visit("gone", site="gansu")
    for number in range(40):
        run.event("gone", url=f"https://dahe.example/{number}.html")
    run.event("back")
    sudden = {"site": "gansu", "gone": 12, "revisited": 15}
    folder = run.write(disappearances=[sudden])
    report = write_report(exports_of(folder), RUN, now=NOW)
    assert (report.gone, report.back, len(report.events)) == (40, 1, 30)
    (alarm,) = [alarm for alarm in report.alarms if alarm.kind == "gone"]
    assert alarm.reason.startswith("12 of 15 stored articles that were visited again are gone")
    assert len(alarm.examples) == 1
    page = (folder / "report.html").read_text("utf-8")
    assert "40 gone from their site, 1 back." in page
    assert "and 11 more in events/" in page


@pytest.mark.parametrize("name", ["", "..", "../x", "20261125T083000Z-many-0a1b2c/..", "x", "*"])
def test_only_run_ids_become_paths(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError):
        build_report(tmp_path, name, now=NOW)


def test_an_unknown_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=f"no run {RUN}"):
        build_report(tmp_path, RUN, now=NOW)


def test_a_report_can_be_made_again(make_run: MakeRun) -> None:
    run = make_run(RUN)
    run.article()
    folder = run.write()
    first = write_report(exports_of(folder), RUN, now=NOW)
    written = (folder / "report.json").read_bytes()
    assert write_report(exports_of(folder), RUN, now=NOW) == first
    assert (folder / "report.json").read_bytes() == written
    assert msgspec.json.decode(written, type=RunReport) == first
    assert json.loads(written)["schema"] == 1


def days(make_run: MakeRun, numbers: range, *, label: str = "many") -> Path:
    """Runs of successive days with ten articles each."""
    for day in numbers:
        run = make_run(f"202611{day:02}T083000Z-{label}-{day:06x}")
        run.visit("listing", via="start")
        for _ in range(10):
            run.article()
        folder = run.write()
        write_report(exports_of(folder), run.run, now=NOW)
    return exports_of(folder)


def test_a_layout_that_changed_last_night_is_named_this_morning(make_run: MakeRun) -> None:
    days(make_run, range(17, 25))
    run = make_run(RUN)
    run.visit("listing", via="start")
    for _ in range(8):
        run.visit("stored", missing=("source",))
    report = build_report(exports_of(run.write()), RUN, now=NOW)
    (alarm,) = report.alarms
    assert (alarm.site, alarm.kind) == ("dahe", "coverage")
    assert "source was found on 100 % of the pages, now on 0 %" in alarm.reason
    assert len(alarm.examples) == 3


def test_a_site_that_went_quiet_is_named(make_run: MakeRun) -> None:
    exports = days(make_run, range(10, 22))
    reports = []
    for day in range(22, 26):
        run = make_run(f"202611{day:02}T083000Z-dahe-{day:06x}")
        run.visit("listing", via="start")
        run.write()
        reports.append(write_report(exports, run.run, now=NOW))
    assert [[alarm.kind for alarm in report.alarms] for report in reports] == [
        [],
        ["silent"],
        ["silent"],
        ["silent"],
    ]
    assert reports[-1].alarms[0].examples


@pytest.mark.parametrize(("code", "kinds"), [(0, ["empty"]), (9, ["empty"]), (11, []), (None, [])])
def test_a_run_that_was_stopped_proves_no_absence(
    make_run: MakeRun, code: int | None, kinds: list[str]
) -> None:
    run = make_run(RUN)
    run.visit("listing", via="start")
    report = build_report(exports_of(run.write(exit_code=code)), RUN, now=NOW)
    assert [alarm.kind for alarm in report.alarms] == kinds


def test_history_takes_runs_of_the_site_and_of_many(make_run: MakeRun) -> None:
    exports = days(make_run, range(1, 5))
    days(make_run, range(5, 9), label="gansu")
    days(make_run, range(9, 15), label="dahe")
    history = History.read(exports, before=RUN, sites=["dahe"])
    assert [run.ended.day for run in history.past["dahe"]] == [4, 9, 10, 11, 12, 13, 14]
    assert history.regions == {"dahe": "CN-HA"}
    assert history.rhythms["dahe"].last_new == datetime(2026, 11, 14, 8, 42, 10, tzinfo=UTC)


def test_a_damaged_earlier_report_is_passed_over(make_run: MakeRun) -> None:
    exports = days(make_run, range(1, 4))
    (exports / "runs/20261102T083000Z-many-000002/report.json").write_text("{", "utf-8")
    history = History.read(exports, before=RUN, sites=["dahe"])
    assert len(history.past["dahe"]) == 2


def test_run_ids_are_sorted_and_foreign_folders_ignored(tmp_path: Path) -> None:
    assert run_ids(tmp_path) == []
    for name in (RUN, "notes", EARLIER):
        (tmp_path / "runs" / name).mkdir(parents=True)
    assert run_ids(tmp_path) == [EARLIER, RUN]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_whole(path, "一")
    assert path.read_text("utf-8") == "一"
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError, match="report"):
        write_whole(path, "二")
    assert list(tmp_path.iterdir()) == [path]


def test_the_index_lists_runs_newest_first(make_run: MakeRun) -> None:
    exports = days(make_run, range(1, 4))
    page = write_index(exports).read_text("utf-8")
    assert page.index("2026-11-03") < page.index("2026-11-02 08:30") < page.index("2026-11-01 08:30")
    assert "20261103T083000Z-many-000003/report.html" in page
    assert page.count('class="chart"') == 3
