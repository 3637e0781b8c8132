"""The work is cut so that every process has some to the end."""

import os
from pathlib import Path

import pytest

from newsspider.reextract.units import UNIT_BYTES, split

MIB = 1 << 20


@pytest.mark.parametrize(
    ("sizes", "jobs", "units"),
    [
        ([100], 2, 1),  # too small to be cut
        ([4 * MIB], 2, 8),  # no smaller than half a MiB
        ([64 * MIB], 2, 32),
        ([64 * MIB, 64 * MIB], 1, 16),
        ([2048 * MIB], 2, 64),  # no longer than 32 MiB
        ([], 2, 0),
    ],
)
def test_units_are_enough_for_all_processes(tmp_path: Path, sizes, jobs, units):
    files = []
    for number, size in enumerate(sizes):
        path = tmp_path / f"{number}.warc.gz"
        path.touch()
        os.truncate(path, size)
        files.append((path.name, path))
    found = split(files, jobs=jobs)
    assert len(found) == units
    assert [unit.number for unit in found] == list(range(units))
    assert sum(unit.bytes for unit in found) == sum(sizes)
    assert all(unit.bytes <= UNIT_BYTES for unit in found)
