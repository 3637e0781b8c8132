"""The main job on the embedded default: everything a perfect crawl finds, and nothing twice."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from newsspider.demo.oddities import Oddity
from newsspider.demo.world import World
from newsspider.items import Record, Visit


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    import subprocess
    import sys

    from tests.running import ROOT, Ended, environment

    folder = tmp_path_factory.mktemp("demo")
    ended = []
    for _ in range(2):
        words = [sys.executable, "-m", "scrapy", "demo", "-s", f"EXPORTS_DIR={folder}"]
        done = subprocess.run(
            words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False, env=environment()
        )
        ended.append(Ended(done.returncode, done.stdout, done.stderr, folder))
    return tuple(ended)


@pytest.fixture(scope="module")
def world(two_runs: tuple) -> World:
    state = json.loads((two_runs[0].exports / ".state" / "demo.json").read_text())
    return World(date.fromisoformat(state["today"]))


@pytest.fixture(scope="module")
def first(two_runs: tuple) -> dict[str, dict]:
    """The first version of every article, by URL."""
    return {record["url"]: record for record in two_runs[0].articles if record["version"] == 1}


def runs_of(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("runs/*/run.json"))


def test_both_runs_end_well(two_runs: tuple) -> None:
    assert [ended.code for ended in two_runs] == [0, 0], two_runs[0].err + two_runs[1].err
    assert two_runs[0].last_line.startswith("newsspider: exit 0, fine")
    assert "Traceback" not in two_runs[0].err + two_runs[1].err


def test_every_article_is_there(first: dict, world: World) -> None:
    expected = world.expected()
    twins = {article.url for article in expected.twins}
    assert set(first) | twins == set(expected.by_url)
    originals = {expected.by_url[url].story for url in twins}
    assert all(first.keys() & expected.stories[story] for story in originals)


@pytest.mark.parametrize("field", ["title", "published_at", "source", "authors"])
def test_fields(first: dict, world: World, field: str) -> None:
    wrong = {}
    for url, article in world.expected().by_url.items():
        wanted = getattr(article, field)
        if url in first and first[url][field] != (list(wanted) if field == "authors" else wanted):
            wrong[url] = (wanted, first[url][field])
    assert not wrong


def test_bodies(first: dict, world: World) -> None:
    wrong = {}
    for url, article in world.expected().by_url.items():
        if url in first and first[url]["body"] != "\n\n".join(article.paragraphs):
            wrong[url] = set(first[url]["body"].split("\n\n")) ^ set(article.paragraphs)
    assert not wrong


def test_printed_related_links_are_there(first: dict, world: World) -> None:
    missing = {}
    for url, article in world.expected().by_url.items():
        if url in first:
            got = {(link["title"], link["url"]) for link in first[url]["related"]}
            lost = {(link.title, link.url) for link in article.related} - got
            if lost:
                missing[url] = lost
    assert not missing


def test_each_story_is_stored_once_with_its_reprints_beside_it(first: dict, world: World) -> None:
    for urls in world.expected().reprinted.values():
        stored = [first[url] for url in urls if url in first]
        assert len({record["story"] for record in stored}) == 1, urls
        assert sum(record["reprint_of"] is None for record in stored) == 1
    stories = Counter(record["story"] for record in first.values())
    reprinted = sum(len([u for u in urls if u in first]) for urls in world.expected().reprinted.values())
    assert sum(n for n in stories.values() if n > 1) == reprinted  # and nothing else was merged


def test_second_run_stores_the_correction_and_nothing_else(two_runs: tuple, world: World) -> None:
    corrected = World(world.today, phase=2).expected().corrected
    second = [record for record in two_runs[1].articles if record["run"] == runs_of(two_runs[1].exports)[1]]
    assert {record["url"] for record in second} == {article.url for article in corrected}
    assert [(record["version"], record["change"]) for record in second] == [(2, "corrected")] * len(second)
    assert {r["url"]: r["body"] for r in second} == {
        article.url: "\n\n".join(article.paragraphs) for article in corrected
    }


def test_odd_pages_end_as_they_should(two_runs: tuple, world: World) -> None:
    run = runs_of(two_runs[0].exports)[0]
    visits = {v["url"]: v for v in two_runs[0].lines(f"runs/{run}/visits.jsonl")}
    expected = world.expected()
    for kind, outcomes in (
        (Oddity.SOFT_404, {"gone"}),
        (Oddity.DEAD, {"gone"}),
        (Oddity.HANGS, {"failed"}),
    ):
        urls = [url for url in expected.urls(kind) if url in visits]
        assert urls, kind
        assert {visits[url]["outcome"] for url in urls} <= outcomes, kind
    # Whether anybody follows a link to it or not: what robots.txt forbids is never fetched.
    forbidden = [visit for url, visit in visits.items() if "/neibu/" in url]
    assert all(visit["outcome"] == "refused" for visit in forbidden)


def test_every_line_is_whole_and_valid(two_runs: tuple) -> None:
    folder = two_runs[0].exports
    assert not list(folder.rglob("*.part"))
    assert not list(folder.rglob("*.open"))
    for path in [*folder.glob("articles/*/*.jsonl"), *folder.glob("reprints/*/*.jsonl")]:
        for line in path.read_bytes().splitlines():
            msgspec.json.decode(line, type=Record)
    for path in folder.glob("runs/*/visits.jsonl"):
        for line in path.read_bytes().splitlines():
            msgspec.json.decode(line, type=Visit)


def test_p7_the_numbers_add_up(two_runs: tuple) -> None:
    for run in runs_of(two_runs[0].exports):
        visits = two_runs[0].lines(f"runs/{run}/visits.jsonl")
        report = json.loads((two_runs[0].exports / "runs" / run / "report.json").read_text("utf-8"))
        counted = Counter(visit["site"] for visit in visits)
        for site in report["sites"]:
            assert site["visits"] == counted[site["site"]] == sum(site["outcomes"].values())


def test_verify_finds_nothing(two_runs: tuple, scrapy: Callable) -> None:
    ended = scrapy("verify", str(two_runs[0].exports), exports=two_runs[0].exports)
    assert ended.code == 0, ended.out + ended.err


def test_port_taken_is_a_clear_error(scrapy: Callable) -> None:
    from newsspider.demo.server import DemoServer

    with DemoServer(World(date(2026, 11, 25))):
        ended = scrapy("demo")
    assert ended.code == 4
    assert "8470" in ended.last_line
    assert "Traceback" not in ended.err
