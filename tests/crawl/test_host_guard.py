"""No request leaves its site, whatever the chain before it set."""

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request

from newsspider.crawl.download.host_guard import HostGuard, host_key
from newsspider.crawl.download.refusals import Refused
from newsspider.crawl.plan import Plan, request_for
from newsspider.profile import SiteProfile

PROFILE = SiteProfile(
    name="site",
    title="站",
    region=None,
    hosts=("news.example", "*.wide.example", "news.example:8080"),
    start=("http://news.example/",),
)
OTHER = SiteProfile(
    name="other", title="站", region=None, hosts=("other.example",), start=("http://other.example/",)
)


def guard() -> HostGuard:
    made = HostGuard(SimpleNamespace())
    sites = {"site": SimpleNamespace(profile=PROFILE), "other": SimpleNamespace(profile=OTHER)}
    made.crawler = SimpleNamespace(spider=SimpleNamespace(sites=sites, profile=PROFILE))
    return made


def asked(url: str, **meta: Any) -> Request:
    plan = Plan(site="site", url="http://news.example/1.html", via="page", expects="article")
    request = request_for(plan, profile=PROFILE).replace(url=url)
    request.meta.update(meta)
    return request


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/1.html",
        "https://news.example/1.html",
        "http://NEWS.example:80/1.html",
        "https://news.example:443/1.html",
        "http://news.example:8080/1.html",
        "http://a.b.wide.example/1.html",
        "http://wide.example/1.html",
    ],
)
def test_own_hosts_are_let_through(url: str) -> None:
    request = asked(url, download_slot="elsewhere.example")
    guard().process_request(request)
    assert request.meta["download_slot"] == host_key(request)


@pytest.mark.parametrize(
    "url",
    [
        "http://other.example/1.html",
        "http://news.example:8081/1.html",
        "https://news.example:80/1.html",
        "http://news.example:443/1.html",
        "http://news.example.evil.example/1.html",
        "http://evilnews.example/1.html",
        "http://evilwide.example/1.html",
        "http://news.example@evil.example/1.html",
        "http://user:secret@news.example/1.html",
        "http://news.example./1.html",
        "http://127.0.0.1/1.html",
        "http://[::1]/1.html",
        "http://xn--news-.example/1.html",
    ],
)
@pytest.mark.parametrize(
    "meta", [{}, {"dont_filter": True}, {"is_retry": True}, {"redirect_times": 1}, {"allow_offsite": True}]
)
def test_other_hosts_are_refused_whatever_the_request_says(url: str, meta: dict[str, Any]) -> None:
    request = asked(url, **meta)
    request.dont_filter = True
    with pytest.raises(Refused) as caught:
        guard().process_request(request)
    assert caught.value.reason == "other host"


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "data:text/html,x", "ftp://news.example/x", "s3://bucket/x", "FILE:///etc/passwd"],
)
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(Refused, match="scheme"):
        guard().process_request(asked(url))


def test_each_site_of_a_run_has_its_own_hosts() -> None:
    plan = Plan(site="other", url="http://other.example/1.html", via="page", expects="article")
    guard().process_request(request_for(plan, profile=OTHER))
    with pytest.raises(Refused):
        guard().process_request(request_for(plan, profile=OTHER).replace(url="http://news.example/1.html"))


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://News.example/", "news.example"),
        ("http://news.example:80/", "news.example"),
        ("https://news.example:443/", "news.example"),
        ("https://news.example:80/", "news.example:80"),
        ("http://news.example:/", "news.example"),
        ("http://user:secret@news.example:8080/", "news.example:8080"),
        ("http://[::1]:8080/", "[::1]:8080"),
    ],
)
def test_host_key(url: str, key: str) -> None:
    assert host_key(Request(url)) == key
