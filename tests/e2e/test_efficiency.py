"""Fresh first, known never: what a second run costs, and that it misses nothing."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from newsspider.demo.server import DemoServer
from newsspider.demo.world import CHINA, World
from tests.e2e.demo_world import served
from tests.e2e.second_run import Measured, measure
from tests.running import Ended, command, environment

SCALE = 1_200
#: What a second run may ask for, and what a new or corrected article may cost in it, lists included.
MOST_REQUESTS = 150
MOST_PER_ARTICLE = 2.7
#: A first run asks for each article once; its lists, and the odd addresses in them, cost this share more.
MOST_PER_FIRST_ARTICLE = 1.3


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with served(World(datetime.now(CHINA).date(), scale=SCALE)) as running:
        yield running


@pytest.fixture(scope="module")
def measured(server: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return measure(server, run_scrapy, tmp_path_factory.mktemp("efficiency"), since="all")


def run_scrapy(*arguments: str, **settings: object) -> Ended:
    """Run a command as the `scrapy` fixture does, but once for the whole module."""
    import subprocess

    from tests.running import LIMIT, ROOT

    done = subprocess.run(
        command(*arguments, **settings), cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False,
        env=environment(),
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr, settings["exports"])


def test_both_runs_end_well(measured: Measured) -> None:
    assert [ended.code for ended in measured.ended] == [0, 0], [ended.err for ended in measured.ended]


def test_the_first_run_misses_nothing(measured: Measured) -> None:
    assert not measured.first.missed
    assert not measured.first.wrong
    assert measured.first.new > SCALE * 0.98


def test_the_first_run_asks_once(measured: Measured) -> None:
    assert measured.first.per_article < MOST_PER_FIRST_ARTICLE


def test_the_second_run_finds_all_that_is_new_and_nothing_else(measured: Measured) -> None:
    # Whether the revisit of a corrected article is due depends on the hour of the test: one may wait.
    assert len(measured.second.missed) <= 1
    assert not measured.second.wrong
    assert measured.second.new == 50
    assert measured.second.corrected + len(measured.second.missed) == 5


def test_the_second_run_costs_little(measured: Measured) -> None:
    assert measured.second.requests < MOST_REQUESTS
    assert measured.second.per_article < MOST_PER_ARTICLE
