"""`scrapy archive`, run as a person runs it."""

import argparse
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from newsspider.commands.archive import moment

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def archive(tmp_path, open_archive, exchange):
    with open_archive(max_bytes=3000) as archive:
        for number in range(4):
            archive.append(exchange(number))
        archive.append(exchange(8, url=exchange(1).url, payload=exchange(1).payload))
    return archive.root


@pytest.fixture
def scrapy_archive(tmp_path):
    def run(*arguments: str, **settings: object) -> subprocess.CompletedProcess[bytes]:
        given = {"EXPORTS_DIR": tmp_path, "ARCHIVE_DIR": tmp_path / "archive"} | settings
        options = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
        return subprocess.run(
            [sys.executable, "-m", "scrapy", "archive", *arguments, *options],
            cwd=PROJECT,
            capture_output=True,
            timeout=60,
            check=False,
        )

    return run


def test_ls_lists_the_captures_of_a_url(archive, scrapy_archive, exchange):
    done = scrapy_archive("ls", exchange(1).url)
    assert done.returncode == 0
    first, second = done.stdout.decode().splitlines()
    assert first.startswith("2026-11-25T08:30:01.000Z  200 ")
    assert second.split()[1] == "revisit"
    every = scrapy_archive("ls", "--since", "2026-11-25", "--json").stdout.splitlines()
    assert [json.loads(line)["kind"] for line in every] == ["response"] * 4 + ["revisit"]


def test_show_gives_a_page_by_url_and_by_reference(archive, scrapy_archive, exchange):
    shown = scrapy_archive("show", exchange(1).url)
    assert (shown.returncode, shown.stdout) == (0, exchange(1).payload)
    reference = scrapy_archive("ls", exchange(3).url).stdout.decode().split()[3]
    shown = scrapy_archive("show", reference, "--headers")
    assert shown.stdout.endswith(b"\nServer: nginx\n\n" + exchange(3).payload)


def test_wacz_packs_a_period(archive, scrapy_archive, tmp_path):
    target = tmp_path / "news.wacz"
    done = scrapy_archive("wacz", str(target), "--since", "2026-11-25T08:30:02", "--host", "news.example.cn")
    assert done.returncode == 0, done.stderr
    assert b"4 captures, 3 pages" in done.stdout  # and the payload that the revisit needs
    with zipfile.ZipFile(target) as package:
        assert package.testzip() is None


def test_check_names_the_damage(archive, scrapy_archive):
    assert scrapy_archive("check").returncode == 0
    path = min(archive.glob("*/*.warc.gz"))
    path.write_bytes(path.read_bytes()[:-30])
    done = scrapy_archive("check")
    assert done.returncode == 3
    assert b"cut off" in done.stdout


def test_prune_does_what_the_settings_say(archive, scrapy_archive):
    assert b"0 files removed" in scrapy_archive("prune").stdout
    assert scrapy_archive("prune", ARCHIVE_KEEP_DAYS="-3").returncode == 4
    assert scrapy_archive("prune", ARCHIVE_MAX_BYTES="many").returncode == 4
    done = scrapy_archive("prune", ARCHIVE_MAX_BYTES="0")
    assert (
        done.stdout.count(b"removed 2026-11/") == len((archive / "pruned.jsonl").read_text().splitlines()) > 1
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("show", "http://nowhere.example.cn/"), 4, b"no capture"),
        (("show", "2026-11/x.warc.gz:0"), 3, b"not in the archive"),
        (("ls", "--archive", "/nonexistent"), 4, b"no archive"),
        (("burn",), 2, b"name one of"),
        (("wacz",), 2, b"name the file"),
        (("ls", "http://nowhere.example.cn/"), 0, b"no capture of http://nowhere.example.cn/"),
        (("ls", "--since", "2030-01-01"), 0, b"no capture of that period"),
        (("wacz", "a.wacz", "--host", "nowhere.example.cn"), 4, b"holds no capture"),
        (("wacz", "/nonexistent/a.wacz"), 4, b"there is no folder /nonexistent"),
        (("ls", "--since", "yesterday"), 2, b"'yesterday' is no day"),
    ],
)
def test_it_names_what_is_wrong(archive, scrapy_archive, arguments, code, message):
    done = scrapy_archive(*arguments)
    assert done.returncode == code
    assert message in done.stderr + done.stdout
    assert not (PROJECT / "a.wacz").exists()


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2026-11-25", "2026-11-25"),
        ("2026-11-25T08:30", "2026-11-25T08:30:00"),
        ("2026-11-25T08:30:00Z", "2026-11-25T08:30:00"),
        ("2026-11-25T08:30:00+08:00", "2026-11-25T00:30:00"),
    ],
)
def test_days_and_moments(given, read):
    assert moment(given) == read


@pytest.mark.parametrize("given", ["foo", "", "yesterday", "2026-13-01", "2026"])
def test_what_is_no_day(given):
    with pytest.raises(argparse.ArgumentTypeError):
        moment(given)
