"""P8: one writer a site; runs of different sites share the folder."""

import os
import resource
import shutil
import sys
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from store_world import article_id, draft, lines, open_store, prose, stored, visit

from newsspider.errors import AlreadyRunning, ConfigurationError
from newsspider.store.verify import check_exports


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "exports"


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_p8_a_second_run_of_a_site_is_refused_at_once_and_changes_nothing(root: Path) -> None:
    store = open_store(root, "r1", "dahe", "hnr")
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    store.commit()
    before = contents(root)
    started = time.monotonic()
    for sites in (("dahe",), ("xinmi", "hnr"), ("hnr", "dahe")):
        with pytest.raises(AlreadyRunning, match="another run works on"):
            open_store(root, "r2", *sites)
    with pytest.raises(AlreadyRunning):
        open_store(root, "r2", "hnr", "dahe", skip_held=True)
    assert time.monotonic() - started < 1
    after = contents(root)
    after.pop(".state/locks/xinmi")
    assert after == before
    store.close()
    open_store(root, "r2", "dahe").close()


def test_sites_that_others_hold_are_left_out(root: Path) -> None:
    one = open_store(root, "r1", "dahe")
    many = open_store(root, "r2", "dahe", "hnr", "xinmi", skip_held=True)
    assert many.sites == ("hnr", "xinmi")
    assert many.skipped == ("dahe",)
    many.close()
    one.close()


def test_every_run_has_a_name_of_its_own(root: Path) -> None:
    store = open_store(root, "r1", "dahe")
    with pytest.raises(AlreadyRunning, match="r1"):
        open_store(root, "r1", "hnr")
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    store.close()
    with pytest.raises(ConfigurationError, match="r1"):
        open_store(root, "r1", "hnr")


def test_a_living_run_is_left_alone_by_the_recovery_of_another(root: Path) -> None:
    living = open_store(root, "r1", "dahe")
    living.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    living.commit()
    other = open_store(root, "r2", "hnr")
    assert other.recovery.sealed == []
    assert other.known(draft("dahe", 1).id) is not None
    other.close()
    living.add(visit("dahe", 2, "r1"), draft("dahe", 2))
    living.commit()
    living.close()
    assert len(stored(root)) == 2
    assert list((root / ".state" / "runs").iterdir()) == []


def test_a_dead_run_is_finished_by_a_run_of_any_site(root: Path, tmp_path: Path) -> None:
    store = open_store(root, "r1", "dahe")
    store.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    store.commit()
    copy = tmp_path / "crashed"
    shutil.copytree(root, copy)  # the copy's locks are held by nobody
    store.close()
    other = open_store(copy, "r2", "hnr")
    assert sorted(other.recovery.sealed) == ["articles/2026-11/r1", "runs/r1/visits"]
    assert other.recovery.warnings == []
    other.close()
    assert not list(copy.rglob("*.part"))


def test_one_text_in_two_runs_at_once_is_stored_once(root: Path) -> None:
    """Judging happens inside the commit: whoever comes second finds the first."""
    one, two = open_store(root, "r1", "dahe"), open_store(root, "r2", "hnr")
    one.add(visit("dahe", 1, "r1"), draft("dahe", 1))
    two.add(visit("hnr", 1, "r2"), draft("hnr", 1, body=prose(1)))
    assert [seen.outcome for seen in two.commit()] == ["stored"]
    assert [seen.outcome for seen in one.commit()] == ["reprint"]
    one.close()
    two.close()


def run_of(root: str, site: str, number: int, rounds: int) -> None:
    """A process that works on a site of its own; half its texts are everybody's."""
    for round_ in range(rounds):
        store = open_store(Path(root), f"run-{site}-{round_}", site)
        for start in range(0, 30, 3):
            for n in range(start, start + 3):
                own = n % 2 == 0
                body = prose(10_000 * number + n) if own else prose(n)
                store.add(visit(site, n, store.run), draft(site, n, body=body))
            store.commit()
        store.close()
    os._exit(0)


def test_runs_of_different_sites_side_by_side(root: Path) -> None:
    sites = ("dahe", "hnr", "xinmi", "zzrb")
    context = get_context("fork")
    children = [
        context.Process(target=run_of, args=(str(root), site, number, 3))
        for number, site in enumerate(sites, 1)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join(120)
        assert child.exitcode == 0
    assert len(stored(root)) == 4 * 30
    stories = Counter(line["story"] for line in lines(root, "articles", "reprints"))
    assert sorted(stories.values()) == [1] * 60 + [4] * 15
    assert len(list(lines(root, "articles"))) == 60 + 15
    found = check_exports(root, identify=article_id)
    assert found.is_whole, [str(problem) for problem in found.problems]


def test_thousands_of_sites_are_held_by_one_run(root: Path) -> None:
    """A site is an open file: the soft limit of open files is raised as far as it may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 4_000:
        pytest.skip("the hard limit of open files is too low here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, hard))
    try:
        store = open_store(root, "r1", *(f"site{number}" for number in range(2_000)), skip_held=True)
        assert len(store.sites) == 2_000
        store.close()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
