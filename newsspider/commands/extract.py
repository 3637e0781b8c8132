"""`scrapy extract`: what the extractor makes of a page, a saved file, or a batch of saved files."""

import argparse
import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Final
from urllib.parse import urlsplit

import msgspec
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.crawl.own_settings import QUIET_SETTINGS
from newsspider.crawl.piped_output import piped_output
from newsspider.errors import ConfigurationError, ExitCode

if TYPE_CHECKING:
    from newsspider.crawl.inquiry.asking import Answer
    from newsspider.page.document import Page

_GZIP: Final = b"\x1f\x8b"
#: Bytes of a file that are read: what a crawl accepts of a page.
_MAX_BYTES: Final = 8 * 1024 * 1024
#: What reading a file may raise: no such file, a gzip cut off or broken, a name that cannot be one.
UNREADABLE: Final = (OSError, EOFError, ValueError, zlib.error)


class _Job(msgspec.Struct):
    """One line of a batch."""

    id: str
    file: str
    url: str | None = None


class Command(ScrapyCommand):
    """Print the article of a page as JSON."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = QUIET_SETTINGS

    def syntax(self) -> str:
        """Show the arguments."""
        return "<url|file> [--url URL] [--explain] | --batch < LINES"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Print the article of a page, with evidence for each value"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours to Scrapy's options."""
        super().add_options(parser)
        parser.add_argument("--url", help="the URL that a saved file was fetched from")
        parser.add_argument("--explain", action="store_true", help="print evidence and runners-up as well")
        parser.add_argument(
            "--batch",
            action="store_true",
            help='read lines {"id", "file", "url"} and print one JSON object for each',
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print one record, or one line for each line of standard input."""
        if opts.batch:
            if args:
                raise UsageError("--batch reads its files from standard input")
            with piped_output():
                for line in batch(sys.stdin.buffer):
                    sys.stdout.buffer.write(line + b"\n")
                    sys.stdout.buffer.flush()
            return
        if len(args) != 1:
            raise UsageError("name one URL or file, or give --batch")
        if opts.url is not None and not opts.url.startswith(("http://", "https://")):
            raise UsageError("--url is no http or https URL")
        with piped_output():
            self._one(args[0], opts)

    def _one(self, target: str, opts: argparse.Namespace) -> None:
        from newsspider.page.document import Page

        now = None
        if target.startswith(("http://", "https://")):
            answer = self._fetch(target)
            if answer is None or answer.problem is not None:
                print(f"{target}: {answer.problem if answer else 'not finished'}", file=sys.stderr)  # noqa: T201
                self.exitcode = ExitCode.SITE_FAILED
                return
            page = Page.from_bytes(answer.body, url=answer.final_url, content_type=answer.content_type)
            now = datetime.now(UTC)
        else:
            try:
                body = read_file(Path(target))
            except UNREADABLE as error:
                print(f"{target}: {getattr(error, 'strerror', None) or error}", file=sys.stderr)  # noqa: T201
                self.exitcode = ExitCode.CONFIGURATION
                return
            page = Page.from_bytes(body, url=opts.url)
        record = describe(page, now=now, explain=opts.explain)
        if not opts.explain:
            record.pop("evidence", None)
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")

    def _fetch(self, url: str) -> "Answer | None":
        """Ask for one page as politely as a crawl does."""
        from scrapy.crawler import AsyncCrawlerProcess

        from newsspider.crawl.inquiry.asking import INQUIRY_SETTINGS, Ask, Inquiry, inquire_all
        from newsspider.profile import SiteProfile

        host = urlsplit(url).netloc.lower()
        try:
            profile = SiteProfile(name="page", title=host, region=None, hosts=(host,), start=(url,))
        except ConfigurationError as error:
            raise UsageError(str(error)) from None

        async def look(profile: SiteProfile, ask: Ask) -> "Answer":
            del profile
            return await ask(url, "article")

        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        if self.settings.get("BOT_NAME") != "newsspider":
            self.settings.setmodule("newsspider.settings", priority="project")
        self.settings.setdict(INQUIRY_SETTINGS, priority="command")
        inquiry: Inquiry[Answer] = Inquiry(profile, look)
        inquire_all(AsyncCrawlerProcess(self.settings), {profile.name: inquiry})
        return inquiry.result


def batch(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield one JSON object for each line; a page that fails gives a line that says why."""
    from newsspider.items import PageKind
    from newsspider.page.document import Page

    decoder, encoder = msgspec.json.Decoder(_Job), msgspec.json.Encoder()
    for line in lines:
        if not line.strip():
            continue
        try:
            job = decoder.decode(line)
        except msgspec.MsgspecError as error:
            yield encoder.encode({"id": None, "kind": "empty", "error": f"not a job: {error}"})
            continue
        try:
            body = read_file(Path(job.file))
        except UNREADABLE as error:
            yield encoder.encode({"id": job.id, "kind": "empty", "error": str(error)})
            continue
        try:
            record = describe(Page.from_bytes(body, url=job.url))
        except Exception as error:  # noqa: BLE001 - one page must not end the batch; its line says what failed
            record = {
                "kind": PageKind.OTHER.value,
                "reason": "failed",
                "error": f"{type(error).__name__}: {error}",
            }
        yield encoder.encode({"id": job.id, **record})


def read_file(path: Path) -> bytes:
    """Return what a crawl would keep of the file; it may be gzipped."""
    with path.open("rb") as file:
        start = file.read(2)
        file.seek(0)
        if start == _GZIP:
            with gzip.GzipFile(fileobj=file) as inflated:
                return _limited(inflated)
        return _limited(file)


def _limited(file: "BinaryIO | gzip.GzipFile") -> bytes:
    return file.read(_MAX_BYTES)


def describe(page: "Page", *, now: datetime | None = None, explain: bool = False) -> dict[str, Any]:
    """Return what is known of `page` as a plain dictionary."""
    from newsspider.discover.listing import find_items
    from newsspider.extract.article import extract
    from newsspider.extract.runners_up import runners_up
    from newsspider.items import PageKind

    extraction = extract(page, now=now)
    record: dict[str, Any] = {"kind": extraction.kind.value, "reason": extraction.reason}
    if extraction.article is not None:
        record |= msgspec.to_builtins(extraction.article)
        record["further"] = list(extraction.further)
        if explain:
            record["runners_up"] = msgspec.to_builtins(runners_up(page, extraction.article))
    elif extraction.kind is PageKind.LIST:
        record["items"] = [
            {"title": link.title, "url": link.url, "date": link.date} for link in find_items(page)
        ]
    if explain:
        record["encoding"] = {"name": page.encoding, "from": page.encoding_from}
    return record
