"""What a re-extraction is to do: written down before it begins, so that it can be taken up again."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from newsspider.errors import ConfigurationError
from newsspider.reextract.tally import Tally
from newsspider.reextract.units import Unit

PLAN: Final = "plan.json"
PAST: Final = "past.sqlite3"


@dataclass(frozen=True, slots=True)
class Plan:
    """One re-extraction. Its output lies in `folder`: exports/reextract/<run>/."""

    run: str
    exports: str
    archive: str
    modules: tuple[str, ...]
    units: tuple[Unit, ...]
    site: str | None = None
    since: str | None = None

    @property
    def folder(self) -> Path:
        """Where the output lies."""
        return Path(self.exports) / "reextract" / self.run

    @property
    def past(self) -> Path:
        """The index of the old records."""
        return self.folder / PAST

    def output(self, kind: str, unit: Unit) -> Path:
        """Return the file of one kind of output (articles, differences, damage, units) of a unit."""
        return self.folder / kind / f"{unit.name}.json{'' if kind == 'units' else 'l'}"

    def done(self) -> dict[int, Tally]:
        """Return the tallies of the units that are finished."""
        found = {}
        for unit in self.units:
            try:
                found[unit.number] = Tally(**json.loads(self.output("units", unit).read_bytes()))
            except (OSError, ValueError, TypeError):
                continue  # not finished: it is done again from its beginning
        return found

    def save(self) -> None:
        """Write the plan into its folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.folder / PLAN, json.dumps(asdict(self), indent=1).encode())

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the plan of an earlier re-extraction."""
        try:
            values: dict[str, Any] = json.loads((folder / PLAN).read_bytes())
            units = tuple(Unit(**unit) for unit in values.pop("units"))
            modules = tuple(values.pop("modules"))
            return cls(**values, units=units, modules=modules)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ConfigurationError(f"{folder} holds no re-extraction: {error}") from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that appears under its name only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".open")
    unfinished.write_bytes(data)
    unfinished.replace(path)
