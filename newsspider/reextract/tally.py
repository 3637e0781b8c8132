"""Numbers of a re-extraction: of one unit of work, and summed up."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from newsspider.reextract.differences import FIELDS, Effect


@dataclass(slots=True)
class Tally:
    """What became of the records of some WARC bytes.

    Every response counts once: as an article (same, changed, gained), as lost, as a further page of
    an article, or as passed over for a reason.
    """

    records: int = 0
    responses: int = 0
    same: int = 0
    changed: int = 0
    gained: int = 0
    lost: int = 0
    further_pages: int = 0
    passed_over: dict[str, int] = field(default_factory=dict)
    damaged: int = 0
    damaged_bytes: int = 0
    fields: dict[str, dict[Effect, int]] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """Responses that give an article now."""
        return self.same + self.changed + self.gained

    def pass_over(self, reason: str) -> None:
        """Count a response that was not read, or gave no article."""
        self.passed_over[reason] = self.passed_over.get(reason, 0) + 1

    def count(self, effects: dict[str, Effect]) -> None:
        """Count what became of each field of one article."""
        for name, effect in effects.items():
            counts = self.fields.setdefault(name, {})
            counts[effect] = counts.get(effect, 0) + 1


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum."""
    whole = Tally(fields={name: {} for name in FIELDS})
    for tally in tallies:
        for name in ("records", "responses", "same", "changed", "gained", "lost", "further_pages",
                     "damaged", "damaged_bytes"):  # fmt: skip
            setattr(whole, name, getattr(whole, name) + getattr(tally, name))
        for reason, number in tally.passed_over.items():
            whole.passed_over[reason] = whole.passed_over.get(reason, 0) + number
        for name, counts in tally.fields.items():
            into = whole.fields.setdefault(name, {})
            for effect, number in counts.items():
                into[effect] = into.get(effect, 0) + number
    return whole
