"""P15: old files stay readable. The samples of a released schema are never changed and never removed."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest
from store_world import article_id, open_store

from newsspider.items import SCHEMA, Record, Visit
from newsspider.store.events import Event
from newsspider.store.identity import digest
from newsspider.store.lines import decode
from newsspider.store.verify import check_exports

SAMPLES = sorted((Path(__file__).parent / "samples").glob("schema-*"))
KINDS = {"articles": Record, "reprints": Record, "runs": Visit, "events": Event}
LINES = [
    pytest.param(kind, line, id=f"{path.relative_to(folder.parent)}:{number}")
    for folder in SAMPLES
    for kind in KINDS
    for path in sorted((folder / kind).glob("*/*.jsonl"))
    for number, line in enumerate(path.read_bytes().splitlines(keepends=True), 1)
]


def test_every_released_schema_has_its_samples() -> None:
    assert [folder.name for folder in SAMPLES] == [f"schema-{number}" for number in range(1, SCHEMA + 1)]
    assert len(LINES) >= 17


@pytest.mark.parametrize(("kind", "line"), LINES)
def test_p15_lines_of_every_schema_are_read(kind: str, line: bytes) -> None:
    found = decode(line, KINDS[kind])
    if isinstance(found, Record):
        assert digest(found) == found.digest
    # What is read says no less than what was written.
    again = json.loads(msgspec.json.encode(found))
    for field, value in json.loads(line).items():
        assert again[field] == value, field


@pytest.mark.parametrize(("kind", "line"), LINES)
def test_a_later_schema_may_add_fields(kind: str, line: bytes) -> None:
    later = json.loads(line) | {"schema": SCHEMA + 1, "mood": {"bright": [1, None]}}
    if "evidence" in later:
        later["evidence"] = [item | {"trust": 0.5} for item in later["evidence"]]
    assert decode(json.dumps(later).encode(), KINDS[kind])


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_a_folder_of_every_schema_is_taken_up(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "exports"
    shutil.copytree(folder, root)
    store = open_store(root, "next", "zhongyuan")
    assert store.recovery.rebuilt
    assert store.recovery.warnings == []
    known = store.known(article_id("http://news.zhongyuan.example.cn/2026-11/25/102.html"))
    assert known is not None
    assert (known.version, known.tries) == (2, 0)
    store.close()
    found = check_exports(root, identify=article_id)
    assert found.is_whole, found.problems
