"""A record's raw pages read anew: what the store asks before it calls a change a correction."""

from dataclasses import replace

from newsspider.items import WarcRef
from newsspider.reextract.reading import dated, moment, reread
from newsspider.reextract.site import Site
from newsspider.reextract.sites import Sites


def test_the_raw_pages_of_a_record_give_its_article_again(newsroom, page_part):
    records = newsroom.crawl()
    assert max(len(record.warc) for record in records) > 1
    for record in records:
        assert reread(record, newsroom.archive, None) == page_part(record)


def test_the_hook_of_the_site_has_the_last_word(newsroom):
    record = newsroom.crawl()[0]
    profile = Sites.from_modules([str(newsroom.sites)]).named(record.site).profile
    site = Site(profile, lambda article, page: replace(article, title=f"{page.url}: {article.title}"))
    assert reread(record, newsroom.archive, site).title == f"{record.url}: {record.title}"


def test_pages_that_are_gone_or_damaged_give_none(newsroom):
    record = newsroom.crawl()[0]
    ref = record.warc[0]
    for bad in (
        (),
        (WarcRef(file="2026-11/gone.warc.gz", offset=0),),
        (WarcRef(file=ref.file, offset=ref.offset + 1),),
    ):
        assert reread(replace(record, warc=bad), newsroom.archive, None) is None


def test_a_time_after_the_fetch_is_flagged(newsroom, page_part):
    article = page_part(newsroom.crawl()[0])
    assert dated(article, moment("2026-11-20T09:00:00Z")) == article
    (flag,) = dated(replace(article, flags=()), moment("2016-01-01T09:00:00Z")).flags
    assert (flag.field, flag.reason) == ("published_at", "later than the fetch")
    assert moment("nonsense").year == 1970


def test_sites_are_found_by_the_host_of_a_url(newsroom):
    sites = Sites.from_modules([str(newsroom.sites)])
    assert sites.owning("http://news.huadong.example:8470/a.htm").profile.name == "demo_huadong"
    for other in ("http://news.huadong.example/a.htm", "http://example/", "nonsense", "http://[", ""):
        assert sites.owning(other) is None
