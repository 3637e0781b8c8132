"""A period packed as WACZ: whole, indexed as replay tools look, with the payloads that revisits need."""

import gzip
import hashlib
import json
import zipfile
from datetime import UTC, datetime

import pytest

from newsspider.archive import wacz
from newsspider.archive.cdxj import SortedLines, surt, timestamp, write_compressed
from newsspider.archive.exchange import Failure
from newsspider.archive.records import Damage, read
from newsspider.archive.wacz import Period, pack

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://news.example.cn/a.html", "cn,example,news)/a.html"),
        ("https://WWW.Example.CN/A.html", "cn,example)/a.html"),
        ("http://www2.example.cn", "cn,example)/"),
        ("http://example.cn:80/", "cn,example)/"),
        ("https://example.cn:443/", "cn,example)/"),
        ("http://example.cn:8080/", "cn,example:8080)/"),
        ("http://example.cn/?b=2&a=1", "cn,example)/?a=1&b=2"),
        ("http://example.cn:port/", "http://example.cn:port/"),
    ],
)
def test_keys_sort_by_host(url, key):
    assert surt(url) == key


def test_dates_are_fourteen_digits():
    assert timestamp("2026-11-25T08:30:00.123Z") == "20261125083000"
    assert timestamp("2026") == "20260000000000"


def test_the_compressed_index_can_be_searched_by_blocks(tmp_path):
    lines = SortedLines()
    for number in range(2500, 0, -1):
        lines.add(f"{number:06}", f"{number:06} line\n")
    with (tmp_path / "cdx").open("wb") as out:
        index = write_compressed(lines, out, "index.cdx.gz")
    lines.close()
    data = (tmp_path / "cdx").read_bytes()
    meta, *heads = index.decode().splitlines()
    assert json.loads(meta.partition("0 ")[2])["format"] == "cdxj-gzip-1.0"
    assert len(heads) == 3
    for head in heads:
        key, _, where = head.partition(" ")
        place = json.loads(where)
        block = gzip.decompress(data[place["offset"] : place["offset"] + place["length"]])
        assert block.startswith(key.encode())
    assert gzip.decompress(data).decode().splitlines() == sorted(gzip.decompress(data).decode().splitlines())


def packed(archive, tmp_path, period=None, **given):
    target = tmp_path / "news.wacz"
    done = pack(archive.root, target, period or Period(), title="新闻", now=NOW, **given)
    return done, zipfile.ZipFile(target)


def test_every_part_is_there_with_its_digest(open_archive, exchange, tmp_path):
    with open_archive(max_bytes=3000) as archive:
        for number in range(6):
            archive.append(exchange(number))
        archive.append(Failure(url="http://dead.example.cn/", at=exchange(5).at, reason="dns"))
    done, package = packed(archive, tmp_path, title_of=lambda url: "题目" if url.endswith("3.html") else None)
    with package:
        assert package.testzip() is None
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}
        description = json.loads(package.read("datapackage.json"))
        assert description["wacz_version"] == "1.1.1"
        for part in description["resources"]:
            data = package.read(part["path"])
            assert part["bytes"] == len(data)
            assert part["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        digest = json.loads(package.read("datapackage-digest.json"))["hash"]
        assert digest == f"sha256:{hashlib.sha256(package.read('datapackage.json')).hexdigest()}"
        head, *pages = map(json.loads, package.read("pages/pages.jsonl").splitlines())
    assert head["format"] == "json-pages-1.0"
    assert (done.captures, done.pages, done.damaged, done.lost) == (6, 6, 0, 0)
    assert [page["title"] for page in pages if page["url"].endswith("3.html")] == ["题目"]
    assert [page["ts"] for page in pages] == sorted(page["ts"] for page in pages)


def test_the_index_points_to_the_records(open_archive, exchange, tmp_path):
    with open_archive(max_bytes=3000) as archive:
        for number in range(6):
            archive.append(exchange(number))
    _, package = packed(archive, tmp_path)
    with package:
        data = package.read("archive/data-000.warc.gz")
        lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
    warc = tmp_path / "data-000.warc.gz"
    warc.write_bytes(data)
    found = list(read(warc, one_a_member=True))
    assert not [r for r in found if isinstance(r, Damage)]
    by_offset = {r.offset: r for r in found}
    assert len(lines) == 6
    for line in lines:
        facts = json.loads(line.split(" ", 2)[2])
        record = by_offset[int(facts["offset"])]
        assert (record.url, record.length) == (facts["url"], int(facts["length"]))
        assert record.kind == "response"


def test_the_parts_have_bare_heads_and_several_files(open_archive, exchange, tmp_path, monkeypatch):
    monkeypatch.setattr(wacz, "DATA_BYTES", 3000)
    with open_archive() as archive:
        for number in range(12):
            archive.append(exchange(number))
    done, package = packed(archive, tmp_path)
    assert done.captures == 12
    raw = (tmp_path / "news.wacz").read_bytes()
    with package:
        data = [info.filename for info in package.infolist() if info.filename.startswith("archive/")]
        assert data == [f"archive/data-{number:03d}.warc.gz" for number in range(len(data))]
        assert len(data) > 2
        for info in package.infolist():
            # replay tools take a local head to have no further fields
            assert raw[info.header_offset + 28 : info.header_offset + 30] == b"\0\0"
            assert info.flag_bits == 0
        lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
        for line in lines:
            facts = json.loads(line.split(" ", 2)[2])
            member = package.read(f"archive/{facts['filename']}")[int(facts["offset"]) :][
                : int(facts["length"])
            ]
            assert facts["url"].encode() in gzip.decompress(member)


def test_payloads_from_before_the_period_come_with_it(open_archive, exchange, tmp_path):
    with open_archive() as archive:
        archive.append(exchange(1))
        archive.append(exchange(2))
        archive.append(exchange(50, payload=exchange(1).payload))
    done, package = packed(archive, tmp_path, Period(since="2026-11-25T08:30:30Z"))
    with package:
        text = gzip.decompress(package.read("archive/data-000.warc.gz"))
    assert exchange(1).payload in text
    assert exchange(2).payload not in text
    assert (done.captures, done.lost) == (2, 0)


def test_lost_payloads_and_damage_are_counted(open_archive, exchange, tmp_path):
    with open_archive() as archive:
        ref = archive.append(exchange(1))
    with open_archive(run="20261126T083000Z-dahe-0a1b2c") as archive:
        archive.append(exchange(50, payload=exchange(1).payload))
        other = archive.append(exchange(51))
    (archive.root / ref.file).unlink()
    path = archive.root / other.file
    data = bytearray(path.read_bytes())
    data[other.offset + 50] ^= 1
    path.write_bytes(data)
    done, package = packed(archive, tmp_path)
    package.close()
    assert (done.captures, done.lost, done.damaged) == (1, 1, 1)


def test_only_some_hosts(open_archive, exchange, tmp_path):
    with open_archive() as archive:
        archive.append(exchange(1))
        archive.append(exchange(2, url="http://other.example.cn/"))
    done, package = packed(archive, tmp_path, Period(wanted=lambda url: "other" in url))
    package.close()
    assert done.captures == 1


def test_a_failed_packing_leaves_nothing(open_archive, exchange, tmp_path):
    with open_archive() as archive:
        archive.append(exchange(1))

    def fail(url):
        raise KeyError(url)

    with pytest.raises(KeyError):
        packed(archive, tmp_path, title_of=fail)
    assert not list(tmp_path.glob("news.wacz*"))
