"""One broken site file never stops another site's crawl, and every error names file and field."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from scrapy import Request
from scrapy.settings import Settings

from newsspider.crawl.spider_loader import NoSuchSiteError, SiteSpiderLoader
from newsspider.errors import ConfigurationError

GOOD = """
from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider

class GoodSpider(SiteSpider):
    profile = SiteProfile(
        name={name!r}, title="好网", region="CN-HA",
        hosts=("news.example.cn",), start=("http://news.example.cn/",),
        {extra}
    )
"""


def site(name: str = "good", extra: str = "") -> str:
    """Return the text of a site file."""
    return dedent(GOOD).format(name=name, extra=extra)


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., SiteSpiderLoader]:
    """Write site files and load them from their folder, as a path."""

    def _load(**files: str) -> SiteSpiderLoader:
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        return SiteSpiderLoader((str(tmp_path),))

    return _load


BROKEN = {
    "selector": (site("bad", 'layouts=(Layout(body="p[["),),'), "layouts: body='p[['"),
    "pattern": (site("bad", 'article_url="(",'), "article_url='('"),
    "name": (site("Bad!"), "name='Bad!'"),
    "foreign_start": (
        site("bad", 'feeds=("http://other.cn/rss",),'),
        "feeds: 'http://other.cn/rss'",
    ),
    "unknown_field": (
        site("bad", 'feed=("x",),'),
        "feed is no field of SiteProfile; did you mean feeds?",
    ),
    "unknown_layout_field": (site("bad", 'layouts=(Layout(boddy="p"),),'), "did you mean body?"),
    "missing_field": (site("bad").replace("title=", "delay=1, #"), "SiteProfile lacks"),
    "syntax": ("class (:\n", "SyntaxError"),
    "import": ("import no_such_module_anywhere\n", "ModuleNotFoundError"),
    "exit": ("import sys\nsys.exit(1)\n", "SystemExit"),
    "zero": ("x = 1 / 0\n", "ZeroDivisionError"),
    "nul": ("x = '\0'\n", "null bytes"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_named_and_the_others_load(load: Callable[..., SiteSpiderLoader], case: str) -> None:
    """The loader names the file and what is wrong; the good site is there."""
    text, expected = BROKEN[case]
    loader = load(good=site(), broken=text)

    assert loader.list() == ["good"]
    assert loader.load("good").name == "good"
    (problem,) = loader.problems
    assert expected in str(problem)
    assert "broken.py" in str(problem)
    assert "\n" not in str(problem)


def test_asking_for_the_broken_site_says_what_is_wrong(
    load: Callable[..., SiteSpiderLoader],
) -> None:
    """A broken site is known by the name in its profile and by its file's name."""
    loader = load(my_file=site("bad", 'layouts=(Layout(body="p[["),),'))

    for name in ("bad", "my_file"):
        with pytest.raises(ConfigurationError, match=r"my_file\.py:9: layouts: body="):
            loader.load(name)


def test_an_unknown_site_is_a_configuration_error_and_a_key_error(
    load: Callable[..., SiteSpiderLoader],
) -> None:
    """Scrapy's commands expect a KeyError; a near name is suggested."""
    loader = load(good=site())

    with pytest.raises(NoSuchSiteError) as caught:
        loader.load("goood")
    assert isinstance(caught.value, KeyError)
    assert str(caught.value) == "there is no site named 'goood'; did you mean good?"


def test_duplicate_names_are_an_error_that_names_both_files(
    load: Callable[..., SiteSpiderLoader],
) -> None:
    """Neither of the two is crawled: nobody could say which was meant."""
    loader = load(one=site("twin"), two=site("twin"), good=site())

    assert loader.list() == ["good"]
    assert len(loader.problems) == 2
    with pytest.raises(NoSuchSiteError) as caught:
        loader.load("twin")
    assert "one.py" in str(caught.value)
    assert "two.py" in str(caught.value)


def test_modules_given_as_comma_list_replace_ours(tmp_path: Path) -> None:
    """As with `-s SPIDER_MODULES=a,b`: folders and modules may be mixed."""
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, name in ((first, "aa"), (second, "bb")):
        folder.mkdir()
        (folder / "site.py").write_text(site(name), encoding="utf-8")
    settings = Settings({"SPIDER_MODULES": ["newsspider.spiders"]})
    settings.set("SPIDER_MODULES", f"{first}, {second}", priority="cmdline")

    assert SiteSpiderLoader.from_settings(settings).list() == ["aa", "bb"]


def test_a_package_is_walked_and_its_broken_parts_are_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packages below a package count; a package whose own __init__ is broken is one problem."""
    package = tmp_path / "walked_sites"
    (package / "henan").mkdir(parents=True)
    (package / "hebei").mkdir()
    (package / "__init__.py").touch()
    (package / "henan" / "__init__.py").touch()
    (package / "hebei" / "__init__.py").write_text("import nothing_like_this\n")
    (package / "henan" / "good.py").write_text(site(), encoding="utf-8")
    (package / "hebei" / "lost.py").write_text(site("lost"), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    loader = SiteSpiderLoader(("walked_sites",))

    assert loader.list() == ["good"]
    assert [problem.message for problem in loader.problems] == [
        "ModuleNotFoundError: No module named 'nothing_like_this'"
    ]


@pytest.mark.parametrize("entry", ["no_such_package", "./no/such/folder", "no.such.module", "a..b"])
def test_an_entry_that_is_nothing_is_a_problem(entry: str) -> None:
    """A wrong SPIDER_MODULES is named as such."""
    (problem,) = SiteSpiderLoader((entry,)).problems

    assert "SPIDER_MODULES" in str(problem)
    assert entry.removeprefix("./") in str(problem)


def test_files_of_one_name_in_two_folders_do_not_collide(tmp_path: Path) -> None:
    """The folder is part of the module's name."""
    for name in ("aa", "bb"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.py").write_text(site(name), encoding="utf-8")

    loader = SiteSpiderLoader((str(tmp_path / "aa"), str(tmp_path / "bb")))

    assert loader.list() == ["aa", "bb"]
    assert loader.file_of("bb").endswith("bb/same.py")


def test_a_url_finds_its_site(load: Callable[..., SiteSpiderLoader]) -> None:
    """`scrapy shell URL` and `scrapy parse URL` choose the spider by the profile's hosts."""
    loader = load(good=site())

    assert loader.find_by_request(Request("http://news.example.cn/a.html")) == ["good"]
    assert loader.find_by_request(Request("http://example.cn/a.html")) == []
    assert loader.find_by_request(Request("http://news.example.cn:81/a.html")) == []


def test_the_problems_of_others_are_mentioned_once(
    load: Callable[..., SiteSpiderLoader], caplog: pytest.LogCaptureFixture
) -> None:
    """A crawl of a good site says that other files have problems."""
    loader = load(good=site(), broken="1 / 0")

    loader.load("good")
    loader.load("good")

    assert [record.getMessage() for record in caplog.records] == [
        "1 site files have problems; `scrapy list` shows them"
    ]
