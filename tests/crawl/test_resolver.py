"""Only public addresses are connected to, however they are spelled."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from scrapy.resolver import dnscache
from twisted.internet import defer
from twisted.internet.base import ThreadedResolver
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from newsspider.crawl.download.resolver import PublicResolver, is_public, refused_names


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("220.181.38.148", True),
        ("2400:3200::1", True),
        ("127.0.0.1", False),
        ("127.8.9.10", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("172.31.255.255", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("255.255.255.255", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fc00::1", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("64:ff9b::7f00:1", False),  # NAT64 of 127.0.0.1
        ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),  # 6to4 of 127.0.0.1
        ("ff02::1", False),
        ("not an address", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


class Answers:
    """Stands for DNS: gives each name its answers, one after another, and counts the questions."""

    def __init__(self, *answers: str | None) -> None:
        self.left = list(answers)
        self.asked = 0

    def getHostByName(self, name: str, timeout: object = ()) -> "defer.Deferred[str]":
        self.asked += 1
        answer = self.left.pop(0)
        return defer.succeed(answer) if answer else defer.fail(DNSLookupError("no such name"))


@pytest.fixture
def resolver_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., PublicResolver]:
    def make(answers: Answers, *, cache: int = 0, **settings: object) -> PublicResolver:
        monkeypatch.setattr(
            ThreadedResolver, "getHostByName", lambda _, name, timeout=(): answers.getHostByName(name)
        )
        monkeypatch.setattr(dnscache, "limit", dnscache.limit)
        dnscache.clear()
        refused_names.clear()
        return PublicResolver(SimpleNamespace(), cache, 1.0, **settings)

    return make


def result(answer: "defer.Deferred[str]") -> str:
    """The address, or the name of the failure."""
    found: list[object] = []
    answer.addBoth(found.append)
    (value,) = found
    return type(value.value).__name__ if isinstance(value, Failure) else str(value)


@pytest.mark.parametrize("cache", [0, 100])
def test_a_name_that_is_bound_anew_is_refused_whenever_it_is_private(
    resolver_of: Callable[..., PublicResolver], cache: int
) -> None:
    answers = Answers("93.184.216.34", "127.0.0.1", "10.0.0.1", "93.184.216.35")
    resolver = resolver_of(answers, cache=cache)
    got = []
    for _ in range(4):
        dnscache.pop("rebound.example", None)
        got.append(result(resolver.getHostByName("rebound.example")))
    assert got == ["93.184.216.34", "DNSLookupError", "DNSLookupError", "93.184.216.35"]
    assert refused_names["rebound.example"] == "10.0.0.1"


def test_a_cached_private_address_is_refused_too(resolver_of: Callable[..., PublicResolver]) -> None:
    answers = Answers("10.0.0.1")
    resolver = resolver_of(answers, cache=100)
    assert [result(resolver.getHostByName("office.example")) for _ in range(3)] == ["DNSLookupError"] * 3


def test_the_static_map_is_no_way_around(resolver_of: Callable[..., PublicResolver]) -> None:
    names = {"demo.example": "127.0.0.1", "public.example": "93.184.216.34"}
    answers = Answers()
    resolver = resolver_of(answers, addresses=names)
    assert result(resolver.getHostByName("demo.example")) == "DNSLookupError"
    assert result(resolver.getHostByName("public.example")) == "93.184.216.34"
    resolver = resolver_of(answers, addresses=names, allow_private=True)
    assert result(resolver.getHostByName("demo.example")) == "127.0.0.1"
    assert answers.asked == 0


def test_a_dead_name_is_asked_for_once_a_minute(
    resolver_of: Callable[..., PublicResolver], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("newsspider.crawl.download.resolver.time", SimpleNamespace(monotonic=lambda: now[0]))
    answers = Answers(None, "93.184.216.34")
    resolver = resolver_of(answers)
    assert [result(resolver.getHostByName("dead.example")) for _ in range(5)] == ["DNSLookupError"] * 5
    assert answers.asked == 1
    now[0] += 61
    assert result(resolver.getHostByName("dead.example")) == "93.184.216.34"
