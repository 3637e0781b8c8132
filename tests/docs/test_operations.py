"""docs/operations.md and SECURITY.md say what the code does."""

import re
from pathlib import Path

import pytest
from scrapy.settings import default_settings

from newsspider import settings
from newsspider.crawl.reports.health import Kind
from newsspider.crawl.reports.notify import NotifySettings
from newsspider.errors import PRECEDENCE, ExitCode

PROJECT = Path(__file__).parents[2]
OPERATIONS = (PROJECT / "docs/operations.md").read_text("utf-8")
SECURITY = (PROJECT / "SECURITY.md").read_text("utf-8")
# SITE_PAGE_LIMIT: in capitals, with at least one underscore
_SETTING = re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b")
# `DOWNLOAD_DELAY = 2`
_VALUE = re.compile(r"`([A-Z]+(?:_[A-Z]+)+) = ([^`]+)`")
# | 9 | a site failed | ...
_CODE = re.compile(r"^\| (\d+) \|", re.MULTILINE)
# [crontab](recipes/crontab)
_LINK = re.compile(r"\]\((?!http)([^)#]+)\)")
#: Words in capitals that are no settings, and environment variables.
_OTHERS = {"GITHUB_ACTIONS", "SCRAPY_SETTINGS_MODULE"}


def known(name: str) -> bool:
    return hasattr(settings, name) or hasattr(default_settings, name)


@pytest.mark.parametrize("name", sorted(set(_SETTING.findall(OPERATIONS + SECURITY)) - _OTHERS))
def test_every_setting_named_exists(name: str) -> None:
    if name.startswith("SPIDERMON_"):
        return
    assert known(name)


@pytest.mark.parametrize(("name", "value"), _VALUE.findall(SECURITY))
def test_every_default_named_is_the_default(name: str, value: str) -> None:
    actual = getattr(settings, name, getattr(default_settings, name, None))
    if value.endswith(" MiB"):
        value = str(int(value.removesuffix(" MiB")) * 1024 * 1024)
    assert str(actual) == value.strip('"')


def test_every_exit_code_is_documented() -> None:
    documented = [int(code) for code in _CODE.findall(OPERATIONS)]
    assert documented == sorted({*map(int, ExitCode), 2})  # 2 is Scrapy's, for a wrong command line
    order = ", ".join(str(int(code)) for code in PRECEDENCE[1:])
    assert f"{int(PRECEDENCE[0])} comes first, then {order}." in OPERATIONS


@pytest.mark.parametrize("kind", Kind.__args__)
def test_every_alarm_is_documented(kind: str) -> None:
    table = OPERATIONS.split("When is there an alarm?")[1].split("##")[0]
    assert re.search(rf"^\| .*\b{kind}\b", table, re.MULTILINE)


@pytest.mark.parametrize("name", [*NotifySettings.__dataclass_fields__])
def test_every_notify_setting_is_documented(name: str) -> None:
    assert f"NOTIFY_{name.upper()}" in OPERATIONS


@pytest.mark.parametrize("target", sorted({*_LINK.findall(OPERATIONS)}))
def test_links_lead_somewhere(target: str) -> None:
    assert (PROJECT / "docs" / target).exists()
