"""How long raw pages stay: by age, by size, never while a run writes, and told where they went."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from newsspider.archive.catalog import Catalog
from newsspider.archive.reader import NotArchived, load
from newsspider.archive.retention import PRUNED, Pruned, prune, pruned, reading
from newsspider.disk import Disk
from newsspider.errors import ConfigurationError

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def days(open_archive, exchange):
    """Write one file a day, the youngest one day old; return root and references, oldest first."""

    def write(count, **given):
        refs = []
        for day in range(count, 0, -1):
            at = NOW - timedelta(days=day)
            with open_archive(run=f"{at:%Y%m%dT%H%M%SZ}-dahe-0a1b2c") as archive:
                payload = given.get("payload", os.urandom(2000))
                refs.append(archive.append(exchange(day, at=at, payload=payload)))
        return archive.root, refs

    return write


def test_nothing_is_removed_by_default(days):
    root, _ = days(3)
    assert prune(root, keep_days=None, max_bytes=None, now=NOW).removed == ()


def test_files_older_than_the_days_go_and_are_told(days):
    root, refs = days(5)
    done = prune(root, keep_days=3, max_bytes=None, now=NOW)
    assert [gone.file for gone in done.removed] == [ref.file for ref in refs[:2]]
    assert {gone.reason for gone in done.removed} == {"age"}
    assert pruned(root).keys() == {ref.file for ref in refs[:2]}
    assert pruned(root)[refs[0].file].pruned_at == "2026-12-01T00:00:00.000Z"
    with pytest.raises(NotArchived):
        load(root, refs[0])
    assert load(root, refs[2]).status == 200


def test_a_file_whose_payloads_are_needed_stays(days):
    root, refs = days(5, payload=b"the same page every day" * 50)
    assert prune(root, keep_days=3, max_bytes=None, now=NOW).removed[0].file == refs[1].file
    # four revisits need the first file, and each still gives its page
    assert load(root, refs[0]).payload == load(root, refs[-1]).payload
    assert load(root, refs[-1]).kind == "revisit"


def test_what_is_needed_is_known_without_the_index_too(days):
    root, refs = days(5, payload=b"the same page every day" * 50)
    for path in root.glob(".index.sqlite3*"):
        path.unlink()
    prune(root, keep_days=3, max_bytes=None, now=NOW)
    assert load(root, refs[-1]).payload.startswith(b"the same")


def test_files_go_until_the_size_fits(days):
    root, refs = days(5)
    size = sum(path.stat().st_size for path in root.glob("*/*.warc.gz"))
    done = prune(root, keep_days=None, max_bytes=size // 2, now=NOW)
    assert [gone.file for gone in done.removed] == [ref.file for ref in refs[: len(done.removed)]]
    assert {gone.reason for gone in done.removed} == {"size"}
    assert sum(path.stat().st_size for path in root.glob("*/*.warc.gz")) <= size // 2
    assert len(list(root.glob("*/*.warc.gz"))) == 5 - len(done.removed) > 0


def test_never_while_a_run_writes(days, open_archive, exchange):
    root, refs = days(3)
    with open_archive(run="20261201T000000Z-other-0a1b2c") as archive:
        archive.append(exchange(1))
        assert prune(root, keep_days=0, max_bytes=None, now=NOW).held
        assert load(root, refs[0]).status == 200
    assert len(prune(root, keep_days=0, max_bytes=None, now=NOW).removed) >= 3


def test_never_while_another_process_reads(days):
    root, refs = days(1)
    code = (
        "import sys, pathlib\nfrom newsspider.archive.retention import reading\n"
        "with reading(pathlib.Path(sys.argv[1])):\n    print('reading', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:
        assert reader.stdout.readline() == b"reading\n"
        assert prune(root, keep_days=0, max_bytes=None, now=NOW).held
        reader.stdin.close()
    with reading(root):
        assert load(root, refs[0]).status == 200
    assert prune(root, keep_days=0, max_bytes=None, now=NOW).removed


def test_leftovers_of_a_killed_run_stay(days, open_archive, exchange):
    root, _ = days(2)
    left = open_archive(run="20261120T000000Z-other-0a1b2c")
    left.append(exchange(1, at=NOW - timedelta(days=30)))
    left.sync()
    (path,) = root.glob("*/*.open")
    kept = path.read_bytes()
    left.close()
    path.with_name(path.name.removesuffix(".open")).unlink()
    path.write_bytes(kept)
    prune(root, keep_days=0, max_bytes=0, now=NOW)
    assert path.exists()


def test_it_is_told_before_it_is_gone(days):
    class Failing(Disk):
        def remove(self, path):
            raise OSError(5, "Input/output error")

    root, refs = days(1)
    with pytest.raises(OSError, match="Input"):
        prune(root, keep_days=0, max_bytes=None, now=NOW, io=Failing())
    assert refs[0].file in pruned(root)
    assert load(root, refs[0]).status == 200
    assert prune(root, keep_days=0, max_bytes=None, now=NOW).removed


def test_a_cut_line_of_the_list_is_passed_over(days):
    root, refs = days(2)
    (root / PRUNED).write_bytes(b'{"file":"2026-1')
    prune(root, keep_days=0, max_bytes=None, now=NOW)
    assert pruned(root).keys() == {ref.file for ref in refs}
    assert all(isinstance(gone, Pruned) for gone in pruned(root).values())


def test_the_catalogue_forgets_what_is_gone(days, exchange):
    root, refs = days(2)
    (root / refs[0].file).unlink()
    with Catalog.open(root) as catalog:
        assert catalog.captures_of(exchange(2).url) == []
        assert len(catalog.captures_of(exchange(1).url)) == 1


def test_negative_limits_are_refused(days):
    root, _ = days(1)
    with pytest.raises(ConfigurationError, match="negative"):
        prune(root, keep_days=-1, max_bytes=None, now=NOW)
