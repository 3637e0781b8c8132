"""A re-extraction from WARC to report: same rules, same articles; other rules, told differences."""

import json
from pathlib import Path

import pytest

from newsspider.reextract.accept import sites_of
from newsspider.reextract.plan import Plan
from newsspider.reextract.run import Failed, reextract
from newsspider.reextract.tally import Tally


def run(plan: Plan, jobs: int = 0):
    told: list[object] = []
    finished = reextract(plan, jobs=jobs, done=lambda unit, result: told.append(result))
    assert not finished.failed
    return finished.tally


def differences(plan: Plan) -> list[dict]:
    return [
        json.loads(line)
        for path in sorted((plan.folder / "differences").glob("*.jsonl"))
        for line in path.read_bytes().splitlines()
    ]


def test_p13_the_same_rules_give_the_same_articles(newsroom, page_part):
    records = newsroom.crawl()
    assert any(len(record.warc) > 1 for record in records), "an article of several pages"
    plan = newsroom.plan()
    tally = run(plan)
    assert (tally.same, tally.changed, tally.gained, tally.lost) == (len(records), 0, 0, 0)
    assert tally.further_pages == sum(len(record.warc) - 1 for record in records)
    assert differences(plan) == []
    again = {record.id: record for record in newsroom.output(plan)}
    assert again.keys() == {record.id for record in records}
    for record in records:
        assert page_part(again[record.id]) == page_part(record)
        assert again[record.id] == record


def test_every_response_is_counted_once(newsroom):
    newsroom.crawl()
    tally = run(newsroom.plan())
    counted = tally.articles + tally.lost + tally.further_pages + sum(tally.passed_over.values())
    assert counted == tally.responses
    assert tally.passed_over.keys() == {"list", "not html", "revisit"}  # robots.txt, mostly the same


def test_what_reads_otherwise_is_told_by_field(newsroom):
    records = newsroom.crawl(source="误认来源", tags=("误",), editors=())
    plan = newsroom.plan()
    tally = run(plan)
    assert tally.changed == len(records)
    assert tally.fields["source"]["changed"] + tally.fields["source"].get("lost", 0) == len(records)
    assert tally.fields["body"] == {"same": len(records)}
    told = differences(plan)
    assert {d["field"] for d in told} >= {"source", "tags"}
    first = next(d for d in told if d["field"] == "source")
    assert first["old"] == "误认来源"
    assert first["new"] != "误认来源"
    record = next(r for r in records if r.id == first["id"])
    assert (first["file"], first["offset"], first["version"]) == (
        record.warc[0].file,
        record.warc[0].offset,
        1,
    )


def test_two_processes_do_what_one_does(newsroom):
    newsroom.crawl(source="误认来源")
    one, two = newsroom.plan(), newsroom.plan(run="20261122T090000Z-reextract-0a1b2c")
    assert len(one.units) > 3
    first, second = run(one), run(two, jobs=2)
    assert first == second
    strip = [{**d, "run": ""} for d in differences(one)]
    assert strip == [{**d, "run": ""} for d in differences(two)]


def test_what_is_done_is_not_done_again(newsroom):
    newsroom.crawl()
    plan = newsroom.plan()
    whole = run(plan)
    lost = plan.output("units", plan.units[1])
    lost.unlink()
    told: list[int] = []
    again = reextract(Plan.load(plan.folder), jobs=0, done=lambda unit, _: told.append(unit.number))
    assert told == [1]
    assert again.tally == whole


def test_a_unit_that_kills_its_process_fails_alone(newsroom, tmp_path):
    newsroom.crawl()
    site = newsroom.sites / "demo_huadong.py"
    text = site.read_text("utf-8").replace(
        "class Spider(SiteSpider):",
        "import os\nclass Spider(SiteSpider):\n    def refine(self, article, page):\n        os._exit(9)\n",
    )
    site.write_text(text, "utf-8")
    plan = newsroom.plan()
    finished = reextract(plan, jobs=2, done=lambda unit, result: None)
    assert {failed.reason for failed in finished.failed} == {"its process died"}
    assert 0 < len(finished.failed) < len(plan.units)
    assert finished.tally.same > 0


def test_an_error_in_a_site_file_is_told_with_its_unit(newsroom):
    newsroom.crawl()
    site = newsroom.sites / "demo_huadong.py"
    text = site.read_text("utf-8").replace(
        "class Spider(SiteSpider):",
        "class Spider(SiteSpider):\n    def refine(self, article, page):\n        raise KeyError('x')\n",
    )
    site.write_text(text, "utf-8")
    plan = newsroom.plan()
    finished = reextract(plan, jobs=1, done=lambda unit, result: None)
    assert {failed.reason for failed in finished.failed} == {"KeyError: 'x'"}
    assert finished.tally.same > 0
    assert not list(plan.folder.glob("*/*.open"))


