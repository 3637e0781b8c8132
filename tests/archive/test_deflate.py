"""Both engines write what the other reads."""

import gzip
import os

import pytest

from newsspider.archive import deflate

CONTENTS = {
    "empty": b"",
    "small": b"GET / HTTP/1.1\r\n\r\n" * 9,
    "page": "新闻正文".encode() * 20_000,
    "noise": os.urandom(300_000),
    "zeros": bytes(5_000_000),
}


@pytest.fixture(params=["zlib", "isal"])
def engine(request, monkeypatch) -> None:
    if request.param == "zlib":
        monkeypatch.setattr(deflate, "fast", None)
    elif deflate.fast is None:
        pytest.skip("isal is missing: pip install newsspider[speed]")


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS.keys())
def test_members_are_those_of_gzip(content, compressed):
    member = deflate.packed(content, compressed=compressed)
    assert gzip.decompress(member) == content
    assert deflate.unpacked(member, len(content) + 1) == content
    assert deflate.unpacked(gzip.compress(content), len(content) + 1) == content


@pytest.mark.usefixtures("engine")
def test_what_is_not_one_whole_member_is_none():
    member = gzip.compress(CONTENTS["page"])
    assert deflate.unpacked(member[:-1], 1 << 20) is None
    assert deflate.unpacked(member + member, 1 << 20) is None
    assert deflate.unpacked(member, 1000) is None
    assert deflate.unpacked(member[:-8] + bytes(8), 1 << 20) is None
    assert deflate.unpacked(b"<html>", 1 << 20) is None
