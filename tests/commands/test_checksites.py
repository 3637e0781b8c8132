"""`scrapy checksites`: on sites that are well, and on sites broken in every way."""

import json
import re
from pathlib import Path

import pytest

from newsspider.crawl.inquiry.site_file import site_file
from newsspider.profile import SiteProfile


@pytest.fixture
def check(portals, scrapy, tmp_path: Path):
    """Write profiles of the portals, check them, return (exit code, site by name, stderr, whole JSON)."""

    def _check(*profiles: SiteProfile, names=(), **how):
        sites = tmp_path / "sites"
        sites.mkdir(exist_ok=True)
        for profile in profiles:
            (sites / f"{profile.name}.py").write_text(site_file(profile, about="A test."), encoding="utf-8")
        told = tmp_path / "check.json"
        ended = scrapy("checksites", *names, "-s", f"SPIDER_MODULES={sites}", "--json", str(told), **how)
        assert "Traceback" not in ended.stderr, ended.stderr
        found = json.loads(told.read_text("utf-8")) if told.exists() else {}
        return ended, {site["name"]: site for site in found.get("sites", ())}, found

    return _check


@pytest.fixture
def profile(portals):
    """Return the profile of a portal, as a person would write it."""

    def _profile(name: str, /, **changes) -> SiteProfile:
        portal = portals.portals[name]
        given = {
            "name": name,
            "title": portal.title,
            "region": portal.region,
            "hosts": (f"*.{name}.test:{portals.port}",),
            "start": tuple(portal.lists.values()),
        }
        return SiteProfile(**(given | changes))

    return _profile


def test_sites_that_are_well(check, profile) -> None:
    """Each way in says what it brings; ten articles extract whole; the table has a row a site."""
    ended, sites, _ = check(profile("luhe"), profile("qingshan"), profile("haibin"))

    assert ended.returncode == 0, ended.stderr
    for name, encoding in (("luhe", "gb18030"), ("haibin", "utf-8")):
        site = sites[name]
        assert (site["home_status"], site["dead_because"], site["whole"]) == ("alive", None, 10)
        assert site["robots"] == "allows"
        assert site["encoding"].startswith(encoding)
        assert [way["articles"] for way in site["ways"]] == [8, 8, 8]
        assert name in ended.stdout
    assert "10 of 10 whole" in ended.stdout


def test_ways_in_that_a_site_names_itself(check, profile, portals) -> None:
    """Feeds of the home page and sitemaps of robots.txt are looked at, and said to be found there."""
    news = f"http://luhe.test:{portals.port}"
    stories = portals.portals["luhe"].stories
    urls = "".join(f"<url><loc>{story.url}</loc></url>" for story in stories)
    portals.pages["www.luhe.test", "/robots.txt"] = (
        "text/plain",
        f"User-agent: *\nDisallow: /admin/\nSitemap: {news}/map.xml\n".encode(),
    )
    index = f"<sitemapindex><sitemap><loc>{news}/1.xml</loc></sitemap></sitemapindex>"
    portals.pages["luhe.test", "/map.xml"] = ("text/xml", index.encode())
    portals.pages["luhe.test", "/1.xml"] = ("text/xml", f"<urlset>{urls}</urlset>".encode())

    _, sites, _ = check(profile("luhe"), also=("luhe.test",))

    sitemap = sites["luhe"]["ways"][-1]
    assert (sitemap["kind"], sitemap["named_by"], sitemap["articles"]) == (
        "sitemap",
        "robots.txt",
        len(stories),
    )
    assert sites["luhe"]["robots"] == "allows, names sitemaps"


def test_sites_broken_in_every_way(check, profile, portals) -> None:
    """Each is dead for a reason that is named; the living one beside them is not touched by it."""
    port = portals.port
    other = {"region": None, "title": "x"}
    portals.pages["moved.test", "/"] = ("redirect", b"http://elsewhere.example/")
    portals.pages["empty.test", "/"] = ("text/html", b"<html><body></body></html>")
    portals.pages["walled.test", "/robots.txt"] = ("text/plain", b"User-agent: *\nDisallow: /\n")
    portals.pages["walled.test", "/"] = ("text/html", b"<html></html>")
    portals.statuses["failing.test"] = 500
    portals.statuses["forbidden.test"] = 403
    hosts = ("moved", "empty", "walled", "failing", "forbidden")
    broken = [
        SiteProfile(
            name=name, hosts=(f"{name}.test:{port}",), start=(f"http://{name}.test:{port}/",), **other
        )
        for name in hosts
    ]
    broken.append(
        SiteProfile(name="closed", hosts=("closed.test:1",), start=("http://closed.test:1/",), **other)
    )
    broken.append(profile("qingshan", name="lists_only", article_url=r"/never/\d+$"))

    ended, sites, _ = check(
        profile("luhe"), *broken, also=(*(f"{host}.test" for host in hosts), "closed.test")
    )

    assert ended.returncode == 9
    reasons = {name: site["dead_because"] for name, site in sites.items()}
    assert reasons.pop("luhe") is None
    assert reasons == {
        "moved": "no way in: other host",
        "empty": "no way in: brings no links",
        "walled": "no way in: robots.txt",
        "failing": "no way in: robots.txt unreachable",
        "forbidden": "no way in: http 403",
        "closed": "no way in: robots.txt unreachable",
        "lists_only": "no way in: brings no links",
    }
    assert sites["moved"]["moved_to"] == ["elsewhere.example"]
    assert sites["walled"]["robots"].startswith("forbids")
    assert sites["failing"]["robots"] == "unreachable"
    assert sites["luhe"]["whole"] == 10


