"""Many sites in one process and one engine: chosen, skipped, fair, with one summary and one report."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.many_hosts import ManySites
from tests.running import ROOT, Ended, command, environment

REGIONS = {"anyang": "CN-HA", "baise": "CN-GX", "luoyang": "CN-HA"}
FEW = "anyang", "baise", "luoyang"


@pytest.fixture(scope="module")
def server() -> Iterator[ManySites]:
    with ManySites(*FEW) as running:
        yield running


@pytest.fixture(scope="module")
def sites(server: ManySites, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return server.write(tmp_path_factory.mktemp("many") / "few_sites", **REGIONS)


def crawled(ended: Ended) -> set[str]:
    return {record["site"] for record in ended.articles}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("anyang", "baise"), {"anyang", "baise"}),
        (("--region", "CN-HA"), {"anyang", "luoyang"}),
        (("--region", "cn-gx", "--region", "CN-HA"), set(FEW)),
        (("baise", "--region", "CN-HA"), set(FEW)),
        (("--all",), set(FEW)),
    ],
)
def test_chosen_sites(words: tuple, names: set, server: ManySites, sites: Path, scrapy: Callable) -> None:
    ended = scrapy("crawlsites", *words, sites=sites, RESOLVER_ADDRESSES=server.addresses)
    assert ended.code == 0, ended.err
    assert crawled(ended) == names == set(ended.run["sites"])
    assert len(ended.articles) == 6 * len(names)
    assert {site["site"] for site in ended.report["sites"]} == names
    assert len(list(ended.exports.glob("runs/*/report.html"))) == 1
    assert ended.last_line.startswith(
        f"newsspider: exit 0, fine: {6 * len(names)} new articles from {len(names)}"
    )
    assert len(list(ended.exports.glob("articles/*/*.jsonl"))) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "name sites, or give --region"),
        (("anyan",), 4, "anyang"),
        (("--region", "CN-XJ"), 4, "there is no site in CN-XJ"),
    ],
)
def test_what_cannot_be_chosen(words: tuple, code: int, said: str, sites: Path, scrapy: Callable) -> None:
    ended = scrapy("crawlsites", *words, sites=sites)
    assert ended.code == code
    assert said in ended.err + ended.out
    assert "Traceback" not in ended.err
    assert not ended.exports.exists()


def test_a_broken_file_stops_no_other_site(tmp_path: Path, scrapy: Callable) -> None:
    with ManySites("good", "better") as server:
        sites = server.write(tmp_path / "sites_with_broken")
        (sites / "broken.py").write_text("raise ValueError('half saved')\n", encoding="utf-8")
        (sites / "torn.py").write_text("class Torn(:\n", encoding="utf-8")
        ended = scrapy("crawlsites", "--all", sites=sites, RESOLVER_ADDRESSES=server.addresses)
        assert ended.code == 0, ended.err
        assert crawled(ended) == {"good", "better"}
        assert "2 site files have problems; `scrapy list` shows them" in ended.err
        assert "Traceback" not in ended.err
        asked = scrapy("crawlsites", "good", "broken", sites=sites, RESOLVER_ADDRESSES=server.addresses)
        assert asked.code == 4
        assert "half saved" in asked.err


def test_a_site_that_another_run_holds_is_skipped(tmp_path: Path, scrapy: Callable, start: Callable) -> None:
    with ManySites("held", "kept", "free", slow={"held": 1.0}) as server:
        sites = server.write(tmp_path / "sites_to_hold")
        exports = tmp_path / "exports"
        given = {"sites": sites, "exports": exports, "RESOLVER_ADDRESSES": server.addresses}
        holder = start("crawlsites", "held", "kept", **given, DOWNLOAD_DELAY=2)
        _wait_for(lambda: server.arrivals("held"))
        mixed = scrapy("crawlsites", "--all", **given)
        assert mixed.code == 0, mixed.err
        assert mixed.run["sites"] == ["free"]
        assert sorted(mixed.run["skipped"]) == ["held", "kept"]
        assert {record["site"] for record in mixed.articles if record["run"] == mixed.run["run"]} == {"free"}
        assert "skipped, held by another run: held, kept" in mixed.err
        for words in (("held", "kept"), ("held",)):
            refused = scrapy("crawlsites", *words, **given)
            assert refused.code == 5, refused.err
            assert holder.poll() is None


@pytest.mark.parametrize(
    ("tolerated", "code"), [("0", 9), ("1", 9), ("2", 0), ("49%", 9), ("50%", 0), ("several", 4)]
)
def test_failed_sites_tolerated(tolerated: str, code: int, tmp_path: Path, scrapy: Callable) -> None:
    with ManySites("one", "two", "three", "four", articles=2, gone=("one", "two")) as server:
        sites = server.write(tmp_path / "sites_that_fail")
        ended = scrapy(
            "crawlsites",
            "--all",
            sites=sites,
            RESOLVER_ADDRESSES=server.addresses,
            FAILED_SITES_TOLERATED=tolerated,
        )
        assert ended.code == code, ended.err
        if code != 4:
            assert [site["site"] for site in ended.report["sites"] if site["failed"]] == ["one", "two"]
            assert crawled(ended) == {"three", "four"}


def test_a_slow_site_delays_nobody(tmp_path: Path, scrapy: Callable) -> None:
    fast = [f"fast{number}" for number in range(5)]
    with ManySites("slow", *fast, articles=12, slow={"slow": 0.5}) as server:
        sites = server.write(tmp_path / "sites_at_speeds")
        ended = scrapy("crawlsites", "--all", sites=sites, RESOLVER_ADDRESSES=server.addresses)
        assert ended.code == 0, ended.err
        assert crawled(ended) == {"slow", *fast}
        slow = server.arrivals("slow")
        done = max(server.arrivals(name)[-1] for name in fast)
        # Five sites were read to their end while the slow one gave fewer than half of its pages.
        assert sum(moment < done for moment in slow) < len(slow) / 2
        # Turns are fair: no fast site was finished before another had begun in earnest.
        halves = [server.arrivals(name)[6] for name in fast]
        assert max(halves) < min(server.arrivals(name)[-1] for name in fast)


#: Sites, and what a run over them may take: seconds until it asks for its first page, and megabytes.
THOUSAND, MOST_SECONDS, MOST_MEGABYTES = 1_000, 30.0, 400


@pytest.mark.slow
def test_a_thousand_sites_fit_into_one_process(tmp_path: Path) -> None:
    with ManySites(*(f"site{number}" for number in range(THOUSAND)), articles=1) as server:
        sites = server.write(tmp_path / "thousand_sites")
        exports = tmp_path / "exports"
        words = command(
            "crawlsites", "--all", exports=exports, sites=sites, RESOLVER_ADDRESSES=server.addresses
        )
        began = time.monotonic()
        process = subprocess.Popen(
            words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        first, whole, megabytes = (
            server.requests[0].time - began,
            time.monotonic() - began,
            usage.ru_maxrss // 1024,
        )
    print(f"{THOUSAND} sites: first request after {first:.1f} s, all after {whole:.1f} s, {megabytes} MB")
    ended = Ended(process.returncode, "", "", exports)
    assert ended.code == 0
    assert len(crawled(ended)) == THOUSAND
    assert len(ended.report["sites"]) == THOUSAND
    assert first < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES


def _wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.05)
    assert what()
