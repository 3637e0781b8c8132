"""`scrapy extract` on a saved file and on a batch, run as a person runs it."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from newsspider.commands.extract import batch

ROOT = Path(__file__).parents[2]
FAMILIES = ROOT / "tests" / "extract" / "families"
PAGE = FAMILIES / "first_layout.html"
WANTED = json.loads((FAMILIES / "first_layout.json").read_text("utf-8"))
FIELDS = {
    "kind", "reason", "url", "title", "published_at", "published_precision", "source", "body", "related", "channel",
    "authors", "editors", "tags", "images", "lang", "flags", "further",
}  # fmt: skip


def scrapy(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "scrapy", "extract", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False, timeout=60)


def test_a_saved_file():
    done = scrapy(str(PAGE), "--url", WANTED["url"])
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert set(record) == FIELDS
    assert record["title"] == WANTED["title"]
    assert record["body"].split("\n\n") == WANTED["body"]


def test_explain_shows_evidence_and_runners_up():
    record = json.loads(scrapy(str(PAGE), "--url", WANTED["url"], "--explain").stdout)
    assert {proof["field"] for proof in record["evidence"]} == {
        "title",
        "published_at",
        "source",
        "authors",
        "body",
    }
    assert any(other["rule"] == "title element" for other in record["runners_up"])
    assert record["encoding"] == {"name": "gb18030", "from": "meta"}


def test_a_file_that_is_not_there():
    done = scrapy("/no/such/page.html")
    assert (done.returncode, done.stdout) == (4, b"")
    assert b"No such file" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("a", "b"), ("--batch", "a")])
def test_wrong_arguments(arguments):
    assert scrapy(*arguments).returncode == 2


def test_batch_never_stops(tmp_path):
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(PAGE.read_bytes()))
    cut = tmp_path / "cut.html.gz"
    cut.write_bytes(packed.read_bytes()[:300])
    lines = [
        json.dumps({"id": "a", "file": str(PAGE), "url": WANTED["url"]}),
        "{",
        "",
        json.dumps({"id": "b", "file": str(tmp_path / "none.html"), "url": None}),
        json.dumps({"id": "c", "file": str(cut), "url": None}),
        json.dumps({"id": "d", "file": str(packed), "url": None}),
    ]
    done = scrapy("--batch", stdin="\n".join(lines).encode())
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [record["id"] for record in records] == ["a", None, "b", "c", "d"]
    assert [record["kind"] for record in records] == ["article", "empty", "empty", "empty", "article"]
    assert [bool(record.get("error")) for record in records] == [False, True, True, True, False]
    assert records[0]["title"] == records[4]["title"] == WANTED["title"]
    assert records[4]["related"][0]["url"].startswith("/qinghe/")


def test_a_list_page_gives_its_items(tmp_path):
    links = "".join(
        f"<li><a href=/2023/03{i:02}/{i}.html>第{i}条老渠新修的故事和它的七十年</a> 2023-03-{i:02}</li>"
        for i in range(1, 29)
    )
    page = tmp_path / "list.html"
    page.write_text(
        f"<html><head><meta charset=utf-8><title>清河网</title></head><body><ul>{links}</ul></body></html>",
        "utf-8",
    )
    job = json.dumps({"id": "l", "file": str(page), "url": "http://a.example/list/"}).encode()
    record = json.loads(next(iter(batch([job]))))
    assert (record["kind"], len(record["items"])) == ("list", 28)
    assert record["items"][0] == {
        "title": "第1条老渠新修的故事和它的七十年",
        "url": "http://a.example/2023/0301/1.html",
        "date": "2023-03-01",
    }


def test_a_page_that_fails_is_one_line(monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("newsspider.commands.extract.describe", fail)
    job = json.dumps({"id": "a", "file": str(PAGE)}).encode()
    assert [json.loads(line) for line in batch([job])] == [
        {"id": "a", "kind": "other", "reason": "failed", "error": "KeyError: 'x'"}
    ]


def test_a_gzip_that_is_cut_off(tmp_path):
    cut = tmp_path / "cut.html.gz"
    cut.write_bytes(gzip.compress(PAGE.read_bytes())[:300])
    done = scrapy(str(cut))
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.startswith(f"{cut}: ".encode())
    assert done.stderr.count(b"\n") == 1


def test_a_url_that_is_none():
    done = scrapy(str(PAGE), "--url", "news.example.cn/1.html")
    assert done.returncode == 2
    assert b"--url is no http or https URL" in done.stderr


def test_a_reader_that_stops_early():
    command = f"{sys.executable} -m scrapy extract {PAGE} | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{", b"")
