"""`scrapy verify [DIR]`: check that every line of the exports is whole and all fits together."""

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar, Final

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.archive import places, reader, retention
from newsspider.crawl.launch import refuse
from newsspider.crawl.lines_progress import progress_of_lines
from newsspider.crawl.own_settings import QUIET_SETTINGS
from newsspider.errors import DamagedRecord, ExitCode
from newsspider.items import WarcRef
from newsspider.page.urls import article_id
from newsspider.store.verify import Verification, check_exports

_GZIP: Final = b"\x1f\x8b\x08"


class Command(ScrapyCommand):
    """Check an exports folder; nothing is changed."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = QUIET_SETTINGS

    def syntax(self) -> str:
        """Show the arguments."""
        return "[options] [DIR]"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Check every line, id and digest, the ledger and the raw pages; 3 where damaged"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours to Scrapy's options."""
        super().add_options(parser)
        parser.add_argument("--archive", metavar="DIR", type=Path, help="default: ARCHIVE_DIR")
        parser.add_argument(
            "--pages", action="store_true", help="read every raw page whole, with its digests (slow)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check; 0 when all is whole, 3 when something is damaged, 4 when there is no such folder."""
        if len(args) > 1:
            raise UsageError("one folder at most")
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        root = Path(args[0] if args else self.settings.get("EXPORTS_DIR") or "exports").expanduser()
        if not root.is_dir():
            self.exitcode = int(refuse(f"there is no folder {root}"))
            return
        setting = None if args else self.settings.get("ARCHIVE_DIR")
        archive = opts.archive or Path(setting or root / "archive").expanduser()
        pages = _RawPages(archive, whole=opts.pages) if archive.is_dir() else None
        with progress_of_lines() as progress:
            done = check_exports(root, identify=article_id, page=pages, progress=progress)
        _tell(done)
        if pages is None:
            sys.stdout.write(f"raw pages were not checked: there is no folder {archive}\n")
        elif pages.pruned:
            sys.stdout.write(f"raw pages of {pages.pruned:,} references were pruned, as pruned.jsonl says\n")
        self.exitcode = int(ExitCode.FINE if done.is_whole else ExitCode.DISK)


class _RawPages:
    """Looks up the raw pages that records point to."""

    def __init__(self, archive: Path, *, whole: bool) -> None:
        self.pruned = 0
        self._archive = archive
        self._whole = whole
        self._gone = retention.pruned(archive)

    def __call__(self, ref: WarcRef, url: str | None) -> str | None:
        """Return what is wrong with a raw page; None where it is there, or was pruned."""
        path = places.present(self._archive, ref.file) if "\0" not in ref.file else None
        if path is None:
            if ref.file in self._gone:
                self.pruned += 1
                return None
            return "there is no such file"
        try:
            if self._whole:
                found = reader.load(self._archive, ref).url
                is_other = url is not None and article_id(found) != article_id(url)
                return f"holds {found[:200]!r}, not {url!r}" if is_other else None
            with path.open("rb") as file:
                file.seek(ref.offset)
                return None if file.read(3) == _GZIP else "no record begins there"
        except DamagedRecord as error:
            return str(error)
        except (OSError, OverflowError, ValueError) as error:
            return f"cannot be read: {error}"


def _tell(done: Verification) -> None:
    """Print the problems, one a line, and what was checked."""
    for problem in done.problems:
        sys.stdout.write(f"{'DAMAGE' if problem.damage else 'note'}  {problem}\n")
    if done.untold:
        sys.stdout.write(f"DAMAGE  and {done.untold:,} more of the same files\n")
    counts = ", ".join(f"{count:,} lines of {kind}" for kind, count in sorted(done.lines.items()))
    verdict = "whole" if done.is_whole else "damaged"
    sys.stdout.write(f"{verdict}: {done.files:,} files, {done.bytes:,} bytes, {counts or 'no lines'}\n")
