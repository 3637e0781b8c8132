"""`scrapy versions URL|ID`: the versions of an article, and what changed in each."""

import argparse
import re
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar, Final

from rich.console import Console
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.crawl.launch import refuse
from newsspider.crawl.own_settings import QUIET_SETTINGS
from newsspider.crawl.piped_output import piped_output
from newsspider.errors import ConfigurationError, ExitCode
from newsspider.items import Record
from newsspider.page.urls import article_id
from newsspider.store.history import Change, are_alike, compare, pieces, versions_of

# 3c2acdaee6f8e9d80b89e44104b12b28
_ID: Final = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)
_STYLES: Final = {"same": "", "removed": "red strike", "added": "green"}
_MARKS: Final = {"same": "  ", "removed": "- ", "added": "+ ", "changed": "~ "}
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co"})


class Command(ScrapyCommand):
    """Show what changed, paragraph by paragraph."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = QUIET_SETTINGS

    def syntax(self) -> str:
        """Show the arguments."""
        return "[options] <URL or id>"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Show the versions of an article and what changed from one to the next"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours to Scrapy's options."""
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="show unchanged paragraphs too")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show; 4 when no such article is stored, 3 when a version of it can't be read."""
        if len(args) != 1:
            raise UsageError("one URL or id is needed")
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        root = Path(self.settings.get("EXPORTS_DIR") or "exports").expanduser()
        identity = args[0].lower() if _ID.fullmatch(args[0]) else article_id(args[0])
        try:
            found = versions_of(root, identity)
        except ConfigurationError as error:
            self.exitcode = int(refuse(str(error)))
            return
        if not found.records and not found.unreadable:
            self.exitcode = int(refuse(f"no article of {_seen(args[0][:300])} is stored in {root}"))
            return
        with piped_output():
            console = Console(highlight=False)
            for before, record in pairwise((None, *found.records)):
                if record is not None:
                    _show(console, before, record, everything=opts.all)
        for version in found.unreadable:
            reason = f"cannot be read: {version.segment} at byte {version.start}; see `scrapy verify`"
            sys.stderr.write(f"newsspider: version {version.number} {reason}\n")
            self.exitcode = int(ExitCode.DISK)


def _show(console: Console, before: Record | None, record: Record, *, everything: bool) -> None:
    head = f"version {record.version}, {record.change}, fetched {record.fetched_at}, run {record.run}"
    console.print(Text(_seen(head), style="bold"), soft_wrap=True)
    if before is None:
        for name, value in (("title", record.title), ("url", record.url), ("id", record.id)):
            console.print(Text(_seen(f"  {name}: {value}")), soft_wrap=True)
        if everything:
            console.print(Text(_seen(record.body)), soft_wrap=True)
        return
    found = compare(before, record)
    for name, old, new in found.fields:
        console.print(Text(f"~ {name}: ").append_text(_inline(old or "", new or "")), soft_wrap=True)
    for change in found.paragraphs:
        if change.edit != "same" or everything:
            console.print(Text(_MARKS[change.edit]).append_text(_paragraph(change)), soft_wrap=True)
    hidden = sum(change.edit == "same" for change in found.paragraphs)
    if hidden and not everything:
        console.print(Text(f"  ({hidden} paragraphs unchanged)", style="dim"))


def _paragraph(change: Change) -> Text:
    if change.edit == "changed":
        return _inline(change.before, change.after)
    return Text(_seen(change.before or change.after), style=_STYLES[change.edit])


def _inline(before: str, after: str) -> Text:
    """Return both in one line, what went and what came in brackets; two unlike texts are shown whole."""
    text = Text()
    whole = (Change("removed", before, ""), Change("added", "", after))
    for piece in pieces(before, after) if are_alike(before, after) else whole:
        if not piece.before and not piece.after:
            continue
        shown = _seen(piece.before or piece.after)
        brackets = {"removed": "[-{}-]", "added": "{{+{}+}}"}.get(piece.edit, "{}")
        text.append(brackets.format(shown), style=_STYLES[piece.edit])
    return text


def _seen(text: str) -> str:
    """Return the text without characters that would command the terminal."""
    return "".join(
        "\ufffd" if unicodedata.category(character) in _UNSEEN and character != "\n" else character
        for character in text
    )
