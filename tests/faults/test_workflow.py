"""The steps of the GitHub workflow, run by hand: a bare repository, fresh clones, a site on loopback."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.healthy import Healthy
from tests.faults.misbehaviours import ListingGone
from tests.faults.server import FaultyServer

PROJECT = Path(__file__).parents[2]
WORKFLOW = (PROJECT / "docs/recipes/github-actions.yml").read_text("utf-8")
# "      - name: Crawl\n ... run: |\n          scrapy crawlsites", up to the next step
_STEP = re.compile(r"^ {6}- name: (?P<name>.+)\n(?P<body>(?: {8}.*\n|\n)*)", re.MULTILINE)
_RUN = re.compile(r"^ {8}run: \|\n(?P<script>(?: {10}.*\n|\n)*)", re.MULTILINE)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
]


def step(name: str) -> str:
    """Return the script of a step."""
    for found in _STEP.finditer(WORKFLOW):
        if found["name"] == name and (run := _RUN.search(found["body"])):
            return run["script"]
    raise AssertionError(name)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


class Repository:
    """A bare repository with the project and one site; each job clones it anew, as GitHub does."""

    def __init__(self, folder: Path, server: FaultyServer) -> None:
        self.folder = folder
        self.bare = folder / "bare.git"
        work = folder / "work"
        ignored = shutil.ignore_patterns("__pycache__", "spiders")
        shutil.copytree(PROJECT / "newsspider", work / "newsspider", ignore=ignored)
        (work / "exports").mkdir()
        for name in ("scrapy.cfg", ".gitignore", "exports/.gitignore"):
            shutil.copy(PROJECT / name, work / name)
        server.write_spider(work / "newsspider/spiders", name="loopback")
        with (work / "newsspider/settings.py").open("a") as settings:
            settings.write("\nDOWNLOAD_DELAY = 0\nALLOW_PRIVATE_ADDRESSES = True\nRETRY_TIMES = 0\n")
        git(work, "init", "--quiet", "--initial-branch=main")
        git(work, "add", "--all")
        git(work, "commit", "--quiet", "--message", "begin")
        git(folder, "clone", "--quiet", "--bare", str(work), str(self.bare))

    def job(self, number: int) -> tuple[int, str, str, Path]:
        """Run a job's steps; return the crawl's exit code, its stdout, its summary, and the clone."""
        clone = self.folder / f"job{number}"
        git(self.folder, "clone", "--quiet", str(self.bare), str(clone))
        summary = self.folder / f"summary{number}.md"
        environ = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(clone),
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(summary),
            "HOME": str(self.folder),
        }
        crawl, keep = (
            subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", step(name)],
                cwd=clone,
                env=environ,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            for name in ("Crawl", "Keep what was found")
        )
        assert keep.returncode == 0, keep.stderr
        (self.folder / f"crawl{number}.txt").write_text(crawl.stderr, "utf-8")
        return crawl.returncode, crawl.stdout, summary.read_text("utf-8"), clone

    def stored(self) -> list[str]:
        """Return the titles of all articles that the repository holds."""
        names = git(self.bare, "ls-tree", "-r", "--name-only", "main", "exports/articles").split()
        lines = [line for name in names for line in git(self.bare, "show", f"main:{name}").splitlines()]
        return [json.loads(line)["title"] for line in lines]


def test_three_nights(tmp_path: Path) -> None:
    with FaultyServer(Healthy(6)) as server:
        repository = Repository(tmp_path, server)

        code, out, summary, _ = repository.job(1)
        assert (code, out) == (0, "")
        assert "6 new articles from 1 site" in summary
        assert len(repository.stored()) == len(set(repository.stored())) == 6

        asked = len(server.paths("/news/2"))
        code, out, _, clone = repository.job(2)
        assert (code, out) == (0, "")
        assert len(repository.stored()) == 6
        assert len(server.paths("/news/2")) - asked <= asked  # nothing is fetched that is not due
        assert len(list(clone.glob("exports/runs/2*/report.html"))) == 2
        assert not git(repository.bare, "ls-tree", "-r", "--name-only", "main", "exports/.state")

        server.site = ListingGone(6)
        code, out, summary, _ = repository.job(3)
        assert code == 9
        assert out.startswith("::error title=loopback::no way in could be read (0 of 1)")
        assert "no way in could be read" in summary
        assert len(git(repository.bare, "log", "--format=%s", "main").splitlines()) == 4
