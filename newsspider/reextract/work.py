"""One worker: reads units of WARC bytes and writes articles, differences and damage of each."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import BinaryIO, Final, Self

from newsspider.archive.reader import KINDS, StoredResponse, load, origin, response_in, with_payload_of
from newsspider.archive.record import media_type
from newsspider.archive.records import Damage, WarcRecord, read
from newsspider.errors import DamagedRecord
from newsspider.extract import EXTRACTOR
from newsspider.items import Article, Record, WarcRef
from newsspider.page.urls import article_id
from newsspider.reextract import differences
from newsspider.reextract.differences import Difference
from newsspider.reextract.lines import fitted, line_of
from newsspider.reextract.past import Old, Past
from newsspider.reextract.plan import Plan, write_whole
from newsspider.reextract.reading import Reading, joined, moment, read_page
from newsspider.reextract.site import Site
from newsspider.reextract.sites import Sites
from newsspider.reextract.tally import Tally
from newsspider.reextract.units import Unit
from newsspider.store.identity import digest

#: Media types that can be a page; servers leave the header out or call everything a stream.
_PAGES: Final = frozenset({None, "text/html", "application/xhtml+xml", "application/octet-stream"})
_NOT_NAME: Final = re.compile(r"[^a-z0-9]+")  # the dots of news.example.cn
_SUCCESS: Final = range(200, 300)
#: Bytes that are read before they are extracted, and lines that are written at once.
_BATCH: Final = 4 << 20
_BUFFER: Final = 1 << 20
_HEAD: Final = 2 << 10  # what a record without its block takes in memory


class Worker:
    """What one process needs for all its units."""

    def __init__(self, plan: Plan, sites: Sites, past: Past) -> None:
        self.plan = plan
        self.sites = sites
        self.past = past

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """Load sites and old records."""
        past = Past.open(Path(plan.exports), plan.past)
        return cls(plan, Sites.from_modules(plan.modules), past)

    def do(self, unit: Unit) -> Tally:
        """Read one unit; its tally is written last, and stands for a finished unit."""
        with _Output(self.plan, unit) as out:
            pages = _Pages(self, unit, out)
            records = read(Path(unit.path), start=unit.start, end=unit.end, kinds=KINDS, one_digest=True)
            for batch in batches(records):
                for record in batch:
                    pages.take(record)
        tally = json.dumps(asdict(pages.tally)).encode()
        write_whole(self.plan.output("units", unit), tally)
        return pages.tally


class _Output:
    """The files of one unit, under their names only when they are whole."""

    def __init__(self, plan: Plan, unit: Unit) -> None:
        self._paths = {kind: plan.output(kind, unit) for kind in ("articles", "differences", "damage")}
        self._files: dict[str, BinaryIO] = {}
        self._stack = ExitStack()

    def write(self, kind: str, value: object) -> None:
        """Add one line."""
        if kind not in self._files:
            path = self._paths[kind]
            path.parent.mkdir(parents=True, exist_ok=True)
            self._files[kind] = self._stack.enter_context(_unfinished(path).open("wb", _BUFFER))
        self._files[kind].write(line_of(value))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self._stack.close()
        for kind, path in self._paths.items():
            if failed is not None:
                _unfinished(path).unlink(missing_ok=True)
            elif kind in self._files:
                _unfinished(path).replace(path)


class _Pages:
    """The pages of one unit."""

    def __init__(self, worker: Worker, unit: Unit, out: _Output) -> None:
        self._plan = worker.plan
        self._sites = worker.sites
        self._past = worker.past
        self._unit = unit
        self._out = out
        self._archive = Path(worker.plan.archive)
        self.tally = Tally()

    def take(self, record: WarcRecord | Damage) -> None:
        """Read one record."""
        if isinstance(record, Damage):
            self.tally.damaged += 1
            self.tally.damaged_bytes += record.length
            self._out.write("damage", {"file": self._unit.file, **asdict(record)})
            return
        self.tally.records += 1
        if record.kind not in KINDS:
            return
        self.tally.responses += 1
        response = response_in(record)
        if response is None:
            self.tally.pass_over("too long" if record.block is None else "no web page")
        elif self._plan.since is not None and response.date < self._plan.since:
            self.tally.pass_over("too old")
        else:
            self._response(record, response)

    def _response(self, record: WarcRecord, response: StoredResponse) -> None:
        old = self._past.at(self._unit.file, record.offset)
        if old is None:
            self._unknown(record, response)
        elif self._plan.site not in {None, old.record.site}:
            self.tally.pass_over("another site")
        elif old.part:
            self.tally.further_pages += 1
        else:
            self._known(record, response, old)

    # -- pages that an old record was read from -----------------------------------------------

    def _known(self, record: WarcRecord, response: StoredResponse, old: Old) -> None:
        site = self._sites.named(old.record.site) or self._sites.owning(response.url)
        try:
            readings = [read_page(self._with_payload(record, response), site)]
            readings += [read_page(load(self._archive, ref), site) for ref in old.record.warc[1:]]
        except DamagedRecord as error:
            self._damaged(record, error)
            return
        reading = joined(readings)
        if reading.article is None:
            self.tally.lost += 1
            self._tell([differences.lost(old.record, f"{reading.kind}: {reading.reason}")])
            return
        article = fitted(reading.article)
        effects = differences.compare(old.record, article)
        self.tally.count(effects)
        found = differences.tell(old.record, article, effects)
        if found:
            self.tally.changed += 1
            self._tell(found)
        else:
            self.tally.same += 1
        told_apart = any(effects[name] != "same" for name in differences.DIGESTED)
        own = digest(article) if told_apart else old.record.digest
        self._out.write("articles", self._again(old, article, reading, own))

    def _again(self, old: Old, article: Article, reading: Reading, own: str) -> Record:
        """Return the record as it reads now: a new version where `own`, its digest, is not the latest's."""
        fields = {name: getattr(article, name) for name in Article.__dataclass_fields__}
        again = replace(
            old.record,
            **fields,
            digest=own,
            encoding=reading.encoding,
            encoding_from=reading.encoding_from,
            layout=reading.layout,
            extractor=EXTRACTOR,
        )
        if own == old.record.digest or not old.latest:
            return again
        return replace(again, version=old.record.version + 1, change="re-extracted", run=self._plan.run)

    # -- pages that no record was read from ---------------------------------------------------

    def _unknown(self, record: WarcRecord, response: StoredResponse) -> None:
        reason, site = self._not_to_be_read(response)
        if reason is not None:
            self.tally.pass_over(reason)
            return
        try:
            reading = read_page(response, site)
        except DamagedRecord as error:
            self._damaged(record, error)
            return
        if reading.article is None:
            self.tally.pass_over(str(reading.kind))
            return
        new = self._first(fitted(reading.article), reading, response, record.offset, site)
        if self._past.is_told(new):
            self.tally.pass_over("text of a stored article")
            return
        self.tally.gained += 1
        self._tell([differences.gained(new)])
        self._out.write("articles", new)

    def _not_to_be_read(self, response: StoredResponse) -> tuple[str | None, Site | None]:
        site = self._sites.owning(response.url)
        reason = None
        if response.kind == "revisit":
            reason = "revisit"
        elif response.status not in _SUCCESS:
            reason = f"http {response.status // 100}xx"
        elif response.truncated:
            reason = "cut off"
        elif media_type(response.header(b"content-type")) not in _PAGES:
            reason = "not html"
        elif self._plan.site is not None and (site is None or site.profile.name != self._plan.site):
            reason = "another site"
        elif self._past.is_known(article_id(response.url)):
            reason = "another capture of a known article"
        return reason, site

    def _first(
        self, article: Article, reading: Reading, response: StoredResponse, offset: int, site: Site | None
    ) -> Record:
        own = article_id(response.url)
        name = site.profile.name if site else self._past.site_of(response.url) or _site_name(response.url)
        return Record(
            **{field: getattr(article, field) for field in Article.__dataclass_fields__},
            id=own,
            digest=digest(article),
            version=1,
            change="first",
            story=own,
            site=name,
            region=site.profile.region if site else None,
            fetched_at=f"{moment(response.date):%Y-%m-%dT%H:%M:%SZ}",
            final_url=response.url,
            status=response.status,
            encoding=reading.encoding,
            encoding_from=reading.encoding_from,
            warc=(WarcRef(file=self._unit.file, offset=offset),),
            run=self._plan.run,
            spider=name,
            layout=reading.layout,
            extractor=EXTRACTOR,
        )

    # -- both ---------------------------------------------------------------------------------

    def _with_payload(self, record: WarcRecord, response: StoredResponse) -> StoredResponse:
        original = origin(record)
        if original is None:
            return response
        return with_payload_of(response, self._archive, original)

    def _damaged(self, record: WarcRecord, error: DamagedRecord) -> None:
        self.tally.pass_over("body damaged or gone")
        values = {"offset": record.offset, "length": record.length, "reason": str(error)}
        self._out.write("damage", {"file": self._unit.file, **values})

    def _tell(self, found: Iterable[Difference]) -> None:
        for difference in found:
            self._out.write("differences", difference)


def batches(records: Iterable[WarcRecord | Damage]) -> Iterator[list[WarcRecord | Damage]]:
    """Yield the records some megabytes at a time.

    Reading and extracting by turns, page by page, each would find the processor's caches full of the other's.
    """
    batch: list[WarcRecord | Damage] = []
    size = 0
    for record in records:
        batch.append(record)
        size += _HEAD + (len(record.block or b"") if isinstance(record, WarcRecord) else 0)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _site_name(url: str) -> str:
    """Return the name of a site without a profile: news_example_cn."""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2].lower()
    return _NOT_NAME.sub("_", host).strip("_")[:60] or "unknown"


def _unfinished(path: Path) -> Path:
    return path.with_name(path.name + ".open")
