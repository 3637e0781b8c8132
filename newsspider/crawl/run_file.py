"""run.json: what a run was, and how it ended."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_run_file(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write run.json whole or not at all; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "run.json.part"
    part.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.replace(folder / "run.json")
