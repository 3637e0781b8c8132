"""The stories written by hand, and who prints them; all others are generated."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from newsspider.demo.story import Picture, Story
from newsspider.demo.writer import write


@cache
def _written() -> dict[str, tuple[Story, ...]]:
    """Return the stories by site, newest first."""
    source = files("newsspider.demo").joinpath("stories.json").read_text(encoding="utf-8")
    return {site: tuple(_story(entry) for entry in entries) for site, entries in json.loads(source).items()}


def story_of(site: str, newer: int, seed: str) -> Story:
    """Return the story of the site's article than which `newer` are newer."""
    written = _written().get(site, ())
    if 0 <= newer < len(written):
        return written[newer]
    return write(seed)


def _story(entry: dict[str, Any]) -> Story:
    return Story(
        title=entry["title"],
        paragraphs=tuple(entry["paragraphs"]),
        source=entry["source"],
        reporters=tuple(entry["reporters"]),
        editor=entry["editor"],
        tags=tuple(entry["tags"]),
        pictures=tuple(Picture(name=name, caption=caption) for name, caption in entry.get("pictures", ())),
    )
