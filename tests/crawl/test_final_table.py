"""The summary that a person reads in ten seconds."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from rich.console import Console

from newsspider.crawl.reports.builder import build_report
from newsspider.crawl.reports.final_table import console_for, last_line, print_summary
from newsspider.errors import ExitCode

RUN = "20261125T083000Z-many-0a1b2c"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def printed(make_run: Callable[[str], Any]) -> Callable[..., tuple[str, str]]:
    def show(
        fill: Callable[[Any], None], code: ExitCode = ExitCode.FINE, width: int | None = None, **facts: Any
    ) -> tuple[str, str]:
        run = make_run(RUN)
        fill(run)
        exports = run.write(exit_code=int(code), **facts).parent.parent
        report = build_report(exports, RUN, now=NOW)
        out = io.StringIO()
        print_summary(report, exports, console_for(out) if width is None else Console(file=out, width=width))
        return out.getvalue(), last_line(code, report)

    return show


def test_one_site(printed: Callable[..., tuple[str, str]]) -> None:
    def fill(run: Any) -> None:
        run.visit("listing", via="start")
        run.article()
        run.visit("stored", version=None)  # a further page of the article
        run.visit("unchanged")
        run.visit("same_text")
        run.visit("gone")
        run.visit("failed", reason="timeout\x1b[31m\n")

    shown, line = printed(fill)
    header, row, output, report = shown.splitlines()
    assert " ".join(header.split()) == (
        "site pages stored unchanged same text reprints further pages lists not news failed failed by reason"
    )
    assert row.split()[:10] == ["dahe", "7", "1", "1", "1", "·", "1", "1", "·", "2"]
    assert r"1 timeout\x1b[31m\n, 1 http 404" in row
    assert "\x1b" not in shown
    assert output.endswith(f"articles/2026-11/{RUN}.jsonl")
    assert report.endswith(f"runs/{RUN}/report.html")
    assert line == "newsspider: exit 0, fine: 1 new article from 1 site, 7 pages in 12:10"


@pytest.mark.parametrize("width", [80, 40])
def test_a_narrow_terminal_loses_nothing(printed: Callable[..., tuple[str, str]], width: int) -> None:
    def fill(run: Any) -> None:
        run.article()
        run.visit("gone")
        run.visit("failed", reason="timeout")

    shown, _ = printed(fill, width=width)
    lines = shown.splitlines()
    assert "…" not in shown
    assert max(len(line) for line in lines if not line.startswith(("output", "report"))) <= width
    assert "failed  dahe: 1 timeout, 1 http 404" in shown
    if width == 80:
        assert lines[1].split() == [
            "site",
            "pages",
            "stored",
            "unchanged",
            "text",
            "reprints",
            "pages",
            "lists",
            "news",
            "failed",
        ]
        assert lines[2].split() == ["dahe", "3", "1", "·", "·", "·", "·", "·", "·", "2"]
    else:
        assert lines[0] == "dahe: 3 pages, 1 stored, 2 failed"


def test_many_sites_are_cut_with_the_failed_first(printed: Callable[..., tuple[str, str]]) -> None:
    def fill(run: Any) -> None:
        for number in range(40):
            run.visit("unchanged", site=f"site{number:02}")
        run.visit("failed", site="zz", via="start", reason="dns")

    shown, line = printed(fill, ExitCode.SITE_FAILED)
    lines = shown.splitlines()
    assert lines[1].split()[0] == "zz"
    assert len(lines) == 1 + 20 + 2 + 2
    assert "and 21 sites more" in lines[21]
    assert lines[22].split()[:2] == ["all", "41"]
    assert lines[23].startswith("output  nothing new")
    assert line == ("newsspider: exit 9, a site failed: zz: no way in could be read (0 of 1): dns")


def test_alarms_and_limits(printed: Callable[..., tuple[str, str]]) -> None:
    def fill(run: Any) -> None:
        run.visit("listing", via="start")
        for _ in range(3):
            run.visit("blocked", reason="anti-bot page")

    limit = {"site": "dahe", "limit": "SITE_PAGE_LIMIT", "detail": "5 requests"}
    shown, _ = printed(fill, limits=[limit, {**limit, "site": ""}])
    assert "alarm   dahe: 75 % of the pages were blocked, 0 % before (3 of 4)" in shown
    assert "limit   SITE_PAGE_LIMIT on dahe: 5 requests" in shown
    assert "limit   SITE_PAGE_LIMIT: 5 requests" in shown


def test_a_limit_is_said_once(printed: Callable[..., tuple[str, str]]) -> None:
    limits = [{"site": "dahe", "limit": "pages_limit", "detail": f"/list{n}/"} for n in range(3)]
    limits += [{"site": f"site{n:02}", "limit": "long_url", "detail": "/"} for n in range(30)]
    shown, _ = printed(lambda run: run.visit("listing", via="start"), limits=limits)
    assert shown.count("pages_limit") == 1
    assert "limit   pages_limit on dahe: /list0/ and 2 more" in shown
    assert shown.count("long_url") == 19
    assert "limit   and 11 more, all in the report" in shown


def test_the_last_line_names_three_failed_sites(printed: Callable[..., tuple[str, str]]) -> None:
    def fill(run: Any) -> None:
        for number in range(5):
            run.visit("failed", site=f"site{number}", via="start", reason="dns")

    _, line = printed(fill, ExitCode.SITE_FAILED)
    assert line.count("no way in could be read") == 3
    assert line.endswith("and 2 sites more")


@pytest.mark.parametrize("code", list(ExitCode))
def test_every_code_has_a_last_line(code: ExitCode) -> None:
    assert last_line(code).startswith(f"newsspider: exit {int(code)}, ")
    assert last_line(code, None, "no\nspace").endswith(r": no\nspace")
