"""The strict reader: what it takes from others, what it calls damage, and how it goes on."""

import gzip
import hashlib
import zlib
from base64 import b32encode
from itertools import pairwise
from pathlib import Path

import pytest

from newsspider.archive import deflate
from newsspider.archive.records import Damage, WarcRecord, read, record_at
from newsspider.errors import DamagedRecord


def sha1(data: bytes) -> str:
    return "sha1:" + b32encode(hashlib.sha1(data).digest()).decode()


def record(
    number: int = 0, *, payload: bytes | None = None, head: bytes = b"", version: str = "1.0", **extra: str
) -> bytes:
    payload = f"page {number}".encode() * 50 if payload is None else payload
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n" + payload
    fields = {
        "WARC-Type": "response",
        "WARC-Target-URI": f"http://news.example.cn/{number}",
        "WARC-Date": "2026-11-25T08:30:00Z",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{number:012d}>",
        "Content-Type": "application/http; msgtype=response",
        "WARC-Payload-Digest": sha1(payload),
        "WARC-Block-Digest": sha1(block),
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in extra.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/{version}\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def written(path: Path, *records: bytes, compressed: bool = True) -> Path:
    path.write_bytes(b"".join(gzip.compress(r, mtime=0) if compressed else r for r in records))
    return path


def urls(found: list[WarcRecord | Damage]) -> list[str | None]:
    return [r.url if isinstance(r, WarcRecord) else None for r in found]


@pytest.fixture(autouse=True, params=["zlib", "isal"])
def engine(request, monkeypatch) -> None:
    """Read with zlib, and with ISA-L where it is installed."""
    if request.param == "zlib":
        monkeypatch.setattr(deflate, "fast", None)
    elif deflate.fast is None:
        pytest.skip("isal is missing: pip install newsspider[speed]")


@pytest.fixture(params=[True, False], ids=["gzip", "plain"])
def compressed(request) -> bool:
    return bool(request.param)


def test_records_are_read_with_offset_and_length(tmp_path, compressed):
    parts = [record(n) for n in range(4)]
    path = written(tmp_path / "a.warc", *parts, compressed=compressed)
    found = list(read(path))
    assert urls(found) == [f"http://news.example.cn/{n}" for n in range(4)]
    assert found[0].offset == 0
    assert all(a.offset + a.length == b.offset for a, b in pairwise(found))
    assert found[-1].offset + found[-1].length == path.stat().st_size
    assert [record_at(path, r.offset) for r in found] == found


def test_an_empty_file_holds_nothing(tmp_path):
    assert list(read(written(tmp_path / "a.warc.gz"))) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WARC_Block_Digest", "sha1:" + "A" * 32),
        ("WARC_Payload_Digest", "sha1:" + "A" * 32),
        ("WARC_Payload_Digest", "sha256:" + "0" * 64),
        ("WARC_Payload_Digest", "md5:" + "0" * 32),
        ("WARC_Payload_Digest", "sha1:not-a-digest"),
        ("Content_Length", "17"),
        ("Content_Length", "100000"),
        ("Content_Length", "-1"),
        ("Content_Length", "٣"),
        ("Content_Length", "9" * 5000),
        ("WARC_Type", ""),
    ],
)
def test_a_record_that_lies_is_damage_and_the_next_is_read(tmp_path, compressed, name, value):
    path = written(tmp_path / "a", record(0), record(1, **{name: value}), record(2), compressed=compressed)
    found = list(read(path))
    assert found[0].url == "http://news.example.cn/0"
    assert next(r.offset for r in found if isinstance(r, Damage)) == found[0].length
    assert found[-1].url == "http://news.example.cn/2"
    with pytest.raises(DamagedRecord, match=f"at {found[0].length}"):
        record_at(path, found[0].length)


@pytest.mark.parametrize(
    "value",
    [
        "sha1:{hex}",
        "SHA-1:{b32}",
        "sha1:{lower}",
        "sha256:{sha256}",
        "xxh3:whatever",
        "nonsense",
    ],
)
def test_digests_are_read_in_the_forms_that_tools_write(tmp_path, value):
    payload = b"page"
    sha = hashlib.sha1(payload)
    text = value.format(
        hex=sha.hexdigest(),
        b32=b32encode(sha.digest()).decode(),
        lower=b32encode(sha.digest()).decode().lower(),
        sha256=hashlib.sha256(payload).hexdigest(),
    )
    path = written(tmp_path / "a.warc.gz", record(payload=payload, WARC_Payload_Digest=text))
    assert urls(list(read(path))) == ["http://news.example.cn/0"]


def test_a_payload_digest_may_be_taken_with_or_without_the_chunks(tmp_path):
    chunked = b"4\r\npage\r\n0\r\n\r\n"
    head = b"Transfer-Encoding: chunked\r\n"
    path = written(
        tmp_path / "a.warc.gz",
        record(0, payload=chunked, head=head),
        record(1, payload=chunked, head=head, WARC_Payload_Digest=sha1(b"page")),
        record(2, payload=chunked, head=head, WARC_Payload_Digest=sha1(b"pages")),
    )
    found = list(read(path))
    assert urls(found) == ["http://news.example.cn/0", "http://news.example.cn/1", None]


