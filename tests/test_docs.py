"""The documentation says what the code does, and leads nowhere that is not there."""

import ast
import importlib
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.commands import ScrapyCommand
from scrapy.settings import default_settings

import newsspider.commands
from newsspider import settings

PROJECT = Path(__file__).parent.parent
DOCS = PROJECT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *PROJECT.glob("*.md")])
COMMANDS = sorted(module.name for module in pkgutil.iter_modules(newsspider.commands.__path__))
OURS = {name: value for name, value in vars(settings).items() if name.isupper()}
OWN = {name: value for name, value in OURS.items() if not hasattr(default_settings, name)}
#: A page that asks for more lines needs a reason here.
MOST_LINES = 150
LONG = {"output.md": "the data dictionary: a row for every field of every file"}
# | DUE_LIMIT | `500` | known URLs of a site that one run visits again |
_ROW = re.compile(r"^\| ([A-Z]+(?:_[A-Z]+)*) \| ([^|]*) \| (.*) \|$", re.MULTILINE)
# [crontab](recipes/crontab#top)
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")
# ## What is in the log?
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# `scrapy crawl`, scrapy checksites dahe
_COMMAND = re.compile(r"(?:^|[`/ ])scrapy ([a-z]+)\b", re.MULTILINE)
# /home/somebody/newsspider, /root/x: no page may name a machine
_MACHINE = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp)/\w+")
#: What follows the word without being a command.
_NO_COMMANDS = {"commands", "project", "itself"}


def page(path: Path) -> str:
    return path.read_text("utf-8")


def shown(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def rows() -> dict[str, tuple[str, str]]:
    return {name: (default.strip(), told) for name, default, told in _ROW.findall(page(DOCS / "settings.md"))}


@pytest.mark.parametrize("name", sorted(OWN))
def test_every_own_setting_has_a_row(name: str) -> None:
    default, told = rows()[name]
    assert ast.literal_eval(default.strip("`")) == OWN[name]
    assert len(told) > len("what it does")


@pytest.mark.parametrize("name", sorted(OURS.keys() - OWN.keys()))
def test_every_changed_setting_is_told(name: str) -> None:
    assert re.search(rf"\b{name}\b", page(DOCS / "settings.md"))
    if name in rows() and rows()[name][0].startswith("`"):
        default, others = rows()[name]
        assert ast.literal_eval(default.strip("`")) == OURS[name]
        scrapys = others.partition(" | ")[0].strip()
        if scrapys.startswith("`"):
            assert ast.literal_eval(scrapys.strip("`")) == getattr(default_settings, name)


@pytest.mark.parametrize("name", sorted(rows()))
def test_every_row_is_a_setting(name: str) -> None:
    assert name in OURS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_told(name: str) -> None:
    command = importlib.import_module(f"newsspider.commands.{name}").Command
    assert issubclass(command, ScrapyCommand)
    described = command().short_desc()
    assert 10 < len(described) < 100
    assert f"`scrapy {name}" in page(DOCS / "commands.md")


def test_every_own_command_is_an_entry_point() -> None:
    """A foreign project gets them by installing the package; Scrapy's own names stay Scrapy's."""
    project = tomllib.loads(page(PROJECT / "pyproject.toml"))["project"]
    scrapys = {
        module.name for module in pkgutil.iter_modules(importlib.import_module("scrapy.commands").__path__)
    }
    assert set(project["entry-points"]["scrapy.commands"]) == set(COMMANDS) - scrapys


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_every_command_named_exists(path: Path) -> None:
    named = set(_COMMAND.findall(page(path))) - _NO_COMMANDS
    scrapys = {
        module.name for module in pkgutil.iter_modules(importlib.import_module("scrapy.commands").__path__)
    }
    assert named <= set(COMMANDS) | scrapys


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_links_lead_somewhere(path: Path) -> None:
    for target, anchor in _LINK.findall(page(path)):
        found = (path.parent / target).resolve() if target else path
        assert found.exists(), target
        assert found.is_relative_to(PROJECT), target
        if anchor and found.suffix == ".md":
            assert anchor.removeprefix("#") in {
                _anchor(heading) for heading in _HEADING.findall(page(found))
            }, anchor


def _anchor(heading: str) -> str:
    """Return how a heading is linked to: What is in the log? -> what-is-in-the-log."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_no_page_names_a_machine(path: Path) -> None:
    assert not _MACHINE.findall(page(path))


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=shown)
def test_no_page_is_long_without_a_reason(path: Path) -> None:
    assert page(path).count("\n") <= MOST_LINES or path.name in LONG


@pytest.mark.parametrize("path", sorted((DOCS / "adr").glob("*.md")), ids=shown)
def test_every_decision_is_linked(path: Path) -> None:
    assert f"(adr/{path.name})" in page(DOCS / "architecture.md")


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=shown)
def test_every_page_is_reached(path: Path) -> None:
    """From the README, in one step or two."""
    near = {shown(path) for path in _linked(PROJECT / "README.md")}
    far = {
        shown(other)
        for first in _linked(PROJECT / "README.md")
        if first.suffix == ".md"
        for other in _linked(first)
    }
    assert shown(path) in near | far


def _linked(path: Path) -> list[Path]:
    return [(path.parent / target).resolve() for target, _ in _LINK.findall(page(path)) if target]


def test_every_hook_of_a_site_is_told() -> None:
    """What a person may override or give on the command line stands where sites are explained."""
    from newsspider.profile import SiteProfile
    from newsspider.site_spider import SiteSpider

    assert issubclass(SiteSpider, Spider)
    told = page(DOCS / "adding-a-site.md")
    fields = {name for name, field in SiteProfile.__dataclass_fields__.items() if field.init}
    assert {name for name in fields if f"`{name}`" not in told} == set()
    assert "`refine(" in told
