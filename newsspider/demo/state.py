"""What the demo remembers between two runs: its day and its phase, beside the exports it filled."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from newsspider.demo.world import CHINA
from newsspider.errors import ConfigurationError

_FILE: Final = Path(".state", "demo.json")


@dataclass(frozen=True, slots=True)
class DemoState:
    """The arguments of the world that a run of the demo shows."""

    today: date
    phase: int


def following(exports: Path, today: date) -> DemoState:
    """Return the state that the next run shows and remember it.

    The first run on a folder shows phase 1 of a world of `today`; every later one shows phase 2 of
    that same world, whatever day it is, so that no article changes by the passing of time.
    """
    before = remembered(exports)
    state = DemoState(today, 1) if before is None else DemoState(before.today, 2)
    path = exports / _FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".json.new")
    temporary.write_text(
        json.dumps({"today": state.today.isoformat(), "phase": state.phase}), encoding="utf-8"
    )
    temporary.replace(path)
    return state


def remembered(exports: Path) -> DemoState | None:
    """Return the state of the last run on this folder; None before the first.

    `.state/` may be deleted at any time: then the articles that are stored prove the first run.
    """
    path = exports / _FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return DemoState(date.fromisoformat(data["today"]), int(data["phase"]))
    except FileNotFoundError:
        return _proven(exports)
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{path} is damaged ({error}); delete it to begin the demo anew") from None


def _proven(exports: Path) -> DemoState | None:
    for path in sorted(exports.glob("articles/*/*.jsonl")):
        with path.open("rb") as lines:
            if b'"site":"demo_' not in lines.readline():
                continue
        began = path.name.partition("-")[0]  # 20261125T083000Z
        try:
            moment = datetime.strptime(began, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            continue
        return DemoState(moment.astimezone(CHINA).date(), 1)
    return None