def test_articles_that_lack_something(check, profile, portals) -> None:
    """Half of the articles without a source, one gone: the table says so, the site lives."""
    for place, story in enumerate(portals.portals["luhe"].stories):
        key = ("www.luhe.test", story.url.partition(f":{portals.port}")[2])
        kind, body = portals.pages[key]
        if place % 2:
            portals.pages[key] = (
                kind,
                body.replace("来源：".encode("gb18030") + story.source.encode("gb18030"), b""),
            )
        if place == 0:
            del portals.pages[key]

    ended, sites, _ = check(profile("luhe"))

    assert ended.returncode == 0
    assert 0 < sites["luhe"]["whole"] < 9
    (wrong,) = sites["luhe"]["wrong"]
    assert re.fullmatch(r"of 10 articles: [3-5] no source, 1 http 404", wrong)


def test_errors_in_files_are_shown_and_end_with_4(check, profile, tmp_path: Path) -> None:
    """All of them, and the sites that can be checked are checked."""
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "one.py").write_text("1 / 0\n")
    (sites / "two.py").write_text("import nothing_of_the_kind\n")

    ended, checked, found = check(profile("luhe"))

    assert ended.returncode == 4
    assert "one.py:1: ZeroDivisionError" in ended.stderr
    assert "two.py:1: ModuleNotFoundError" in ended.stderr
    assert checked["luhe"]["whole"] == 10
    assert [problem["names"] for problem in found["problems"]] == [["one"], ["two"]]


def test_only_the_named_sites_are_asked(check, profile, portals) -> None:
    """An unknown name ends with 4 before anything is asked."""
    ended, sites, _ = check(profile("luhe"), profile("haibin"), names=["haibin"])
    assert list(sites) == ["haibin"]
    assert {host for host, _ in portals.hits} == {"haibin.test"}

    portals.hits.clear()
    ended, _, _ = check(names=["haibn"])
    assert ended.returncode == 4
    assert "did you mean haibin?" in ended.stderr
    assert portals.hits == []


def test_a_site_is_asked_no_more_than_needed(check, profile, portals) -> None:
    """robots.txt, home page, three lists, ten articles; each once, nothing stored."""
    check(profile("luhe"))

    assert len(portals.hits) == 15
    assert len(set(portals.hits)) == 15


def test_a_host_that_is_given_up_keeps_nobody_waiting(check, profile, portals) -> None:
    """Lists that fail in a row close their host: what was not asked for says so."""
    paths = [f"/list/{number}" for number in range(8)]
    portals.statuses |= {f"www.luhe.test{path}": 502 for path in paths}
    starts = tuple(f"http://www.luhe.test:{portals.port}{path}" for path in paths)

    ended, sites, _ = check(profile("luhe", start=starts), profile("haibin"))

    assert ended.returncode == 9
    assert sites["haibin"]["whole"] == 10
    assert {way["problem"] for way in sites["luhe"]["ways"]} <= {"http 502", "unavailable"}
    assert sites["luhe"]["ways"][-1]["problem"] == "unavailable"


def test_stopped_by_a_signal_it_shows_what_is_known(check, profile, portals) -> None:
    """The sites that are done are in the table, the others are said to be not finished."""
    portals.statuses["haibin.test/"] = 0
    ended, sites, found = check(
        profile("luhe"), profile("haibin"), stop_when=lambda: len(portals.hits) >= 15 + 2
    )

    assert ended.returncode == 11
    assert sites["luhe"]["whole"] == 10
    assert found["unfinished"] == ["haibin"]


def test_a_folder_that_is_not_there_is_refused_before_anything_is_asked(
    scrapy, portals, tmp_path: Path
) -> None:
    ended = scrapy("checksites", "dahe", "--json", str(tmp_path / "no" / "check.json"))

    assert ended.returncode == 4
    assert "--json: there is no folder" in ended.stderr
    assert portals.hits == []
