"""What the writer puts into a file, as the standard tools and the strict reader see it."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newsspider.archive.exchange import Exchange, Failure
from newsspider.archive.reader import load
from newsspider.archive.records import Damage, WarcRecord, read, record_at
from newsspider.archive.writer import Archive
from newsspider.errors import ConfigurationError, StoreError
from newsspider.items import WarcRef


def records(archive: Archive) -> list[WarcRecord]:
    found = [r for path in sorted(archive.root.glob("*/*.warc.gz")) for r in read(path, one_a_member=True)]
    assert not [r for r in found if isinstance(r, Damage)]
    return [r for r in found if isinstance(r, WarcRecord)]


def test_a_fetch_is_a_response_and_its_request_behind_a_warcinfo(open_archive, exchange):
    with open_archive() as archive:
        ref = archive.append(exchange(1))
    found = records(archive)
    assert [r.kind for r in found] == ["warcinfo", "response", "request"]
    assert found[1].offset == ref.offset
    assert found[2].field("WARC-Concurrent-To") == found[1].field("WARC-Record-ID")
    assert found[2].block.startswith(b"GET /2026-11/25/1.html HTTP/1.1\r\nHost: news.example.cn\r\n")
    assert found[1].block.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")
    assert found[1].field("WARC-Date") == "2026-11-25T08:30:01.000Z"


@pytest.mark.parametrize(
    ("status", "reason", "line"),
    [
        (404, "", b"HTTP/1.1 404 Not Found\r\n"),
        (200, "Very Well", b"HTTP/1.1 200 Very Well\r\n"),
        (999, "", b"HTTP/1.1 999 \r\n"),
    ],
)
def test_a_status_line_has_the_standard_phrase_where_none_is_known(
    open_archive, exchange, status, reason, line
):
    with open_archive() as archive:
        archive.append(exchange(status=status, reason=reason))
    assert records(archive)[1].block.startswith(line)


def test_the_warcinfo_says_what_the_crawler_cannot_keep(open_archive, exchange):
    with open_archive(facts={"operator": "mail@example.cn"}) as archive:
        archive.append(exchange())
    block = records(archive)[0].block.decode()
    assert "title case" in block
    assert "order" in block
    assert "operator: mail@example.cn" in block


def test_the_file_is_open_while_written_and_finished_by_close(open_archive, exchange, run):
    archive = open_archive()
    ref = archive.append(exchange())
    assert ref.file == f"2026-11/{run}-00000.warc.gz"
    assert [p.name for p in archive.root.glob("*/*")] == [f"{run}-00000.warc.gz.open"]
    archive.close()
    archive.close()
    assert [p.name for p in archive.root.glob("*/*")] == [f"{run}-00000.warc.gz"]


def test_a_run_that_fetched_nothing_makes_no_file(open_archive):
    with open_archive() as archive:
        archive.sync()
    assert not list(archive.root.glob("*/*"))


def test_the_page_can_be_read_while_the_file_is_open(open_archive, exchange):
    with open_archive() as archive:
        ref = archive.append(exchange(3))
        archive.sync()
        assert load(archive.root, ref).payload == exchange(3).payload
    assert load(archive.root, ref).payload == exchange(3).payload


def test_an_identical_payload_becomes_a_revisit(open_archive, exchange):
    with open_archive() as archive:
        first = archive.append(exchange(1))
        again = archive.append(exchange(2, payload=exchange(1).payload))
    revisit = next(r for r in records(archive) if r.kind == "revisit")
    assert revisit.offset == again.offset
    assert revisit.field("WARC-Profile") == (
        "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    )
    assert revisit.field("WARC-Refers-To-Target-URI") == exchange(1).url
    assert revisit.field("WARC-Refers-To-Date") == "2026-11-25T08:30:01.000Z"
    assert revisit.field("WARC-Payload-Digest") == record_at(archive.root / first.file, first.offset).field(
        "WARC-Payload-Digest"
    )
    assert b"\xe6\xad\xa3" not in revisit.block
    page = load(archive.root, again)
    assert (page.url, page.payload) == (exchange(2).url, exchange(1).payload)


def test_payloads_are_known_across_runs_and_without_the_index_they_are_written_again(open_archive, exchange):
    runs = [f"20261125T08300{n}Z-dahe-0a1b2{n}" for n in range(3)]
    with open_archive(run=runs[0]) as archive:
        archive.append(exchange(1))
    with open_archive(run=runs[1]) as archive:
        second = archive.append(exchange(1))
    assert record_at(archive.root / second.file, second.offset).kind == "revisit"
    assert load(archive.root, second).payload == exchange(1).payload
    for path in archive.root.glob(".index.sqlite3*"):
        path.unlink()
    with open_archive(run=runs[2]) as archive:
        third = archive.append(exchange(1))
    assert record_at(archive.root / third.file, third.offset).kind == "response"


def test_a_payload_whose_file_is_gone_is_written_again(open_archive, exchange):
    with open_archive() as archive:
        ref = archive.append(exchange(1))
    (archive.root / ref.file).unlink()
    with open_archive(run="20261126T083000Z-dahe-0a1b2c") as archive:
        ref = archive.append(exchange(1))
    assert record_at(archive.root / ref.file, ref.offset).kind == "response"


@pytest.mark.parametrize("spoil", [b"garbage" * 500, b""])
def test_a_damaged_index_is_made_anew(open_archive, exchange, spoil):
    with open_archive() as archive:
        archive.append(exchange(1))
    (archive.root / ".index.sqlite3").write_bytes(spoil)
    for path in archive.root.glob(".index.sqlite3-*"):
        path.unlink()
    with open_archive(run="20261126T083000Z-dahe-0a1b2c") as archive:
        archive.append(exchange(1))
        ref = archive.append(exchange(1))
    assert record_at(archive.root / ref.file, ref.offset).kind == "revisit"


def test_not_modified_refers_to_the_page_that_the_url_gave_last(open_archive, exchange):
    with open_archive() as archive:
        archive.append(exchange(1, payload=b"old"))
        archive.append(exchange(1, payload=b"new"))
        ref = archive.append(exchange(1, status=304, reason="Not Modified", payload=b"", headers=()))
    record = record_at(archive.root / ref.file, ref.offset)
    assert record.field("WARC-Profile").endswith("/server-not-modified")
    page = load(archive.root, ref)
    assert (page.status, page.payload) == (304, b"new")
    assert page.content_type == "text/html; charset=utf-8"


def test_not_modified_after_a_revisit_refers_to_the_revisited_payload(open_archive, exchange):
    with open_archive() as archive:
        archive.append(exchange(1, payload=b"old"))
        archive.append(exchange(2, payload=b"new"))
        archive.append(exchange(1, payload=b"new"))
        archive.sync()
        ref = archive.append(exchange(1, status=304, payload=b""))
    assert load(archive.root, ref).payload == b"new"


def test_empty_and_cut_payloads_are_no_revisits(open_archive, exchange):
    with open_archive() as archive:
        for _ in range(2):
            archive.append(exchange(1, payload=b""))
            archive.append(exchange(2, truncated="length"))
    found = records(archive)
    assert "revisit" not in {r.kind for r in found}
    assert [r.field("WARC-Truncated") for r in found if r.kind == "response"] == [None, "length"] * 2


def test_headers_that_would_lie_about_the_payload_are_renamed(open_archive, exchange):
    headers = (
        (b"Transfer-Encoding", b"chunked"),
        (b"Content-Length", b"5"),
        (b"Set-Cookie", b"a=1"),
        (b"Set-Cookie", b"b=2"),
    )
    with open_archive() as archive:
        ref = archive.append(exchange(1, headers=headers))
    assert load(archive.root, ref).headers == (
        (b"X-Archive-Orig-Transfer-Encoding", b"chunked"),
        (b"X-Archive-Orig-Content-Length", b"5"),
        (b"Set-Cookie", b"a=1"),
        (b"Set-Cookie", b"b=2"),
    )


def test_hostile_headers_and_urls_stay_in_their_lines(open_archive, exchange):
    bad = exchange(
        1,
        url="http://news.example.cn/a b\r\nWARC-Type: evil/新",
        headers=((b"X-A", b"1\r\nX-B: 2"), (b"X\nC", b"3\0")),
        reason="OK\r\nX-D: 4",
        ip="1.2.3.4\r\nX: 1",
        metadata={"via": "http://a.cn/\r\n\r\nWARC/1.1"},
    )
    with open_archive() as archive:
        ref = archive.append(bad)
    found = records(archive)
    assert [r.kind for r in found] == ["warcinfo", "response", "request", "metadata"]
    assert found[1].url == "http://news.example.cn/a%20b%0D%0AWARC-Type:%20evil/%E6%96%B0"
    assert load(archive.root, ref).headers == ((b"X-A", b"1 X-B: 2"), (b"X C", b"3"))
    assert found[3].block == b"via: http://a.cn/ WARC/1.1\r\n"


def test_a_failure_is_kept_with_its_request(open_archive, exchange):
    failure = Failure(url="http://gone.example.cn/", at=exchange().at, reason="dns", detail="no such\nname")
    with open_archive() as archive:
        archive.append(failure)
    found = records(archive)
    assert [r.kind for r in found] == ["warcinfo", "metadata", "request"]
    assert found[1].block == b"failure: dns\r\nfailureDetail: no such name\r\n"


def test_files_rotate_by_size_and_each_begins_with_its_warcinfo(open_archive, exchange):
    with open_archive(max_bytes=2500) as archive:
        refs = [archive.append(exchange(n)) for n in range(6)]
    assert [p.name[-14:-8] for p in sorted(archive.root.glob("*/*"))] == ["-00000", "-00001", "-00002"]
    assert all(p.stat().st_size <= 2500 for p in archive.root.glob("*/*"))
    assert [load(archive.root, ref).payload for ref in refs] == [exchange(n).payload for n in range(6)]
    infos = [r for r in records(archive) if r.kind == "warcinfo"]
    assert [r.field("WARC-Filename") for r in infos] == [p.name for p in sorted(archive.root.glob("*/*"))]


def test_warcio_agrees(open_archive, exchange):
    with open_archive() as archive:
        for number in range(4):
            archive.append(exchange(number, metadata={"via": "http://news.example.cn/"}))
        archive.append(exchange(9, payload=exchange(3).payload))
    (path,) = archive.root.glob("*/*.warc.gz")
    with path.open("rb") as stream:
        kinds = [
            (r.rec_type, r.content_stream().read() if r.rec_type == "response" else b"")
            for r in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [payload for kind, payload in kinds if kind == "response"] == [
        exchange(number).payload for number in range(4)
    ]
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", str(path)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout) == (0, "")


def test_p14_every_finished_file_passes_gzip_and_the_strict_reader(open_archive, exchange):
    with open_archive(max_bytes=3000) as archive:
        for number in range(12):
            archive.append(exchange(number % 7))
    paths = sorted(archive.root.glob("*/*.warc.gz"))
    assert len(paths) > 1
    for path in paths:
        subprocess.run(["gzip", "-t", str(path)], check=True)
        found = list(read(path, one_a_member=True))
        assert not [r for r in found if isinstance(r, Damage)]
        assert sum(r.length for r in found) == path.stat().st_size
        assert sum(len(g) for g in [gzip.decompress(path.read_bytes())]) > 0


@pytest.mark.parametrize("name", ["dahe", "20261125T083000Z-../x-0a1b2c", "../20261125T083000Z-a-0a1b2c", ""])
def test_a_name_that_is_no_run_id_is_refused(open_archive, name):
    with pytest.raises(ConfigurationError, match="run id"):
        open_archive(run=name)


def test_a_folder_that_cannot_be_written_is_a_configuration_error(tmp_path: Path, run):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="ARCHIVE_DIR"):
        Archive.open(tmp_path / "file" / "archive", run=run)


def test_a_reference_outside_the_archive_is_not_followed(open_archive, exchange, tmp_path):
    with open_archive() as archive:
        ref = archive.append(exchange(1))
    (tmp_path / "outside.warc.gz").write_bytes((archive.root / ref.file).read_bytes())
    with pytest.raises(Exception, match="not in the archive"):
        load(archive.root, WarcRef(file="../outside.warc.gz", offset=ref.offset))


def test_an_exchange_without_time_zone_or_status_is_refused(exchange):
    with pytest.raises(ValueError, match="time zone"):
        exchange(1, at=exchange().at.replace(tzinfo=None))
    with pytest.raises(ValueError, match="status"):
        exchange(1, status=0)


def test_a_broken_archive_takes_nothing_more(open_archive, exchange, failing_disk):
    archive = open_archive(io=failing_disk("sync", errno_name="EIO"))
    archive.append(exchange(1))
    with pytest.raises(StoreError, match="cannot be written"):
        archive.sync()
    with pytest.raises(StoreError, match="is broken"):
        archive.append(exchange(2))
    with pytest.raises(StoreError, match="is broken"):
        archive.sync()
    archive.close()
    assert isinstance(exchange(1), Exchange)
