"""A news story before any site prints it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image of a story; the caption is None where a site prints none."""

    name: str
    caption: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened, in words: the same for each site that prints it."""

    title: str
    paragraphs: tuple[str, ...]
    source: str
    reporters: tuple[str, ...]
    editor: str
    tags: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()
    kicker: str | None = None
