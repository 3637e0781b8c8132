"""WARC files that others wrote, in the shapes of their writers: news is read from them without a fetch."""

import gzip
import hashlib
import io
import json
import zipfile
from base64 import b32encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newsspider.archive.members import holds_records
from newsspider.archive.reader import load
from newsspider.demo.sites import BY_NAME, HUADONG, ZHONGYUAN
from newsspider.reextract.reading import reread
from newsspider.reextract.run import reextract
from newsspider.reextract.sites import Sites
from newsspider.reextract.units import name_in_references

RUN = "20261122T100000Z-reextract-0a1b2c"
CRLF = "\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


def sha1(data: bytes) -> str:
    return "sha1:" + b32encode(hashlib.sha1(data).digest()).decode()


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 1000] for at in range(0, len(body), 1000)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def warc(kind: str, fields: dict[str, str], block: bytes, version: str = "1.0") -> bytes:
    head = {
        "WARC-Type": kind,
        "WARC-Date": "2019-05-06T07:08:09Z",
        **fields,
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}{CRLF}" for name, value in head.items())
    return f"WARC/{version}{CRLF}{lines}{CRLF}".encode() + block + b"\r\n\r\n"


def http(body: bytes, head: bytes = b"Content-Type: text/html\r\n", status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 " + status + b"\r\n" + head + b"\r\n" + body


def response(url: str, block: bytes, **fields: str) -> bytes:
    named = {"WARC-Target-URI": url, "Content-Type": "application/http; msgtype=response"}
    named |= {name.replace("_", "-"): value for name, value in fields.items()}
    return warc("response", named, block)


Pages = dict[str, bytes]


def cc_news(pages: Pages) -> bytes:
    """CC-NEWS: a member a record; bodies decompressed, the old headers kept under other names; no requests."""
    info = warc(
        "warcinfo", {"WARC-Filename": "CC-NEWS-20190506070809-00001.warc.gz"}, b"isPartOf: CC-NEWS\r\n"
    )
    records = [info]
    for url, body in pages.items():
        head = (
            b"Server: nginx\r\nX-Crawl-Transfer-Encoding: chunked\r\nX-Crawl-Content-Encoding: gzip\r\n"
            b"Content-Type: text/html\r\nContent-Length: %d\r\n" % len(body)
        )
        block = http(body, head)
        records.append(
            response(
                url,
                block,
                WARC_Payload_Digest=sha1(body),
                WARC_Block_Digest=sha1(block),
                WARC_IP_Address="1.2.3.4",
            )
        )
    return b"".join(map(gzip.compress, records))


def wget(pages: Pages) -> bytes:
    """Wget: URIs in angle brackets, chunks kept, payload digest over the chunks, requests before."""
    records = []
    for url, body in pages.items():
        block = http(chunked(body), b"Content-Type: text/html\r\n" + CHUNKED)
        asked = f"GET {urlsplit(url).path} HTTP/1.1{CRLF}User-Agent: Wget/1.21{CRLF}{CRLF}".encode()
        records.append(
            warc("request", {"WARC-Target-URI": f"<{url}>", "Content-Type": "application/http"}, asked)
        )
        records.append(
            response(
                f"<{url}>", block, WARC_Payload_Digest=sha1(chunked(body)), WARC_Block_Digest=sha1(block)
            )
        )
    records.append(
        warc("resource", {"WARC-Target-URI": "metadata://gnu.org/software/wget/warc/wget.log"}, b"log")
    )
    return b"".join(map(gzip.compress, records))


def heritrix(pages: Pages) -> bytes:
    """Heritrix: dns records, compressed bodies in chunks, metadata and revisits in the old profile."""
    records = [
        warc(
            "response",
            {"WARC-Target-URI": "dns:news.example.cn", "Content-Type": "text/dns"},
            b"20190506070809\n1.2.3.4",
        )
    ]
    for url, body in pages.items():
        head = b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n" + CHUNKED
        payload = chunked(gzip.compress(body))
        block = http(payload, head)
        records.append(response(url, block, WARC_Payload_Digest=sha1(payload)))
        records.append(
            warc(
                "metadata", {"WARC-Target-URI": url, "Content-Type": "application/warc-fields"}, b"via: x\r\n"
            )
        )
        old = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
        records.append(
            warc(
                "revisit",
                {
                    "WARC-Target-URI": url,
                    "WARC-Profile": old,
                    "Content-Type": "application/http; msgtype=response",
                },
                http(b"", head),
            )
        )
    return b"".join(map(gzip.compress, records))


def browsertrix(pages: Pages) -> bytes:
    """Browsertrix: WARC 1.1, SHA-256 digests, HTTP/2 pages without framing, its own resource records."""
    records = []
    for url, body in pages.items():
        block = b"HTTP/2 200\r\ncontent-type: text/html\r\n\r\n" + body
        digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
        fields = {
            "WARC-Target-URI": url,
            "Content-Type": "application/http; msgtype=response",
            "WARC-Payload-Digest": digest,
            "WARC-JSON-Metadata": json.dumps({"ipType": "Public"}),
        }
        records.append(warc("response", fields, block, "1.1"))
        records.append(
            warc(
                "resource",
                {"WARC-Target-URI": f"urn:pageinfo:{url}", "Content-Type": "application/json"},
                b"{}",
            )
        )
        records.append(
            warc(
                "resource",
                {"WARC-Target-URI": f"urn:text:{url}", "Content-Type": "text/plain"},
                "文字".encode(),
            )
        )
    return b"".join(map(gzip.compress, records))


def uncompressed(pages: Pages) -> bytes:
    """No compression at all, and a first body that was cut by the crawler's limit."""
    records = [response(url, http(body), WARC_Payload_Digest=sha1(body)) for url, body in pages.items()]
    cut = response("http://cut.example.cn/", http(b"<html>half"), WARC_Truncated="length")
    return cut + b"".join(records)


def one_member(pages: Pages) -> bytes:
    """The whole file in one gzip member, as a person's `gzip` makes it."""
    return gzip.compress(uncompressed(pages))


def wacz(pages: Pages) -> bytes:
    """WACZ, as Browsertrix packs a crawl: a ZIP file that stores the WARC files as they are."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as parts:
        halves = dict(list(pages.items())[::2]), dict(list(pages.items())[1::2])
        parts.writestr("pages/pages.jsonl", "{}\n", zipfile.ZIP_DEFLATED)
        parts.writestr("archive/data-0.warc.gz", browsertrix(halves[0]))
        parts.writestr("archive/data-1.warc.gz", browsertrix(halves[1]))
        parts.writestr("archive/empty.warc.gz", b"")
        parts.writestr("indexes/index.cdx.gz", gzip.compress(b"cn,example)/ 2019"))
    return package.getvalue()


WRITERS: list[Callable[[Pages], bytes]] = [
    *(cc_news, wget, heritrix, browsertrix, uncompressed, one_member, wacz),
]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_files_of_other_crawlers_are_read(newsroom, tmp_path: Path, writer):
    pages = {}
    for site in (HUADONG, ZHONGYUAN):
        for article in newsroom.world.articles(site):
            if len(article.pages) == 1 and article.copied is None:
                url = site.origin + article.path
                pages[url] = newsroom.exchange(url).payload
    file = tmp_path / "foreign.warc.gz"
    file.write_bytes(writer(pages))
    (newsroom.exports / "articles").mkdir(parents=True)
    newsroom.archive.mkdir()
    plan = newsroom.plan((name_in_references(file, newsroom.archive), file), unit_bytes=5000)
    finished = reextract(plan, jobs=0, done=lambda unit, result: None)
    tally = finished.tally
    assert tally.damaged == 0
    found = {record.final_url: record for record in newsroom.output(plan)}
    assert found.keys() == pages.keys()
    assert tally.gained == len(pages)
    for url, record in found.items():
        site = BY_NAME[record.site]
        assert url.startswith(site.origin)
        assert (record.region, record.change, record.version) == (site.region, "first", 1)
        assert record.fetched_at == "2019-05-06T07:08:09Z"
        assert record.warc[0].file == file.as_posix()
        title = next(a.title for a in newsroom.world.articles(site) if site.origin + a.path == url)
        assert record.title == title


def test_hosts_without_a_profile_are_sites_by_their_name(newsroom, tmp_path):
    (newsroom.exports / "articles").mkdir(parents=True)
    newsroom.archive.mkdir()
    article = next(newsroom.world.articles(HUADONG))
    body = newsroom.exchange(HUADONG.origin + article.path).payload
    file = tmp_path / "foreign.warc"
    file.write_bytes(uncompressed({"https://Www.Unknown-News.example:8443/a/1.html": body}))
    plan = newsroom.plan((file.as_posix(), file))
    reextract(plan, jobs=0, done=lambda unit, result: None)
    (record,) = newsroom.output(plan)
    assert (record.site, record.region, record.title) == (
        "www_unknown_news_example_8443",
        None,
        article.title,
    )


@pytest.mark.parametrize("end", [0.3, 0.7, 0.99])
def test_a_torn_file_gives_what_is_whole(newsroom, tmp_path, end):
    (newsroom.exports / "articles").mkdir(parents=True)
    newsroom.archive.mkdir()
    pages = {
        HUADONG.origin + a.path: newsroom.exchange(HUADONG.origin + a.path).payload
        for a in newsroom.world.articles(HUADONG)
        if len(a.pages) == 1
    }
    file = tmp_path / "torn.warc.gz"
    whole = cc_news(pages)
    file.write_bytes(whole[: int(len(whole) * end)])
    plan = newsroom.plan((file.as_posix(), file))
    tally = reextract(plan, jobs=0, done=lambda unit, result: None).tally
    assert tally.damaged == 1
    assert 0 < tally.gained < len(pages)


@pytest.mark.parametrize("start", [b"", b"\0" * 100, b"no WARC\n" * 9])
def test_a_damaged_beginning_does_not_hide_the_rest(newsroom, tmp_path, start):
    (newsroom.exports / "articles").mkdir(parents=True)
    newsroom.archive.mkdir()
    url = HUADONG.origin + next(a.path for a in newsroom.world.articles(HUADONG) if len(a.pages) == 1)
    file = tmp_path / "foreign.warc.gz"
    file.write_bytes(start + wget({url: newsroom.exchange(url).payload})[3:])  # without its first magic bytes
    assert holds_records(file)
    plan = newsroom.plan((file.as_posix(), file))
    tally = reextract(plan, jobs=0, done=lambda unit, result: None).tally
    assert (tally.damaged, tally.gained) == (1, 1)


@pytest.mark.parametrize("profiles", [True, False])
def test_what_is_stored_already_is_no_gain(newsroom, tmp_path, profiles):
    records = newsroom.crawl()
    site = BY_NAME[records[0].site]
    whole = [r for r in records if r.site == site.name and len(r.warc) == 1]
    known = {r.final_url: newsroom.exchange(r.final_url).payload for r in whole}
    twins = {url.replace(".htm", "_twin.htm"): body for url, body in known.items()}
    file = tmp_path / "foreign.warc.gz"
    file.write_bytes(cc_news(known | twins))
    plan = newsroom.plan((file.as_posix(), file))
    plan = plan if profiles else replace(plan, modules=())
    tally = reextract(plan, jobs=0, done=lambda unit, result: None).tally
    assert tally.gained == 0
    assert tally.passed_over["another capture of a known article"] == len(known)
    assert tally.passed_over["text of a stored article"] == len(twins)


def test_of_several_captures_the_latest_is_accepted(newsroom, tmp_path):
    (newsroom.exports / "articles").mkdir(parents=True)
    newsroom.archive.mkdir()
    url = HUADONG.origin + next(a.path for a in newsroom.world.articles(HUADONG) if len(a.pages) == 1)
    body = newsroom.exchange(url).payload
    title = next(a.title for a in newsroom.world.articles(HUADONG) if url.endswith(a.path)).encode()
    dates = {"2019-05-03": b"3", "2019-05-09": b"9", "2019-05-06": b"6"}
    records = [
        response(url, http(body.replace(title, title + day)), WARC_Date=f"{date}T07:08:09Z")
        for date, day in dates.items()
    ]
    file = tmp_path / "foreign.warc"
    file.write_bytes(b"".join(records))
    plan = newsroom.plan((file.as_posix(), file))
    assert reextract(plan, jobs=0, done=lambda unit, result: None).tally.gained == len(dates)
    counts = newsroom.accept(plan, RUN)
    assert (counts.given, counts.earlier) == (1, 2)
    (record,) = newsroom.records()
    assert (record.fetched_at, record.version, record.change) == ("2019-05-09T07:08:09Z", 1, "first")
    assert record.title.endswith("9")


@pytest.mark.parametrize("writer", [cc_news, wget, heritrix, uncompressed, wacz], ids=lambda w: w.__name__)
def test_accepting_takes_the_raw_pages_into_the_archive(newsroom, tmp_path, page_part, writer):
    (newsroom.exports / "articles").mkdir(parents=True)
    paths = [a.path for a in newsroom.world.articles(HUADONG) if len(a.pages) == 1][:3]
    pages = {HUADONG.origin + path: newsroom.exchange(HUADONG.origin + path).payload for path in paths}
    file = tmp_path / "foreign.warc.gz"
    file.write_bytes(writer(pages))
    plan = newsroom.plan((file.as_posix(), file))
    reextract(plan, jobs=0, done=lambda unit, result: None)
    assert newsroom.accept(plan, RUN).given == len(pages)
    file.unlink()
    records = newsroom.records()
    assert len(records) == len(pages)
    for record in records:
        response = load(newsroom.archive, record.warc[0])
        assert (response.url, response.date) == (record.final_url, "2019-05-06T07:08:09.000Z")
        assert response.body() == pages[response.url]
        site = Sites.from_modules([str(newsroom.sites)]).named(record.site)
        assert reread(record, newsroom.archive, site) == page_part(record)
    fresh = newsroom.plan(run="20261123T090000Z-reextract-0a1b2c")
    again = reextract(fresh, jobs=0, done=lambda unit, result: None).tally
    assert (again.same, again.gained, again.damaged) == (len(pages), 0, 0)


def test_without_archive_accepted_articles_have_no_raw_pages(newsroom, tmp_path):
    (newsroom.exports / "articles").mkdir(parents=True)
    newsroom.archive.mkdir()
    url = HUADONG.origin + next(a.path for a in newsroom.world.articles(HUADONG) if len(a.pages) == 1)
    file = tmp_path / "foreign.warc.gz"
    file.write_bytes(wget({url: newsroom.exchange(url).payload}))
    plan = newsroom.plan((file.as_posix(), file))
    reextract(plan, jobs=0, done=lambda unit, result: None)
    kept = file.rename(tmp_path / "elsewhere")
    assert newsroom.accept(plan, RUN).gone == 1
    kept.rename(file)
    assert newsroom.accept(plan, RUN.replace("T10", "T11"), archived=False).given == 1
    assert [record.warc for record in newsroom.records()] == [()]
