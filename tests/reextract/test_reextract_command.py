"""`scrapy reextract`, run as a person runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def scrapy_reextract(newsroom):
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        settings = {"EXPORTS_DIR": newsroom.exports, "SPIDER_MODULES": newsroom.sites}
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        return subprocess.run(
            [sys.executable, "-m", "scrapy", "reextract", *arguments, *options],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_from_archive_to_accepted_versions(newsroom, scrapy_reextract):
    records = newsroom.crawl(source="误认来源")
    done = scrapy_reextract("--jobs", "2")
    assert done.returncode == 0, done.stderr
    (folder,) = (newsroom.exports / "reextract").iterdir()
    assert folder.name in done.stderr
    assert "source" in done.stdout
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert (report["changed"], report["failed"]) == (len(records), [])
    assert sum(report["fields"]["source"].values()) == len(records)
    assert f"| body | {len(records)} | 0 | 0 | 0 |" in (folder / "report.md").read_text("utf-8")
    assert len(newsroom.records()) == len(records), "nothing is stored before it is accepted"
    accepted = scrapy_reextract("--accept", folder.name)
    assert (accepted.returncode, accepted.stderr) == (0, "")
    assert {r.change for r in newsroom.records() if r.version == 2} == {"re-extracted"}
    told = json.loads((folder / "accepted.json").read_text())
    assert (told["given"], told["overtaken"], told["earlier"], told["gone"]) == (len(records), 0, 0, 0)
    run = newsroom.exports / "runs" / told["run"]
    assert json.loads((run / "run.json").read_text())["exit_code"] == 0
    assert (run / "report.html").exists()


def test_it_goes_on_where_it_was_stopped(newsroom, scrapy_reextract):
    newsroom.crawl()
    plan = newsroom.plan()
    plan.save()
    done = scrapy_reextract("--resume", plan.run)
    assert done.returncode == 0, done.stderr
    assert len(plan.done()) == len(plan.units)
    assert scrapy_reextract("--accept", plan.run).stdout.startswith("nothing reads otherwise")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), 4, "there is nothing to read"),
        (("nowhere.warc.gz",), 4, "no such file"),
        (("README.md", "LICENSE"), 4, "no WARC record in README.md, LICENSE"),
        (("--site", "demo_huadnog"), 4, "demo_huadong"),
        (("--accept", "20261121T090000Z-reextract-0a1b2c"), 4, "holds no re-extraction"),
        (("--resume", "../../etc"), 4, "is no run"),
        (("--jobs", "0"), 2, "--jobs"),
    ],
)
def test_it_names_what_is_wrong(newsroom, scrapy_reextract, arguments, code, message):
    newsroom.archive.mkdir(parents=True)
    done = scrapy_reextract(*arguments)
    assert done.returncode == code
    assert message in done.stderr + done.stdout


def test_files_that_are_no_warc_files_are_named_and_left_out(newsroom, scrapy_reextract):
    records = newsroom.crawl()
    done = scrapy_reextract(str(newsroom.archive / records[0].warc[0].file), "README.md")
    assert done.returncode == 9
    assert "no WARC record in README.md: left out" in done.stderr
    assert f"{len(records)} articles" in done.stdout


def test_a_site_that_has_only_articles_is_known(newsroom, scrapy_reextract):
    newsroom.crawl()
    (newsroom.sites / "demo_huadong.py").unlink()
    assert scrapy_reextract("--site", "demo_huadong").returncode == 0
