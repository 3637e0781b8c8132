"""`scrapy archive`: list and show captures, pack a period as WACZ, check files, remove old ones."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from newsspider.archive.catalog import Catalog, check
from newsspider.archive.index import Capture
from newsspider.archive.reader import StoredResponse, load
from newsspider.archive.retention import prune, reading
from newsspider.archive.wacz import Period, pack
from newsspider.crawl.launch import refuse
from newsspider.crawl.own_settings import QUIET_SETTINGS
from newsspider.crawl.piped_output import piped_output
from newsspider.errors import ConfigurationError, DamagedRecord, ExitCode
from newsspider.items import WarcRef
from newsspider.reextract.titles import Titles

_Action = Callable[[Path, list[str], argparse.Namespace], ExitCode]
_ACTIONS: Final = ("ls", "show", "wacz", "check", "prune")
_EVER: Final = "9999"  # later than every date
# argparse fills paragraphs: a table would be folded into nonsense.
_HELP: Final = """\
"ls URL" lists all captures of a URL, oldest first, "ls --since DAY" those of a period.
"show URL" prints the latest capture, decompressed (--at DATE: the latest one until then),
"show FILE:OFFSET" the one that a record points to.
"wacz FILE" packs a period (--since, --until, --host) as WACZ.
"check" reads every finished file strictly; 3 where one is damaged.
"prune" does what ARCHIVE_KEEP_DAYS and ARCHIVE_MAX_BYTES say, now.
"""


class Command(ScrapyCommand):
    """Work with the raw pages that crawls keep."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = QUIET_SETTINGS

    def syntax(self) -> str:
        """Show the arguments."""
        return "[options] ls|show|wacz|check|prune [URL|FILE]"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "List, show, pack, check and prune the archived raw pages"

    def long_desc(self) -> str:
        """Describe the actions."""
        return _HELP

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours to Scrapy's options."""
        super().add_options(parser)
        parser.add_argument("--archive", metavar="DIR", type=Path, help="default: ARCHIVE_DIR")
        for option, metavar, words in (
            ("--since", "DAY", "from this day (or moment) on, UTC"),
            ("--until", "DAY", "before this day (or moment), UTC"),
            ("--at", "DATE", "show: the latest until then"),
        ):
            parser.add_argument(option, type=moment, metavar=metavar, help=words)
        parser.add_argument("--host", action="append", default=[], help="wacz: only this host (repeatable)")
        parser.add_argument("--headers", action="store_true", help="show: status line and headers too")
        parser.add_argument("--json", action="store_true", help="ls: one JSON object a line")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do one action."""
        if not args or args[0] not in _ACTIONS:
            raise UsageError(f"name one of {', '.join(_ACTIONS)}")
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        root = opts.archive or archive_dir(self.settings)
        opts.since = opts.since or ""
        opts.until, opts.at = opts.until or _EVER, opts.at or _EVER
        actions: dict[str, _Action] = {
            "ls": _ls,
            "show": _show,
            "wacz": self._wacz,
            "check": _check,
            "prune": self._prune,
        }
        if not root.is_dir():
            self.exitcode = int(refuse(f"there is no archive at {root}"))
            return
        try:
            with piped_output():
                self.exitcode = int(actions[args[0]](root, args[1:], opts))
        except ConfigurationError as error:
            self.exitcode = int(refuse(str(error)))
        except (DamagedRecord, OSError) as error:
            sys.stderr.write(f"newsspider: {error}\n")
            self.exitcode = int(ExitCode.DISK)

    def _wacz(self, root: Path, args: list[str], opts: argparse.Namespace) -> ExitCode:
        if len(args) != 1:
            raise UsageError("name the file to write, like news-2026-11.wacz")
        if not Path(args[0]).parent.is_dir():
            raise ConfigurationError(f"there is no folder {Path(args[0]).parent}")
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        hosts = frozenset(opts.host)
        period = Period(
            since=opts.since,
            until=opts.until,
            wanted=lambda url: not hosts or (urlsplit(url).hostname or "") in hosts,
        )
        exports = Path(self.settings.get("EXPORTS_DIR") or "exports").expanduser()
        title = f"{self.settings.get('BOT_NAME')} {opts.since} {opts.until}".replace(_EVER, "").strip()
        with reading(root), Titles(exports) as titles:
            packed = pack(root, Path(args[0]), period, title=title, title_of=titles.of, now=datetime.now(UTC))
        sys.stdout.write(
            f"{args[0]}: {packed.captures:,} captures, {packed.pages:,} pages, {packed.bytes:,} bytes;"
            f" {packed.damaged} damaged records left out, {packed.lost} payloads no longer there\n"
        )
        return ExitCode.FINE

    def _prune(self, root: Path, args: list[str], opts: argparse.Namespace) -> ExitCode:
        del args, opts
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        done = prune(
            root,
            keep_days=optional_number(self.settings, "ARCHIVE_KEEP_DAYS"),
            max_bytes=optional_number(self.settings, "ARCHIVE_MAX_BYTES"),
            now=datetime.now(UTC),
        )
        if done.held:
            sys.stdout.write("a run is writing or a command is reading: nothing was removed\n")
            return ExitCode.ALREADY_RUNNING
        for gone in done.removed:
            what = f"{gone.file} ({gone.bytes:,} bytes, latest capture {gone.last})"
            sys.stdout.write(f"removed {what}: {gone.reason}\n")
        sys.stdout.write(f"{len(done.removed)} files removed\n")
        return ExitCode.FINE


def moment(text: str) -> str:
    """Return a day, or a moment in UTC, as the archive's dates begin; what is none is a usage error."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2026-11-25") from None
    if len(text) == len("2026-11-25"):
        return f"{found:%Y-%m-%d}"
    return f"{found if found.tzinfo is None else found.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def archive_dir(settings: BaseSettings) -> Path:
    """Return where the raw pages lie."""
    given = settings.get("ARCHIVE_DIR")
    exports = Path(settings.get("EXPORTS_DIR") or "exports").expanduser()
    return Path(given).expanduser() if given else exports / "archive"