def test_every_cut_of_the_last_record_is_damage(tmp_path, compressed):
    whole = written(tmp_path / "a", record(0), record(1), compressed=compressed)
    data, last = whole.read_bytes(), list(read(whole))[1].offset
    cut = tmp_path / "cut"
    for end in range(last + 1, len(data)):
        cut.write_bytes(data[:end])
        found = list(read(cut))
        assert urls(found) == ["http://news.example.cn/0", None], end
        assert (found[1].offset, found[1].length) == (last, end - last)


def test_every_spoilt_byte_of_a_gzip_member_is_damage(tmp_path):
    path = written(tmp_path / "a.warc.gz", record(0), record(1), record(2))
    data, (first, second, third) = path.read_bytes(), list(read(path))
    for at in range(second.offset, third.offset):
        if second.offset + 4 <= at < second.offset + 10:
            continue  # time, flags of the compressor, system: nothing depends on them
        spoilt = bytearray(data)
        spoilt[at] ^= 0x55
        path.write_bytes(spoilt)
        found = list(read(path))
        assert found[0] == first
        assert isinstance(found[1], Damage), at - second.offset
        assert found[-1] == third, at - second.offset


def test_reading_goes_on_behind_garbage(tmp_path, compressed):
    members = [gzip.compress(record(n)) if compressed else record(n) for n in range(2)]
    garbage = b"\0" * 3_000_000 + b"\x1f\x8b\x08" * 3 + b"WARC/1.0 is not at the line's beginning"
    path = tmp_path / "a"
    path.write_bytes(members[0] + garbage + b"\n" + members[1])
    found = list(read(path))
    assert urls(found) == ["http://news.example.cn/0", None, "http://news.example.cn/1"]
    assert found[1].length == len(garbage) + 1


def test_several_records_in_one_member_are_read_but_not_strictly(tmp_path):
    path = written(tmp_path / "a.warc.gz", record(0) + record(1), record(2))
    assert urls(list(read(path))) == [f"http://news.example.cn/{n}" for n in range(3)]
    strict = list(read(path, one_a_member=True))
    assert strict[1].reason == "the gzip member holds more than one record"
    assert strict[2].url == "http://news.example.cn/2"


def test_ranges_share_the_records_out(tmp_path, compressed):
    path = written(tmp_path / "a", *[record(n) for n in range(20)], compressed=compressed)
    size = path.stat().st_size
    for step in (1, 7, 100, 333, size // 3, size, 2 * size):
        if step < 100 and not compressed:
            continue
        found = [r for at in range(0, size, step) for r in read(path, start=at, end=at + step)]
        assert urls(found) == [f"http://news.example.cn/{n}" for n in range(20)], step


def test_blocks_of_other_kinds_and_long_ones_are_not_kept(tmp_path, compressed):
    big = b"x" * 3_000_000
    parts = [
        record(0, payload=big, WARC_Payload_Digest="xxh3:1"),
        record(1, WARC_Type="request", WARC_Block_Digest="sha1:" + "A" * 32),
        record(2),
        record(3, payload=big, WARC_Block_Digest="sha1:" + "A" * 32),
        record(4),
    ]
    path = written(tmp_path / "a", *parts, compressed=compressed)
    found = list(read(path, kinds={"response"}, limit=1_000_000))
    assert [getattr(r, "block", "damage") is None for r in found] == [True, True, False, False, False]
    assert urls(found) == [
        "http://news.example.cn/0",
        "http://news.example.cn/1",
        "http://news.example.cn/2",
        None,
        "http://news.example.cn/4",
    ]
    assert found[0].size > 3_000_000


def test_a_bomb_costs_no_memory(tmp_path):
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    path = tmp_path / "bomb.warc.gz"
    with path.open("wb") as out:
        out.write(squeeze.compress(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 300000000\r\n\r\n"))
        for _ in range(300):
            out.write(squeeze.compress(b"\0" * 1_000_000))
        out.write(squeeze.compress(b"\r\n\r\n") + squeeze.flush())
    (found,) = read(path)
    assert (found.size, found.block) == (300_000_000, None)


def test_a_head_that_does_not_end_is_damage(tmp_path):
    path = written(tmp_path / "a.warc.gz", b"WARC/1.0\r\n" + b"a: b\r\n" * 50_000, record(1))
    found = list(read(path))
    assert found[0].reason == "the record's head does not end"
    assert found[1].url == "http://news.example.cn/1"


def test_folded_lines_brackets_and_old_versions_are_read(tmp_path):
    text = record(0, version="0.18", WARC_Target_URI="<http://news.example.cn/0>", X_A="1\r\n 2")
    (found,) = read(written(tmp_path / "a.warc.gz", text))
    assert found.url == "http://news.example.cn/0"
    assert found.field("x-a") == "1 2"


def test_other_formats_are_damage_not_errors(tmp_path):
    for content in (b"\x28\xb5\x2f\xfd" + bytes(100), b"<html>" * 100, gzip.compress(b"<html>"), b"\x1f\x8b"):
        path = tmp_path / "a"
        path.write_bytes(content)
        found = list(read(path))
        assert [type(r) for r in found] == [Damage]
        assert found[0].length == len(content)
