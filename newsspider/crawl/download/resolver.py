"""Only public addresses are connected to, whatever pages, redirects or DNS say."""

import time
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Final, Self

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

#: Seconds for which a name that could not be resolved is not asked for again.
_NEGATIVE_SECONDS: Final = 60.0
_MOST_NAMES: Final = 10_000

#: Names whose address was refused: the HTTP client hides the resolver's reason (Scrapy asks through
#: an adapter that turns every failure into "no results"), so that it is kept here for the visit.
refused_names: dict[str, str] = {}


def is_public(address: str) -> bool:
    """Return whether an IP address literal is one that anybody's server may have."""
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        embedded = parsed.ipv4_mapped or parsed.sixtofour
        if embedded is not None:
            parsed = embedded
        elif parsed.is_site_local:
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, with a check of every answer, a static map and a memory for failures.

    `RESOLVER_ADDRESSES` maps host names to addresses (the demo's); `ALLOW_PRIVATE_ADDRESSES`
    lifts the check.
    """

    def __init__(
        self,
        reactor: ReactorBase,
        cache_size: int,
        timeout: float,
        *,
        addresses: dict[str, str] | None = None,
        allow_private: bool = False,
    ) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._addresses = addresses or {}
        self._allow_private = allow_private
        self._failed_until: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Read the settings once."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0,
            settings.getfloat("DNS_TIMEOUT"),
            addresses={str(k): str(v) for k, v in settings.getdict("RESOLVER_ADDRESSES").items()},
            allow_private=settings.getbool("ALLOW_PRIVATE_ADDRESSES"),
        )

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802 (Twisted's name)
        """Resolve `name`; the Deferred fails with DNSLookupError where the address is not public."""
        if name in self._addresses:
            return self._checked(self._addresses[name], name)
        if self._failed_until.get(name, 0.0) > time.monotonic():
            return defer.fail(DNSLookupError(f"{name} could not be resolved a moment ago"))
        answer = super().getHostByName(name, timeout)
        answer.addErrback(self._remember_failure, name)
        answer.addCallback(self._checked, name)
        return answer

    def _checked(self, address: str, name: str) -> "Deferred[str]":
        if self._allow_private or is_public(address):
            return defer.succeed(address)
        if len(refused_names) < _MOST_NAMES:
            refused_names[name] = address
        return defer.fail(DNSLookupError(f"{name} has the address {address}, which is not public"))

    def _remember_failure(self, failure: Failure, name: str) -> Any:
        if len(self._failed_until) >= _MOST_NAMES:
            self._failed_until.clear()
        self._failed_until[name] = time.monotonic() + _NEGATIVE_SECONDS
        return failure