def optional_number(settings: BaseSettings, name: str) -> int | None:
    """Return a setting that is a whole number or None."""
    value = settings.get(name)
    if value in (None, "", "None"):
        return None
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if number < 0:
        raise ConfigurationError(f"{name}={value!r} must be a whole number or None")
    return number


def _ls(root: Path, args: list[str], opts: argparse.Namespace) -> ExitCode:
    with Catalog.open(root) as catalog:
        if args:
            found = (c for url in args for c in catalog.captures_of(url))
            captures = (c for c in found if opts.since <= c.date < opts.until)
        else:
            captures = catalog.captures_between(opts.since, opts.until)  # type: ignore[assignment]
        capture = None
        for capture in captures:
            sys.stdout.write(_json(capture) if opts.json else _line(capture))
            sys.stdout.write("\n")
    if capture is None:
        sys.stderr.write(f"no capture of {' '.join(args) or 'that period'} in the archive\n")
    return ExitCode.FINE


def _json(capture: Capture) -> str:
    told = {name: value for name, value in asdict(capture).items() if name != "refers_to"}
    return json.dumps(told, ensure_ascii=False)


def _line(capture: Capture) -> str:
    status = capture.kind if capture.kind != "response" else str(capture.status)
    where = f"{capture.file}:{capture.offset}"
    return f"{capture.date}  {status:8}  {capture.mime or '-':24}  {where}  {capture.url}"


def _show(root: Path, args: list[str], opts: argparse.Namespace) -> ExitCode:
    if len(args) != 1:
        raise UsageError("name a URL, or FILE:OFFSET as records have it")
    found = load(root, _ref(root, args[0], opts.at))
    if opts.headers:
        sys.stdout.buffer.write(_head(found))
    sys.stdout.buffer.write(found.body())
    sys.stdout.buffer.flush()
    return ExitCode.FINE


def _head(found: StoredResponse) -> bytes:
    status = f"HTTP {found.status} {found.reason}".rstrip()
    lines = [f"{found.url} {found.date} {found.kind}\n{status}".encode()]
    lines += [name + b": " + value for name, value in found.headers]
    return b"\n".join((*lines, b"", b""))


def _ref(root: Path, wanted: str, until: str) -> WarcRef:
    file, _, offset = wanted.rpartition(":")
    if file.endswith(".warc.gz") and offset.isascii() and offset.isdigit():
        return WarcRef(file=file, offset=int(offset))
    with Catalog.open(root) as catalog:
        captures = [c for c in catalog.captures_of(wanted) if c.kind != "failure" and c.date <= until]
    if not captures:
        raise ConfigurationError(f"no capture of {wanted} in the archive")
    return WarcRef(file=captures[-1].file, offset=captures[-1].offset)


def _check(root: Path, args: list[str], opts: argparse.Namespace) -> ExitCode:
    del args, opts
    files = records = damaged = 0
    with reading(root):
        for file, count, damage in check(root):
            files += 1
            records += count
            damaged += len(damage)
            for found in damage:
                sys.stdout.write(f"DAMAGE  {file} at {found.offset}, {found.length} bytes: {found.reason}\n")
    sys.stdout.write(f"{files:,} files, {records:,} whole records, {damaged:,} damaged places\n")
    return ExitCode.DISK if damaged else ExitCode.FINE
