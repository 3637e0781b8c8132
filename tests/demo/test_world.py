"""The world: what is in it, and that it is the same each time."""

import itertools
import json
import tracemalloc
from datetime import date, datetime, timedelta
from importlib.resources import files

import pytest

from newsspider.demo import cast
from newsspider.demo.article import DemoArticle
from newsspider.demo.sites import BY_NAME, SITES, ZHONGYUAN, profiles, script_profile
from newsspider.demo.world import World
from newsspider.demo.writer import write

TODAY = date(2026, 11, 25)


def shingles(article: DemoArticle, size: int = 5) -> set[str]:
    letters = "".join(filter(str.isalpha, article.body))
    return {letters[place : place + size] for place in range(len(letters) - size + 1)}


def containment(one: set[str], other: set[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def test_has_what_the_demo_promises(world):
    expected = world.expected()
    assert len(expected.articles) == 150
    assert len({article.url for article in expected.articles}) == 150
    assert len({article.site.host for article in expected.articles}) == 6
    assert len({article.channel.layout for article in expected.articles}) == 6
    assert len(expected.reprinted) == 6
    assert {article.copied for article in expected.articles} == {
        None, "verbatim", "headline", "shortened", "editors_note", "twin",
    }  # fmt: skip
    assert sorted(len(article.pages) for article in expected.articles)[-4:] == [2, 2, 2, 3]
    assert len({page.kind for page in expected.odd}) == len(expected.odd) == 8


def test_is_the_same_for_the_same_arguments(world):
    assert World(TODAY).expected() == world.expected()


def test_second_phase_corrects_one_article_and_nothing_else(world):
    before, after = world.expected().by_url, World(TODAY, phase=2).expected().by_url
    assert before.keys() == after.keys()
    changed = [after[url] for url in before if before[url] != after[url]]
    assert changed == list(World(TODAY, phase=2).expected().corrected)
    (article,) = changed
    assert article.version == 2
    assert article.body != before[article.url].body
    assert (article.title, article.published_at) == (
        before[article.url].title,
        before[article.url].published_at,
    )


def test_unrelated_articles_do_not_look_like_reprints(world):
    articles = world.expected().articles
    sets = [shingles(article) for article in articles]
    alike = [
        (one.url, other.url)
        for (one, first), (other, second) in itertools.combinations(zip(articles, sets, strict=True), 2)
        if one.story != other.story and containment(first, second) > 0.25
    ]
    assert alike == []


def test_copies_look_like_reprints_and_are_newer(world):
    by_url = world.expected().by_url
    copies = [article for article in by_url.values() if article.copied]
    assert len(copies) == len(cast.COPIES)
    for copy in copies:
        original = by_url[copy.copy_of]
        assert containment(shingles(copy), shingles(original)) > 0.9
        assert copy.moment > original.moment
        assert (copy.site is original.site) == (copy.copied == "twin")
        assert (copy.title != original.title) == (copy.copied == "headline")
        assert (copy.body == original.body) == (copy.copied in ("verbatim", "headline", "twin"))


@pytest.mark.parametrize("scale", [150, 10_000])
def test_dates_rise_with_the_numbers_and_end_before_the_demos_day(scale):
    world = World(TODAY, scale=scale)
    for site in SITES:
        moments = [world.moment(site, number) for number in range(world.count(site))]
        assert moments == sorted(moments)
        assert moments[-1].date() == TODAY - timedelta(days=1)
        if scale == 150:
            assert moments[0].date() >= TODAY - timedelta(days=26)


def test_numbers_of_a_day_are_all_of_that_day():
    world = World(TODAY, scale=2_000)
    site = BY_NAME["demo_lingnan"]
    days = {world.moment(site, number).date() for number in range(world.count(site))}
    found = [number for day in sorted(days) for number in world.numbers_on(site, day)]
    assert found == list(range(world.count(site)))
    assert not world.numbers_on(site, TODAY)


def test_large_world_adds_and_corrects_among_the_newest():
    first, second = World(TODAY, scale=10_000), World(TODAY, scale=10_000, phase=2)
    assert sum(map(first.count, SITES)) == 10_000
    assert sum(map(second.count, SITES)) == 10_050
    recent = second.expected(since=TODAY - timedelta(days=3))
    assert len(recent.corrected) == 5
    known = first.expected(since=TODAY - timedelta(days=3)).by_url
    assert sum(article.url not in known for article in recent.articles) == 50


def test_large_world_is_computed_when_asked_for():
    tracemalloc.start()
    world = World(TODAY, scale=10_000)
    for site in SITES:
        for number in range(0, world.count(site), 20):
            world.article(site, number)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 << 20


def test_generated_stories_differ():
    stories = [write(f"seed-{number}") for number in range(400)]
    assert len({story.paragraphs for story in stories}) == 400
    assert write("seed-7") == stories[7]
    assert all(4 <= len(story.paragraphs) <= 16 for story in stories)


def test_stories_written_by_hand_stand_where_no_copy_stands():
    written = json.loads(files("newsspider.demo").joinpath("stories.json").read_text(encoding="utf-8"))
    places = {cast.Role(site, int(newer)) for site, entries in written.items() for newer in entries}
    assert len(places) >= 38
    assert not places & cast.COPIES.keys()
    titles = [entry["title"] for entries in written.values() for entry in entries.values()]
    assert len(set(titles)) == len(titles)


def test_gb18030_site_needs_characters_that_gb2312_lacks(world):
    text = "".join(article.body + "".join(article.authors) for article in world.articles(ZHONGYUAN))
    assert {"镕", "堃", "喆", "䶮"} <= set(text)
    with pytest.raises(UnicodeEncodeError):
        text.encode("gb2312")
    assert text.encode("gb18030").decode("gb18030") == text


def test_times_are_printed_at_the_precision_of_the_layout(world):
    for article in world.expected().articles:
        if article.traits.precision == "day":
            assert date.fromisoformat(article.published_at) == article.moment.date()
        else:
            printed = datetime.fromisoformat(article.published_at)
            assert printed == article.moment.replace(second=printed.second)
            assert printed.second == 0 or article.traits.precision == "second"


def test_profiles_own_their_articles(world):
    by_name = {profile.name: profile for profile in profiles()}
    assert by_name.keys() == BY_NAME.keys()
    for article in world.expected().articles:
        profile = by_name[article.site.name]
        assert profile.owns(article.url)
        assert profile.article_pattern is None or profile.article_pattern.search(article.url)
    assert script_profile().javascript
