"""The gate: the extractor's scores on labelled pages don't fall below the floors of `floors.json`.

The pages are other people's work and not part of the project: they lie in a folder `shared/corpus` beside the
checkout, or where NEWSSPIDER_CORPUS says. The floors name the digest of the corpus they were measured on.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsspider.commands.extract import batch

FLOORS = Path(__file__).parent / "floors.json"
CORPUS = Path(os.environ.get("NEWSSPIDER_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
SCORE = CORPUS / "score.py"

pytestmark = pytest.mark.skipif(
    not SCORE.exists(), reason=f"no labelled corpus at {CORPUS}: set NEWSSPIDER_CORPUS to its folder"
)


def score(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCORE), *map(str, arguments), "--corpus", str(CORPUS)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)


@pytest.fixture(scope="module")
def predictions(tmp_path_factory):
    manifest = score("manifest").stdout.encode()
    path = tmp_path_factory.mktemp("corpus") / "predictions.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in batch(manifest.splitlines())))
    return path


def test_no_floor_is_missed(predictions):
    judged = score(predictions, "--floors", FLOORS)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert "all floors hold" in judged.stdout


def test_no_page_fails(predictions):
    failed = [line for line in predictions.read_text("utf-8").splitlines() if "error" in json.loads(line)]
    assert failed == []


def test_the_gate_closes(predictions, tmp_path):
    """A floor above what can be reached fails: the judge reads the floors."""
    spec = json.loads(FLOORS.read_text("utf-8"))
    high = tmp_path / "high.json"
    high.write_text(json.dumps({**spec, "floors": {**spec["floors"], "title": 1.1}}), "utf-8")
    assert score(predictions, "--floors", high).returncode == 1


def test_every_figure_has_a_floor():
    floors = json.loads(FLOORS.read_text("utf-8"))["floors"]
    assert set(floors) == {
        "title", "time", "bad_time", "source", "bad_source", "authors", "body_f1", "body", "para_f1", "related", "group",
        "whole", "kind", "false_article", "items",
    }  # fmt: skip
