"""The stories written by hand, and who prints them; all others are generated."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from newsspider.demo.story import Picture, Story
from newsspider.demo.writer import write


@cache
def _written() -> dict[str, dict[int, Story]]:
    """Return the stories by site and by how many articles of the site are newer."""
    source = files("newsspider.demo").joinpath("stories.json").read_text(encoding="utf-8")
    return {
        site: {int(newer): _story(entry) for newer, entry in entries.items()}
        for site, entries in json.loads(source).items()
    }


def story_of(site: str, newer: int, seed: str) -> Story:
    """Return the story of the site's article than which `newer` are newer."""
    return _written().get(site, {}).get(newer) or write(seed)


def _story(entry: dict[str, Any]) -> Story:
    return Story(
        title=entry["title"],
        paragraphs=tuple(entry["paragraphs"]),
        source=entry["source"],
        reporters=tuple(entry["reporters"]),
        editor=entry["editor"],
        tags=tuple(entry["tags"]),
        pictures=tuple(Picture(name=name, caption=caption) for name, caption in entry["pictures"]),
        kicker=entry["kicker"],
    )
