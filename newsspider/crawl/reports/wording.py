"""Numbers in words that a person reads: counts with their noun, durations, sizes, shares."""

from typing import Final

_STEP: Final = 1_000
_THREE_DIGITS: Final = 100
_TENTH: Final = 0.1
_UNITS: Final = ("B", "kB", "MB", "GB", "TB")


def number_of(count: int, noun: str) -> str:
    """Return "1 page", "1,204 pages"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def duration(seconds: float) -> str:
    """Return "0:07", "12:40", "1:02:00"."""
    minutes, rest = divmod(max(int(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def each(seconds: float, count: int) -> str:
    """Return the mean of `count` things that took `seconds`: "12 ms", "1.4 s"; "–" for none."""
    if not count:
        return "–"
    mean = seconds / count
    return f"{mean:.1f} s" if mean >= _TENTH else f"{1000 * mean:.0f} ms"


def size(count: float) -> str:
    """Return "950 B", "1.2 MB"."""
    unit = 0
    while count >= _STEP and unit < len(_UNITS) - 1:
        count /= _STEP
        unit += 1
    digits = 1 if unit and count < _THREE_DIGITS else 0
    return f"{count:,.{digits}f} {_UNITS[unit]}"


def percent(share: float | None) -> str:
    """Return "97 %"; a share that is not whole is shown as neither 0 nor 100 %."""
    if share is None:
        return "–"
    rounded = round(100 * share)
    if share > 0 and rounded == 0:
        return "<1 %"
    if share < 1 and rounded == 100:  # noqa: PLR2004  # a share in percent
        return ">99 %"
    return f"{rounded} %"
