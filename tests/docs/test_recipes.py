"""The recipes of docs/recipes, run as far as a machine without cron, GitHub or a registry allows."""

import getpass
import grp
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
RECIPES = PROJECT / "docs/recipes"
# MAILTO=ops@example.org
_ASSIGNMENT = re.compile(r"[A-Z]+=.*")
# 17 */2 * * * command
_CRON_LINE = re.compile(r"(?:\S+ ){5}(?P<command>.+)")

has = shutil.which


def cron_commands() -> list[str]:
    lines = (RECIPES / "crontab").read_text("utf-8").splitlines()
    found = [_CRON_LINE.fullmatch(line) for line in lines if line and not line.startswith("#")]
    return [match["command"] for match in found if match]


def test_every_line_of_the_crontab_is_one() -> None:
    for line in (RECIPES / "crontab").read_text("utf-8").splitlines():
        assert not line or line.startswith("#") or _ASSIGNMENT.match(line) or _CRON_LINE.match(line)
    assert len(cron_commands()) == 2


@pytest.mark.skipif(not has("crontab"), reason="cron is not installed")
def test_cron_takes_the_crontab() -> None:
    done = subprocess.run(["crontab", "-n", RECIPES / "crontab"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", cron_commands())
@pytest.mark.parametrize(("code", "mailed"), [(0, False), (5, True), (9, True)])
def test_cron_mails_the_end_of_the_log_when_a_crawl_fails(
    tmp_path: Path, command: str, code: int, mailed: bool
) -> None:
    fake = tmp_path / "scrapy"
    fake.write_text(f"#!/bin/sh\necho on stdout\necho the verdict >&2\nexit {code}\n")
    fake.chmod(0o755)
    log = tmp_path / "crawl.log"
    environ = {"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path), "LOG": str(log)}
    done = subprocess.run(
        ["/bin/sh", "-c", command], env=environ, capture_output=True, text=True, check=False
    )
    assert "%" not in command  # cron ends a command there
    assert done.stderr == ""
    assert ("the verdict" in done.stdout) is mailed
    assert "the verdict" in log.read_text()


@pytest.mark.skipif(not has("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for path in RECIPES.glob("newsspider*.[st]*"):
        text = path.read_text("utf-8").replace("/opt/newsspider/.venv/bin/scrapy", "/bin/true")
        (tmp_path / path.name).write_text(text)
    units = sorted(tmp_path.iterdir())
    assert [unit.name for unit in units] == [
        "newsspider-failed.service",
        "newsspider.service",
        "newsspider.timer",
    ]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if "newsspider" in line]
    assert (done.returncode, complaints) == (0, [])


@pytest.mark.skipif(not has("systemd-analyze"), reason="systemd is not installed")
def test_the_service_is_shut_in() -> None:
    """As systemd scores it: 0 is shut, 10 is open; a service without options has 9.6."""
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=35", "newsspider.service"],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{RECIPES}:"},
        capture_output=True,
        text=True,
        check=False,
    )
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd cannot score units offline")
    assert done.returncode == 0, done.stdout[-600:] + done.stderr


LOGROTATE = has("logrotate", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@pytest.mark.skipif(LOGROTATE is None, reason="logrotate is not installed")
def test_logrotate_moves_the_log_away(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "crawl.log").write_text("old\n")
    owner = f"{getpass.getuser()} {grp.getgrgid(os.getgid()).gr_name}"
    rules = (RECIPES / "logrotate").read_text("utf-8")
    rules = rules.replace("/var/log/newsspider", str(logs)).replace("newsspider newsspider", owner)
    config = tmp_path / "rules"
    config.write_text(rules)
    config.chmod(0o644)
    assert LOGROTATE is not None
    done = subprocess.run(
        [LOGROTATE, "--force", "--state", tmp_path / "state", config],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (logs / "crawl.log").read_text() == ""
    (rotated,) = logs.glob("crawl.log-*")
    assert rotated.read_text() == "old\n"


def test_the_image_has_what_it_copies_and_no_root() -> None:
    lines = (RECIPES / "Containerfile").read_text("utf-8").splitlines()
    order = [line.split()[0] for line in lines if line and not line.startswith(("#", " "))]
    assert order.index("USER") < order.index("ENTRYPOINT")
    assert order.count("FROM") == 2
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (PROJECT / source).exists(), line
    assert "USER newsspider" in lines
    assert 'ENTRYPOINT ["scrapy"]' in lines  # as a list: signals reach the crawl, not a shell


@pytest.mark.skipif(not has("check-jsonschema"), reason="check-jsonschema is not installed")
def test_github_takes_the_workflow() -> None:
    done = subprocess.run(
        [
            "check-jsonschema",
            "--builtin-schema",
            "vendor.github-workflows",
            RECIPES / "github-actions.yml",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_actions_are_pinned_by_commit() -> None:
    text = (RECIPES / "github-actions.yml").read_text("utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert len(used) == 3
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)


def test_scrapyd_is_deployed_by_scrapy_cfg() -> None:
    assert "[deploy]" in (PROJECT / "scrapy.cfg").read_text("utf-8")
