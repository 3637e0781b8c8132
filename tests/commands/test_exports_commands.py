"""`scrapy verify`, `rebuild` and `versions`, as they are called."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from store_world import DAYS, draft, open_store, visit, work

from newsspider.archive.exchange import Exchange
from newsspider.archive.retention import PRUNED
from newsspider.archive.writer import Archive
from newsspider.crawl.lines_progress import progress_of_lines

PROJECT = Path(__file__).resolve().parents[2]
RUN = "20261125T083000Z-dahe-0a1b2c"


@dataclass
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture
def scrapy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Run a command as Scrapy does, in this process."""

    def run(name: str, *args: str) -> Ended:
        command = import_module(f"newsspider.commands.{name}").Command()
        command.settings = Settings({"EXPORTS_DIR": str(tmp_path / "exports")})
        parser = argparse.ArgumentParser()
        command.add_options(parser)
        opts, rest = parser.parse_known_args(args)
        capsys.readouterr()
        try:
            command.run(rest, opts)
        except UsageError:
            command.exitcode = 2
        out, err = capsys.readouterr()
        return Ended(command.exitcode, out, err)

    return run


def test_the_real_commands(exports: Path) -> None:
    def run(*args: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *args],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return Ended(done.returncode, done.stdout, done.stderr)

    (exports / ".state/ledger.sqlite3").write_bytes(b"x" * 5000)
    assert run("verify", str(exports)).code == 3
    assert run("rebuild", str(exports)).code == 0
    shown = run("versions", "-s", f"EXPORTS_DIR={exports}", str(draft("dahe", 0).article.url))
    assert shown.out.count("version ") == 3


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    root = tmp_path / "exports"
    for day in range(DAYS):
        work(open_store(root, f"run-{day}", "dahe", "hnr"), day)
    return root


def test_verify(exports: Path, scrapy: Callable[..., Ended]) -> None:
    whole = scrapy("verify")
    assert whole.code == 0, whole
    assert "whole: 10 files" in whole.out
    assert "raw pages were not checked" in whole.out
    path = exports / "articles/2026-11/run-0.jsonl"
    rows = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(rows[0] + rows[1].replace("公里", "英里") + "".join(rows[2:]), "utf-8")
    damaged = scrapy("verify", str(exports))
    assert damaged.code == 3
    place = f"articles/2026-11/run-0.jsonl:2 (byte {len(rows[0].encode())})"
    assert f"DAMAGE  {place}: digest is" in damaged.out
    assert "damaged: 10 files" in damaged.out
    assert scrapy("verify", str(exports), str(exports)).code == 2
    missing = scrapy("verify", str(exports / "missing"))
    assert missing.code == 4
    assert "Traceback" not in missing.err


