"""The house has floors: imports point down only, and pure rooms stay pure."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "newsspider"

#: Room -> the rooms of newsspider that it may import (itself always).
GROUND = {"items", "errors", "disk", "newsspider"}
ALLOWED = {
    "newsspider": set(),
    "items": set(),
    "errors": set(),
    "disk": set(),
    "profile": {"errors"},
    "page": GROUND | {"profile"},
    "extract": GROUND | {"profile", "page"},
    "discover": GROUND | {"profile", "page"},
    "store": GROUND,
    "archive": GROUND,
}
SCRAPY_ROOMS = {"site_spider", "crawl", "settings", "spiders", "commands", "demo", "reextract"}
FORBIDDEN = {
    "page": {"socket", "urllib.request", "time", "subprocess", "sqlite3"},
    "extract": {"socket", "urllib.request", "time", "subprocess", "sqlite3"},
    "discover": {"socket", "urllib.request", "time", "subprocess", "sqlite3"},
    "store": {"lxml", "bs4"},
    "archive": {"lxml", "bs4"},
}


def room_of(path: Path) -> str:
    """The room a file belongs to: a package or a module right below newsspider/."""
    relative = path.relative_to(PACKAGE)
    if relative == Path("__init__.py"):
        return "newsspider"
    return relative.parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Absolute names of what a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    for name in imports(path):
        top = name.split(".")[0]
        if room not in SCRAPY_ROOMS:
            assert top not in {"scrapy", "twisted"}, f"{room} imports {name}"
        for bad in FORBIDDEN.get(room, ()):
            assert name != bad and not name.startswith(f"{bad}."), f"{room} imports {name}"
        if top == "newsspider" and room in ALLOWED and name.count("."):
            other = name.split(".")[1]
            known = (PACKAGE / other).is_dir() or (PACKAGE / f"{other}.py").exists()
            if known:
                assert other == room or other in ALLOWED[room], f"{room} imports {name}"


def test_the_rooms_are_those_of_the_plan() -> None:
    rooms = {room_of(path) for path in FILES}
    assert rooms == set(ALLOWED) | SCRAPY_ROOMS


def test_a_file_fits_on_a_few_screens() -> None:
    long = {
        str(p.relative_to(PACKAGE)): n for p in FILES if (n := len(p.read_text("utf-8").splitlines())) > 340
    }
    assert not long
