"""Writes a profile as a site's file: data only, formatted as a person would write it."""

from collections.abc import Sequence
from textwrap import indent
from typing import Final

from newsspider.discover.shapes import Shape
from newsspider.profile import Layout, SiteProfile

_WIDTH: Final = 100
_INDENT: Final = " " * 8


def site_file(profile: SiteProfile, *, about: str, shapes: Sequence[Shape] = ()) -> str:
    """Return the text of the file of a site; `about` is the docstring below its first line.

    `shapes` are the alternatives of `article_url`, each written with an example.
    """
    layouts = "Layout, " if profile.layouts else ""
    lines = [
        f'"""{_plain(profile.title)} ({", ".join(profile.hosts)}).',
        "",
        about.strip(),
        '"""',
        "",
        f"from newsspider.profile import {layouts}SiteProfile",
        "from newsspider.site_spider import SiteSpider",
        "",
        "",
        f"class {class_name(profile.name)}(SiteSpider):",
        f'    """{_plain(profile.title)}."""',
        "",
        "    profile = SiteProfile(",
        *_fields(profile, shapes),
        "    )",
        "",
    ]
    return "\n".join(lines)


def class_name(name: str) -> str:
    """Return the class name of a site: DemoHuadongSpider for demo_huadong."""
    words = "".join(word.capitalize() for word in name.split("_"))
    return f"{'_' if words[:1].isdigit() else ''}{words}Spider"


def _fields(profile: SiteProfile, shapes: Sequence[Shape]) -> list[str]:
    lines = [
        f"{_INDENT}name={_quoted(profile.name)},",
        f"{_INDENT}title={_quoted(profile.title)},",
        f"{_INDENT}region={_quoted(profile.region) if profile.region else None},",
        *_tuple("hosts", [_quoted(host) for host in profile.hosts]),
        *_tuple("start", [_quoted(url) for url in profile.start]),
    ]
    if profile.article_url is not None:
        lines += _pattern(profile.article_url, shapes)
    if profile.layouts:
        lines += _tuple("layouts", [_layout(layout) for layout in profile.layouts])
    for name in ("sitemaps", "feeds", "load_more"):
        if urls := getattr(profile, name):
            lines += _tuple(name, [_quoted(url) for url in urls])
    if profile.delay is not None:
        lines.append(f"{_INDENT}delay={profile.delay},")
    for name in ("javascript", "insecure_tls"):
        if getattr(profile, name):
            lines.append(f"{_INDENT}{name}=True,")
    return lines


def _pattern(pattern: str, shapes: Sequence[Shape]) -> list[str]:
    if len(shapes) < 2:  # noqa: PLR2004
        comment = [f"{_INDENT}# {_plain(shape.example)}" for shape in shapes]
        return [*comment, f"{_INDENT}article_url={_raw(pattern)},"]
    lines = [f"{_INDENT}article_url=("]
    for place, shape in enumerate(shapes):
        lines.append(f"{_INDENT}    # {_plain(shape.example)}")
        lines.append(f"{_INDENT}    {_raw(('|' if place else '') + shape.pattern)}")
    return [*lines, f"{_INDENT}),"]


def _tuple(name: str, values: Sequence[str]) -> list[str]:
    if not values:
        return [f"{_INDENT}{name}=(),"]
    line = f"{_INDENT}{name}=({', '.join(values)}{',' if len(values) == 1 else ''}),"
    if len(line) <= _WIDTH and len(values) == 1:
        return [line]
    inner = indent("".join(f"{value},\n" for value in values), f"{_INDENT}    ")
    return [f"{_INDENT}{name}=(", *inner.splitlines(), f"{_INDENT}),"]


def _layout(layout: Layout) -> str:
    given = ((name, getattr(layout, name)) for name in Layout.__dataclass_fields__)
    return f"Layout({', '.join(f'{name}={_quoted(value)}' for name, value in given if value)})"


def _quoted(text: str) -> str:
    """Quote a text that came from a page, so that it can be nothing but a text."""
    return (
        ascii(text) if not text.isprintable() else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )


def _raw(pattern: str) -> str:
    return _quoted(pattern) if '"' in pattern or not pattern.isprintable() else f'r"{pattern}"'


def _plain(text: str) -> str:
    """Return a text that may stand in a docstring or a comment, whatever a page put into it."""
    cleaned = "".join(character if character.isprintable() else " " for character in text)
    return cleaned.replace("\\", "/").replace('"', "'")