def test_verify_looks_at_the_raw_pages(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    root = tmp_path / "exports"
    archive = Archive.open(root / "archive", run=RUN, max_bytes=1 << 20)
    store = open_store(root, RUN)
    refs = []
    for number in range(3):
        given = draft("dahe", number)
        ref = archive.append(
            Exchange(
                url=str(given.article.url),
                at=store._setup.now(),
                status=200,
                reason="OK",
                headers=((b"Content-Type", b"text/html"),),
                payload=b"<p>" + str(number).encode() * 500,
                request_headers=(),
            )
        )
        refs.append(ref)
        store.add(visit("dahe", number, RUN), draft("dahe", number, warc=(ref,)))
    archive.sync()
    store.close()
    archive.close()
    for option in ((), ("--pages",)):
        found = scrapy("verify", *option)
        assert (found.code, "raw pages" in found.out) == (0, False), found
    path = root / f"articles/2026-11/{RUN}.jsonl"
    lines = path.read_text("utf-8")
    for offset, option, reason in (
        (refs[0].offset, "--pages", "holds '"),
        (10**30, "--archive", "cannot be read"),
        (-5, "--archive", "cannot be read"),
        (-5, "--pages", "raw page"),
    ):
        edited = lines.replace(f'"offset":{refs[2].offset}}}', f'"offset":{offset}}}')
        path.write_text(edited, "utf-8")
        found = scrapy("verify", option, *([str(root / "archive")] if option == "--archive" else []))
        assert found.code == 3
        assert f"{path.name}:3 " in found.out
        assert reason in found.out, found
    path.write_text(lines.replace(refs[1].file, "\\u0000").replace(refs[2].file, "../../x"), "utf-8")
    assert scrapy("verify").out.count("there is no such file") == 3
    path.write_text(lines, "utf-8")
    (raw,) = (root / "archive").glob("*/*.warc.gz")
    data = bytearray(raw.read_bytes())
    data[ref.offset + 60] ^= 0xFF
    raw.write_bytes(data)
    assert scrapy("verify").code == 0, "the record begins where it should"
    found = scrapy("verify", "--pages")
    assert found.code == 3
    assert f"articles/2026-11/{RUN}.jsonl:3" in found.out
    raw.write_bytes(data[: ref.offset])
    assert "no record begins there" in scrapy("verify").out
    raw.unlink()
    found = scrapy("verify")
    assert found.out.count("there is no such file") == 3
    gone = {"file": ref.file, "bytes": 1, "last": "", "pruned_at": "2026-11-25T00:00:00Z", "reason": "age"}
    (root / "archive" / PRUNED).write_text(json.dumps(gone) + "\n")
    found = scrapy("verify")
    assert (found.code, "raw pages of 3 references were pruned" in found.out) == (0, True), found


@pytest.mark.parametrize(("every", "expected"), [(0.0, ["3 lines, at a", "1,003 lines, at b"]), (60.0, [])])
def test_the_log_of_a_job_shows_progress(
    capsys: pytest.CaptureFixture[str], every: float, expected: list[str]
) -> None:
    with progress_of_lines(every=every) as progress:
        progress("a", 3)
        progress("b", 1000)
    out, err = capsys.readouterr()
    assert (out, err.splitlines()) == ("", expected)


def test_rebuild(exports: Path, scrapy: Callable[..., Ended]) -> None:
    ledger = exports / ".state/ledger.sqlite3"
    ledger.write_bytes(b"x" * 5000)
    done = scrapy("rebuild")
    assert done.code == 0, done
    assert "the ledger knows 30 lines again" in done.out
    assert scrapy("verify").code == 0
    store = open_store(exports, "live", "xinmi")
    held = scrapy("rebuild")
    store.close()
    assert held.code == 5
    assert "live" in held.err
    assert scrapy("rebuild", str(exports / "missing")).code == 4
    assert scrapy("rebuild", str(exports), str(exports)).code == 2


def test_versions(exports: Path, scrapy: Callable[..., Ended]) -> None:
    url = str(draft("dahe", 0).article.url)
    shown = scrapy("versions", url)
    assert shown.code == 0, shown
    rows = shown.out.splitlines()
    assert [row.split(",")[:2] for row in rows if row.startswith("version")] == [
        ["version 1", " first"],
        ["version 2", " corrected"],
        ["version 3", " corrected"],
    ]
    assert "+ 更正：以本段为准。" in rows
    assert "- 更正：以本段为准。" in rows
    assert "  (4 paragraphs unchanged)" in rows
    # By id, another scheme and with tracking parameters: the same article.
    for name in (draft("dahe", 0).id, url.replace("http:", "https:") + "?spm=1.2.3"):
        assert scrapy("versions", name).out == shown.out
    unknown = scrapy("versions", "http://nowhere.example.cn/\x1b[31mred")
    assert unknown.code == 4
    assert "\x1b" not in unknown.out
    assert scrapy("versions").code == 2


def test_versions_shows_a_paragraph_in_one_line(exports: Path, scrapy: Callable[..., Ended]) -> None:
    """A pipe has no width; where characters were changed, all around them stays in place."""
    store = open_store(exports, "late", "dahe")
    body = draft("dahe", 3, body="甲乙丙丁戊己庚辛壬癸" * 40).article.body
    store.add(visit("dahe", 3, "late"), draft("dahe", 3, body=body, title="完全不同"))
    store.close()
    store = open_store(exports, "later", "dahe")
    store.add(visit("dahe", 3, "later"), draft("dahe", 3, body=body.replace("庚", "子", 1), title="完全不同"))
    store.close()
    rows = scrapy("versions", draft("dahe", 3).id.upper()).out.splitlines()
    assert "~ title: [-第3号新闻-]{+完全不同+}" in rows
    assert f"+ {body}" in rows
    assert f"~ 甲乙丙丁戊己[-庚-]{{+子+}}辛壬癸{body[10:]}" in rows


def test_versions_names_what_cannot_be_read(exports: Path, scrapy: Callable[..., Ended]) -> None:
    (exports / "articles/2026-11/run-1.jsonl").unlink()
    shown = scrapy("versions", draft("dahe", 0).id)
    assert shown.code == 3
    assert [row[:9] for row in shown.out.splitlines() if row.startswith("version")] == [
        "version 1",
        "version 3",
    ]
    assert "version 2 cannot be read: articles/2026-11/run-1 at byte 0" in shown.err


def test_versions_commands_no_terminal(exports: Path, scrapy: Callable[..., Ended]) -> None:
    store = open_store(exports, "late", "dahe")
    body = draft("dahe", 3).article.body.replace("的任务", "的\x1b[2J任务", 1)
    store.add(visit("dahe", 3, "late"), draft("dahe", 3, body=body))
    store.close()
    shown = scrapy("versions", draft("dahe", 3).id)
    assert "\x1b" not in shown.out
    assert "{+\ufffd[2J+}" in shown.out
