"""What the sites answer: every article complete, every link alive, every oddity odd."""

import json
import re
from datetime import date
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from lxml import etree, html

from newsspider.demo import addresses
from newsspider.demo.answering import Answers
from newsspider.demo.oddities import FOREIGN_HOST, Oddity
from newsspider.demo.sites import BEIGUO, HAIXI, HUADONG, LINGNAN, PORT, SITES, XINAN, ZHONGYUAN
from newsspider.demo.world import World

TODAY = date(2026, 11, 25)
VOID = {"meta", "link", "img", "br", "hr", "input"}


def text_of(answer, site):
    return answer.body.decode(site.encoding)


def pages_of(article):
    return [
        article.site.origin + addresses.further(article.path, page + 1) for page in range(len(article.pages))
    ]


def links_of(answer, site, base):
    root = html.fromstring(answer.body, parser=html.HTMLParser(encoding=site.encoding))
    return [urljoin(base, link) for link in root.xpath("//a/@href")]


class Balance(HTMLParser):
    """Checks that what is opened is closed, in order."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass  # <br />

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))


def assert_balanced(page):
    balance = Balance()
    balance.feed(page)
    assert (balance.open, balance.wrong) == ([], []), page


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_article_is_there_with_all_its_words(world, get, site):
    for article in world.articles(site):
        printed = ""
        for number, url in enumerate(pages_of(article)):
            answer = get(url)
            assert answer.status == 200, url
            page = text_of(answer, site)
            assert_balanced(page)
            root = html.fromstring(answer.body, parser=html.HTMLParser(encoding=site.encoding))
            words = " ".join(root.text_content().split())
            assert article.title in words
            for paragraph in article.pages[number]:
                assert " ".join(paragraph.split()) in words
            assert article.source in words
            printed += page
        for name in (*article.authors, *article.editors, *article.tags):
            assert name in printed
        for link in article.related:
            assert link.title in printed
            assert get(link.url).status == 200


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_declares_the_charset_it_is_said_to_declare(world, get, site):
    answer = get(world.url(site, 0))
    charset = re.search(rb"charset=\"?([\w-]+)", answer.body)[1].decode()
    assert charset == site.declared
    assert answer.headers["Content-Type"].partition("charset=")[2] == (site.header_charset or "")


def test_two_sites_lie_about_their_charset(get):
    with pytest.raises(UnicodeDecodeError):
        get(BEIGUO.origin + "/").body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        get(ZHONGYUAN.origin + "/").body.decode("utf-8")


@pytest.mark.parametrize("site", [ZHONGYUAN, HUADONG, XINAN, BEIGUO], ids=lambda site: site.name)
def test_lists_lead_to_every_article(world, get, site):
    found = set()
    for channel in site.channels:
        url, seen = f"{site.origin}/{channel.slug}/", set()
        while url and url not in seen and get(url).status == 200:
            seen.add(url)
            answer = get(url)
            assert_balanced(text_of(answer, site))
            root = html.fromstring(answer.body, parser=html.HTMLParser(encoding=site.encoding))
            links = set(links_of(answer, site, url))
            if found.issuperset(links):
                break
            found |= links
            after = root.xpath("//div[@class='pages']/a[text()='下一页']/@href")
            url = urljoin(url, after[0]) if after and len(seen) < 9 else None
    assert {article.url for article in world.articles(site)} <= found


def test_issues_lead_to_every_article_of_the_newspaper(world, get):
    found, waiting = set(), [LINGNAN.origin + "/"]
    while waiting:
        url = waiting.pop()
        found.add(url)
        links = set(links_of(get(url), LINGNAN, url))
        waiting += [link for link in links - found - set(waiting) if "node_" in link]
        found |= {link for link in links if "content_" in link}
    assert {article.url for article in world.articles(LINGNAN)} <= found


def test_json_leads_to_every_article_of_the_scripted_site(world, get):
    found, page, more = set(), 1, True
    while more:
        data = json.loads(get(f"{HAIXI.origin}/api/list.json?page={page}").body)["data"]
        found |= {urljoin(HAIXI.origin, entry["url"]) for entry in data["list"]}
        page, more = page + 1, data["hasMore"]
    state = re.search(r"__INITIAL_STATE__ = (.*?);</script>", get(HAIXI.origin + "/data/").body.decode())[1]
    found |= {urljoin(HAIXI.origin, entry["url"]) for entry in json.loads(state)["list"]}
    assert found == {article.url for article in world.articles(HAIXI)}
    assert links_of(get(HAIXI.origin + "/"), HAIXI, HAIXI.origin) == [
        HAIXI.origin + path for path in ("/", "/", "/kuaixun/", "/data/")
    ]


def test_sitemaps_lead_to_every_article(world, get):
    robots = get(XINAN.origin + "/robots.txt").body.decode()
    index = etree.fromstring(get(re.search(r"Sitemap: (\S+)", robots)[1]).body)
    found = []
    for url in index.xpath("//*[local-name()='loc']/text()"):
        found += etree.fromstring(get(url).body).xpath("//*[local-name()='loc']/text()")
    assert set(found) == {article.url for article in world.articles(XINAN)}
    assert len(found) > len(set(found))  # the news sitemap repeats the newest


def test_feed_has_the_newest_articles(world, get):
    feed = etree.fromstring(get(BEIGUO.origin + "/rss.xml").body)
    assert feed.xpath("//item/link/text()") == [article.url for article in world.articles(BEIGUO)][:20]
    dates = [parsedate_to_datetime(text) for text in feed.xpath("//item/pubDate/text()")]
    assert dates == [article.moment for article in world.articles(BEIGUO)][:20]


def test_odd_pages_are_odd(world, get):
    answers = {page.kind: get(page.url) for page in world.odd_pages()}
    assert answers[Oddity.DEAD].status == 404
    assert (answers[Oddity.SOFT_404].status, "不存在" in answers[Oddity.SOFT_404].body.decode()) == (
        200,
        True,
    )
    assert answers[Oddity.HANGS].hangs
    assert answers[Oddity.TO_HOME].headers["Location"] == "/"
    assert answers[Oddity.OFF_SITE].headers["Location"] == f"http://{FOREIGN_HOST}:{PORT}/huodong/"
    moved = answers[Oddity.MOVED]
    assert moved.status == 301
    assert get(ZHONGYUAN.origin + moved.headers["Location"]).status == 200
    assert b"Disallow: /neibu/" in get(HUADONG.origin + "/robots.txt").body


def test_odd_pages_are_linked_where_a_crawl_meets_them(world, get):
    lists = [f"{site.origin}/{site.channels[0].slug}/" for site in (ZHONGYUAN, HUADONG, XINAN, BEIGUO)]
    homes = [site.origin + "/" for site in SITES]
    by_host = {site.origin: site for site in SITES}
    linked = set()
    for url in lists + homes:
        site = by_host[url[: url.index("/", 8)]]
        linked |= set(links_of(get(url), site, url))
    missing = {page.url for page in world.odd_pages()} - linked
    assert missing == set()


def test_calendar_never_ends(get):
    url = LINGNAN.origin + "/rili/2026-11.htm"
    for _ in range(40):
        answer = get(url)
        assert answer.status == 200
        url = [link for link in links_of(answer, LINGNAN, url) if link.count("-") == 1 and "/rili/" in link][
            -1
        ]
    assert url.endswith("/rili/2030-03.htm")


def test_list_by_query_never_says_that_it_ends(get):
    assert "page=100000" in get(XINAN.origin + "/local/?page=99999").body.decode()
    assert get(HUADONG.origin + "/shehui/index_99999.htm").status == 404


def test_advertisements_and_tips_change_and_the_text_does_not(world, get):
    article = next(iter(world.articles(HUADONG)))
    first, second = (get(article.url).body.decode() for _ in range(2))
    assert first != second
    body = re.compile(r'id="artContent".*?<div class="ad_in">', re.DOTALL)
    assert body.search(first)[0] == body.search(second)[0]


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_answers_304_to_what_is_known(world, get, site):
    url = world.url(site, world.count(site) - 1)
    answer = get(url)
    tag, since = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
    assert ("etag" in site.validators, "last-modified" in site.validators) == (
        tag is not None,
        since is not None,
    )
    if tag:
        assert get(url, if_none_match=tag).status == 304
        assert get(url, if_none_match='"other"', if_modified_since=since or "").status == 200
    if since:
        assert get(url, if_modified_since=since).status == 304
        assert get(url, if_modified_since="yesterday").status == 200


def test_correction_changes_the_validators(world, get):
    (article,) = World(TODAY, phase=2).expected().corrected
    before = get(article.url)
    after = Answers(World(TODAY, phase=2))
    answer = get(article.url, after, if_none_match=before.headers["ETag"])
    assert answer.status == 200
    assert "主管部门复核" in answer.body.decode()
    assert get(article.url, after, if_modified_since=before.headers["Last-Modified"]).status == 200


@pytest.mark.parametrize(
    "url",
    [
        f"http://{FOREIGN_HOST}:{PORT}/",
        HUADONG.origin + "/nothing/",
        HUADONG.origin + "/2026-11/20/content_10001_9.htm",
        HUADONG.origin + "/2026-11/31/content_99999999.htm",
        ZHONGYUAN.origin + "/minsheng/20200101/10005.html",
        LINGNAN.origin + "/html/2026-02/31/node_1.htm",
        LINGNAN.origin + "/html/2026-11/24/node_9.htm",
        LINGNAN.origin + "/rili/2026-13.htm",
        XINAN.origin + "/sitemap-77.xml",
        XINAN.origin + "/sitemap-0.xml",
    ],
)
def test_what_does_not_exist_is_404(get, url):
    assert get(url).status == 404


@pytest.mark.parametrize(
    "query", ["page=x", "page=-3", "page=", "page=٣", "page=99999999999999999999", "a=b"]
)
def test_strange_queries_mean_the_first_page(get, query):
    assert "下一页" in get(f"{XINAN.origin}/local/?{query}").body.decode()


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_pages_find_their_style_sheets_and_images(world, get, site):
    urls = {world.url(site, world.count(site) - 1 - back) for back in range(6)} | {site.origin + "/"}
    for url in urls:
        root = html.fromstring(get(url).body, parser=html.HTMLParser(encoding=site.encoding))
        for address in root.xpath("//link[contains(@rel, 'stylesheet')]/@href | //img/@src | //script/@src"):
            assert get(urljoin(url, address)).status == 200, address