def test_the_hook_of_a_site_is_used(newsroom):
    newsroom.crawl()
    site = newsroom.sites / "demo_huadong.py"
    text = site.read_text("utf-8").replace(
        "class Spider(SiteSpider):",
        "from dataclasses import replace\nclass Spider(SiteSpider):\n"
        "    def refine(self, article, page):\n        return replace(article, tags=('钩子',))\n",
    )
    site.write_text(text, "utf-8")
    tally = run(newsroom.plan())
    changed = [r for r in newsroom.records() if r.site == "demo_huadong"]
    assert tally.changed == len(changed) > 0


def test_one_site_and_a_day(newsroom):
    records = newsroom.crawl()
    tally = run(newsroom.plan(site="demo_huadong"))
    assert tally.same == sum(r.site == "demo_huadong" for r in records)
    assert tally.passed_over["another site"] > 0
    late = run(newsroom.plan(since="2026-11-21", run="20261122T090000Z-reextract-0a1b2c"))
    assert late.passed_over == {"too old": late.responses}


def test_damage_is_counted_and_told_not_fatal(newsroom):
    records = newsroom.crawl()
    path = newsroom.archive / records[3].warc[0].file
    data = bytearray(path.read_bytes())
    data[records[3].warc[0].offset + 200] ^= 0xFF
    path.write_bytes(data)
    plan = newsroom.plan()
    tally = run(plan)
    assert (tally.damaged, tally.same) == (1, len(records) - 1)
    (told,) = [line for p in (plan.folder / "damage").glob("*") for line in p.read_bytes().splitlines()]
    assert json.loads(told)["offset"] == records[3].warc[0].offset


def test_accepting_makes_versions_through_the_store(newsroom):
    records = newsroom.crawl(source="误认来源")
    plan = newsroom.plan()
    run(plan)
    assert set(sites_of(plan)) == {record.site for record in records}
    counts = newsroom.accept(plan, "20261122T100000Z-reextract-0a1b2c")
    assert (counts.given, counts.overtaken) == (len(records), 0)
    second = [record for record in newsroom.records() if record.version == 2]
    assert len(second) == len(records)
    assert {record.change for record in second} == {"re-extracted"}
    assert "误认来源" not in {record.source for record in second}
    counts = newsroom.accept(plan, "20261122T110000Z-reextract-0a1b2c")
    assert (counts.given, counts.overtaken) == (0, len(records))
    fresh = run(newsroom.plan(run="20261123T090000Z-reextract-0a1b2c"))
    assert fresh.changed == 0


def test_only_the_latest_version_gets_another(newsroom):
    records = newsroom.crawl(source="误认来源")
    newsroom.crawl(run="20261120T100000Z-many-0a1b2c", title="更正后的题目")
    plan = newsroom.plan()
    run(plan)
    made = [r for r in newsroom.output(plan) if r.run == plan.run]
    assert {r.version for r in made} == {3}
    assert len(made) == len(records)


def test_an_article_that_is_none_any_more_is_told_as_lost(newsroom):
    records = newsroom.crawl()
    record = records[0]
    # the record points to a list page now
    from newsspider.archive.records import WarcRecord, read

    path = newsroom.archive / record.warc[0].file
    listing = next(r for r in read(path) if isinstance(r, WarcRecord) and r.kind == "response")
    segment = next((newsroom.exports / "articles").glob("*/*.jsonl"))
    text = segment.read_text("utf-8").replace(
        f'"offset":{record.warc[0].offset}}}', f'"offset":{listing.offset}}}'
    )
    segment.write_text(text, "utf-8")
    plan = newsroom.plan()
    tally = run(plan)
    assert tally.lost == 1
    (told,) = [d for d in differences(plan) if d["effect"] == "lost"]
    assert (told["field"], told["old"]) == ("article", record.title)
    assert told["new"].startswith("list: ")


def test_results_are_tallies(newsroom, tmp_path: Path):
    newsroom.crawl()
    told: list[object] = []
    reextract(newsroom.plan(), jobs=0, done=lambda unit, result: told.append(result))
    assert all(isinstance(result, Tally | Failed) for result in told)
    assert not list(newsroom.exports.rglob("*.open"))
    with pytest.raises(Exception, match="no re-extraction"):
        Plan.load(tmp_path)
