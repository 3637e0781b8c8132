"""The catalogue: captures by URL and time, from the index or, without it, from the files."""

import pytest

from newsspider.archive.catalog import Catalog, check
from newsspider.archive.exchange import Failure
from newsspider.errors import ConfigurationError


def filled(open_archive, exchange):
    with open_archive(max_bytes=3000) as archive:
        for number in range(5):
            archive.append(exchange(number))
        archive.append(exchange(1, at=exchange(9).at))
        archive.append(exchange(2, url=exchange(2).url.replace("http:", "https:"), payload=b"tls"))
        archive.append(Failure(url="http://dead.example.cn/", at=exchange(5).at, reason="dns"))
    return archive.root


def captures(root):
    with Catalog.open(root) as catalog:
        return list(catalog.captures_between("", "9999"))


def test_the_index_and_the_files_say_the_same(open_archive, exchange):
    root = filled(open_archive, exchange)
    from_index = captures(root)
    for path in root.glob(".index.sqlite3*"):
        path.unlink()
    assert captures(root) == from_index
    assert len(from_index) == 8


def test_captures_of_a_url_are_found_with_either_scheme(open_archive, exchange):
    root = filled(open_archive, exchange)
    with Catalog.open(root) as catalog:
        assert [c.kind for c in catalog.captures_of(exchange(1).url)] == ["response", "revisit"]
        assert len(catalog.captures_of(exchange(2).url)) == 2
        assert len(catalog.captures_of(exchange(2).url.removeprefix("http://"))) == 2
        assert [c.kind for c in catalog.captures_of("http://dead.example.cn/")] == ["failure"]
        assert catalog.captures_of("http://nowhere.example.cn/") == []


def test_a_period_is_half_open(open_archive, exchange):
    root = filled(open_archive, exchange)
    with Catalog.open(root) as catalog:
        found = list(catalog.captures_between("2026-11-25T08:30:01.000Z", "2026-11-25T08:30:03.000Z"))
    assert sorted(c.date[17:19] for c in found) == ["01", "02", "02"]


def test_an_open_file_is_seen_up_to_what_is_synced_and_whole_later(open_archive, exchange):
    archive = open_archive()
    archive.append(exchange(1))
    archive.sync()
    assert len(captures(archive.root)) == 1
    archive.append(exchange(2))
    archive.close()
    assert len(captures(archive.root)) == 2


def test_damage_is_found_and_named(open_archive, exchange):
    root = filled(open_archive, exchange)
    assert all(not damage for _, _, damage in check(root))
    path = min(root.glob("*/*.warc.gz"))
    data = bytearray(path.read_bytes())
    data[900] ^= 1
    path.write_bytes(data)
    (bad,) = [damage for _, _, damage in check(root) if damage]
    assert bad[0].offset <= 900 < bad[0].offset + bad[0].length


def test_no_archive_is_a_configuration_error(tmp_path):
    with pytest.raises(ConfigurationError, match="no archive"):
        Catalog.open(tmp_path / "nowhere")


@pytest.mark.parametrize("indexed", [True, False])
def test_an_archive_that_may_not_be_written_is_read(open_archive, exchange, monkeypatch, indexed):
    root = filled(open_archive, exchange)
    found = captures(root)
    for path in root.glob(".index.sqlite3*"):
        if not indexed:
            path.unlink()
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    monkeypatch.setattr("newsspider.archive.catalog.os.access", lambda *_: False)
    assert captures(root) == found
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
