"""What recovery found and did."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class RecoveryReport:
    """What recovery found and did. Bytes lost and files damaged are warnings in a run's report."""

    rebuilt: bool = False
    ledger_set_aside: str | None = None
    adopted: int = 0
    sealed: list[str] = field(default_factory=list)
    torn: dict[str, int] = field(default_factory=dict)
    shorter: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    def note_set_aside(self, path: Path | None) -> None:
        """Note the name under which a damaged ledger is kept."""
        if path is not None:
            self.ledger_set_aside = path.name

    def add(self, other: "RecoveryReport") -> None:
        """Take in the report of a further recovery."""
        self.rebuilt = self.rebuilt or other.rebuilt
        self.adopted += other.adopted
        self.torn |= other.torn
        for name in ("sealed", "shorter", "missing", "damaged", "conflicts"):
            mine = getattr(self, name)
            mine += [item for item in getattr(other, name) if item not in mine]

    @property
    def lost_bytes(self) -> int:
        """Bytes that were no whole line and were set aside."""
        return sum(self.torn.values())

    @property
    def warnings(self) -> list[str]:
        """Sentences for the report of a run; empty after a clean end."""
        found = []
        if self.ledger_set_aside:
            found.append(f"the ledger was damaged: kept as {self.ledger_set_aside}, made anew")
        for name, size in self.torn.items():
            found.append(f"{name}: {size} bytes behind the last whole line set aside")
        found += [f"{name}: not what the ledger knew of it, indexed anew" for name in self.shorter]
        found += [f"{name}: known to the ledger, not found on the disk" for name in self.missing]
        found += [f"{place}: not a whole record" for place in self.damaged]
        found += [f"{place}: a version that is stored already" for place in self.conflicts]
        return found
