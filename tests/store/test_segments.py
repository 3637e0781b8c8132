"""Segments: their names, their rotation, their sealing, compressed or not."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_world import draft, lines, open_store, prose, visit

from newsspider.disk import Disk
from newsspider.errors import ConfigurationError, DamagedRecord
from newsspider.store import blocks
from newsspider.store.blocks import BLOCK, BlockReader, compress
from newsspider.store.locks import checked_name
from newsspider.store.segment import find_foreign, find_segments


def fill(root: Path, run: str, numbers: range, **given: object) -> None:
    store = open_store(root, run, **given)
    for number in numbers:
        store.add(visit("dahe", number, run), draft("dahe", number))
        store.commit()
    store.close()


def files(root: Path, kind: str) -> list[str]:
    return sorted(path.name for path in (root / kind).glob("*/*"))


def test_a_segment_has_its_final_name_only_when_it_is_finished(root: Path) -> None:
    store = open_store(root, "r1")
    assert not (root / "articles").exists(), "no file before the first line"
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    store.commit()
    assert files(root, "articles") == ["r1.jsonl.part"]
    assert files(root, "runs") == ["visits.jsonl.part"]
    store.close()
    assert files(root, "articles") == ["r1.jsonl"]
    assert files(root, "runs") == ["visits.jsonl"]
    store.close()


def test_no_file_when_nothing_is_new(root: Path) -> None:
    fill(root, "r1", range(1))
    fill(root, "r2", range(1))
    assert files(root, "articles") == ["r1.jsonl"]
    open_store(root, "r3").close()
    assert not (root / "runs" / "r3").exists()


def test_full_segments_are_sealed_and_the_next_begun(root: Path) -> None:
    fill(root, "r1", range(7), max_bytes=4_000)
    names = files(root, "articles")
    assert names[:2] == ["r1.0002.jsonl", "r1.0003.jsonl"]
    assert names[-1] == "r1.jsonl"
    assert {item.run for item in find_segments(root)} == {"r1"}
    assert len(list(lines(root, "articles"))) == 7
    (root / ".state" / "ledger.sqlite3").unlink()
    fill(root, "r2", range(7))
    assert len(list(lines(root, "articles"))) == 7, "all are known, from every segment"


def test_compressed_when_sealed(root: Path) -> None:
    fill(root, "r1", range(30), compress=True, max_bytes=30_000)
    names = files(root, "articles")
    assert len(names) > 1
    assert all(name.endswith(".jsonl.gz") for name in names)
    assert files(root, "runs") == ["visits.jsonl"], "reports read visits as they are"
    text = b"".join(gzip.decompress(path.read_bytes()) for path in (root / "articles").glob("*/*"))
    assert text.count(b"\n") == 30
    # The next run reads single lines out of them, with the ledger or without.
    for run in ("r2", "r3"):
        store = open_store(root, run, compress=True)
        (version,) = store.versions(draft("dahe", 17).id)
        assert version.body == prose(17)
        store.close()
        (root / ".state" / "ledger.sqlite3").unlink()
    fill(root, "r4", range(30))
    assert len(files(root, "articles")) == len(names)


@pytest.mark.parametrize("keep", [False, True])
def test_what_an_operator_compressed_is_what_it_was(root: Path, *, keep: bool) -> None:
    """`gzip *.jsonl`, with or without -k: the lines lie where the ledger says, and are found anew."""
    fill(root, "r1", range(30))
    (path,) = (root / "articles").glob("*/*.jsonl")
    path.with_name("r1.jsonl.gz").write_bytes(gzip.compress(path.read_bytes()))
    if not keep:
        path.unlink()
    for run in ("r2", "r3"):
        store = open_store(root, run)
        (version,) = store.versions(draft("dahe", 17).id)
        assert version.body == prose(17)
        assert store.recovery.warnings == []
        store.close()
        (root / ".state" / "ledger.sqlite3").unlink()
    fill(root, "r4", range(30))
    assert not list((root / "articles").glob("*/r4*")), "nothing was stored twice"


@pytest.mark.parametrize(
    "name", ["articles/2026-11/\udcff.jsonl", "articles/2026-11/a b.jsonl", "articles/2026 11/r1.jsonl"]
)
def test_what_has_no_name_of_a_run_is_no_segment(root: Path, name: str) -> None:
    """A name that the ledger cannot hold must not keep every run from beginning."""
    fill(root, "r1", range(2))
    (path,) = (root / "articles").glob("*/*.jsonl")
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_bytes(path.read_bytes())
    (root / ".state" / "ledger.sqlite3").unlink()
    store = open_store(root, "r2")
    assert store.recovery.warnings == []
    store.close()
    assert [(str(path.relative_to(root)), read) for path, read in find_foreign(root)] == [(name, True)]


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("same", [False, True])
def test_a_part_beside_the_finished_file(root: Path, *, same: bool, known: bool) -> None:
    """What a kill leaves between the last two steps of sealing: read twice, its lines would be double."""
    fill(root, "r1", range(30), compress=True)
    (path,) = (root / "articles").glob("*/*.gz")
    part = path.with_name("r1.jsonl.part")
    part.write_bytes(gzip.decompress(path.read_bytes()) if same else b'{"other": 1}\n')
    if not known:
        (root / ".state" / "ledger.sqlite3").unlink()
    fill(root, "r2", range(30))
    assert part.exists() != same, "what says something else is nothing to throw away"
    assert path.exists()


@pytest.mark.parametrize("name", ["", "..", "a/b", "../x", ".hidden", "a\0b", "x" * 200, "con.", "-x", "名"])
def test_names_never_leave_their_folder(name: str, root: Path) -> None:
    with pytest.raises(ConfigurationError):
        checked_name(name)
    with pytest.raises(ConfigurationError):
        open_store(root, name)
    with pytest.raises(ConfigurationError):
        open_store(root, "run", name)


# -- blocks ----------------------------------------------------------------------------------------


def packed(tmp_path: Path, data: bytes) -> Path:
    (tmp_path / "plain").write_bytes(data)
    compress(tmp_path / "plain", tmp_path / "packed.gz", Disk())
    return tmp_path / "packed.gz"


DATA = b"".join(f"line {number} {'x' * (number % 97)}\n".encode() for number in range(9000))


def test_blocks_are_gzip(tmp_path: Path) -> None:
    path = packed(tmp_path, DATA)
    assert gzip.decompress(path.read_bytes()) == DATA
    assert path.stat().st_size < len(DATA)
    assert packed(tmp_path, b"").read_bytes() == blocks.END


@pytest.mark.parametrize("plain", [False, True])
def test_any_offset_can_be_read(tmp_path: Path, *, plain: bool) -> None:
    """Of our blocks and of what another program compressed."""
    path = packed(tmp_path, DATA)
    if plain:
        path.write_bytes(gzip.compress(DATA))
    with BlockReader.open(path) as reader:
        for offset in (
            0,
            1,
            BLOCK - 1,
            BLOCK,
            BLOCK + 1,
            3 * BLOCK + 5,
            len(DATA) - 1,
            len(DATA),
            7,
            2 * BLOCK,
        ):
            assert reader.seek(offset) == offset
            assert reader.tell() == offset
            assert reader.read(100) == DATA[offset : offset + 100]
        assert reader.seek(-5, io.SEEK_END) == len(DATA) - 5
        assert reader.read() == DATA[-5:]
        reader.seek(0)
        assert list(reader) == DATA.splitlines(keepends=True)


@settings(deadline=None)
@given(data=st.binary(max_size=3 * BLOCK))
def test_noise_fits_in_blocks(data: bytes) -> None:
    parts = [blocks.block(data[at : at + BLOCK]) for at in range(0, len(data), BLOCK)]
    assert all(len(part) <= 1 << 16 for part in parts)
    with io.BufferedReader(BlockReader(io.BytesIO(b"".join(parts) + blocks.END))) as reader:
        assert reader.read() == data


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_damage_is_noticed(tmp_path: Path, damage: str, *, plain: bool) -> None:
    path = packed(tmp_path, DATA)
    data = bytearray(gzip.compress(DATA) if plain else path.read_bytes())
    if damage == "cut":
        del data[len(data) // 2 :]
    else:
        data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(DamagedRecord), BlockReader.open(path) as reader:
        reader.read()
