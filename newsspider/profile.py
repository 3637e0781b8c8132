"""The data that describes a site. A profile only overrides: what is not given is found generically."""

import re
from dataclasses import dataclass, field, fields
from typing import Final
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from newsspider.errors import ConfigurationError

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")  # dahe, hn_gansu
_REGION: Final = re.compile(r"CN(-[A-Z]{2})?")  # CN-HA (ISO 3166-2), CN
_HOST: Final = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?")
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_WAYS_IN: Final = ("start", "sitemaps", "feeds", "load_more")
_TEXTS: Final = ("name", "title", "region", "article_url", "listing_url")
_SELECTORS: Final = ("when", "title", "time", "source", "authors", "body", "related", "remove")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One page template of a site, chosen by what is on the page; every field is a CSS selector.

    `when` chooses the layout (None: always). The others override where the generic extractor
    looks for a field; `remove` names what is no part of the text.
    """

    when: str | None = None
    name: str | None = None
    title: str | None = None
    time: str | None = None
    source: str | None = None
    authors: str | None = None
    body: str | None = None
    related: str | None = None
    remove: str | None = None

    def __post_init__(self) -> None:
        """Refuse a selector that does not parse."""
        for field_name in _SELECTORS:
            selector = getattr(self, field_name)
            if selector is None:
                continue
            try:
                CSSSelector(selector)
            except (SelectorError, etree.XPathError) as error:
                raise ConfigurationError(
                    f"layouts: {field_name}={selector!r} is not a CSS selector: {error}"
                ) from None

    @property
    def label(self) -> str:
        """How records name this layout."""
        return self.name or self.when or "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProfile:
    """One news website.

    name: the spider's name, `[a-z0-9_]+`. title: the site's own name. region: ISO 3166-2.
    hosts: the hosts that are the site (`news.dahe.cn`, `127.0.0.1:8000`, `*.dahe.cn`).
    start: absolute URLs of home page or listings, newest first. article_url: a regular expression
    that is searched in an article's URL. sitemaps, feeds: further ways in. load_more: URL templates
    of JSON lists, with `{page}`. delay: seconds between two requests to one host (None: DOWNLOAD_DELAY).
    javascript: lists are built by script, a browser is needed (extra `javascript`).
    insecure_tls: certificates of this site are not verified; every report says so.
    """

    name: str
    title: str
    region: str | None
    hosts: tuple[str, ...]
    start: tuple[str, ...]
    article_url: str | None = None
    listing_url: str | None = None
    layouts: tuple[Layout, ...] = ()
    sitemaps: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    load_more: tuple[str, ...] = ()
    delay: float | None = None
    javascript: bool = False
    insecure_tls: bool = False
    article_pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)
    listing_pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse contradictions; the message names the field."""
        self._check_types()
        self._check_identity()
        self._check_ways_in()
        if self.delay is not None and self.delay < 0:
            raise ConfigurationError(f"delay={self.delay} is negative")
        object.__setattr__(self, "article_pattern", _compiled("article_url", self.article_url))
        object.__setattr__(self, "listing_pattern", _compiled("listing_url", self.listing_url))

    def _check_types(self) -> None:
        for spec in fields(self):
            is_tuple = spec.init and str(spec.type).startswith("tuple")
            if is_tuple and not isinstance(value := getattr(self, spec.name), tuple):
                raise ConfigurationError(f"{spec.name} must be a tuple, like ({value!r},)")
        for field_name in _TEXTS:
            if not isinstance(value := getattr(self, field_name), str | None):
                raise ConfigurationError(f"{field_name}={value!r} must be text")
        for field_name in ("hosts", *_WAYS_IN):
            for value in getattr(self, field_name):
                if not isinstance(value, str):
                    raise ConfigurationError(f"{field_name}: {value!r} must be text")
        for value in self.layouts:
            if not isinstance(value, Layout):
                raise ConfigurationError(f"layouts: {value!r} is no Layout")

    def _check_identity(self) -> None:
        if not isinstance(self.name, str) or not _NAME.fullmatch(self.name):
            raise ConfigurationError(f"name={self.name!r}: only a-z, 0-9 and _, at most 60 characters")
        if not self.title:
            raise ConfigurationError("title is empty")
        if self.region is not None and not _REGION.fullmatch(self.region):
            raise ConfigurationError(f"region={self.region!r} is not like CN-HA")
        if not self.hosts:
            raise ConfigurationError("hosts is empty")
        for host in self.hosts:
            if not _HOST.fullmatch(host):
                raise ConfigurationError(f"hosts: {host!r} is no host like news.dahe.cn or 127.0.0.1:8000")

    def _check_ways_in(self) -> None:
        if not any(getattr(self, field_name) for field_name in _WAYS_IN):
            raise ConfigurationError("start is empty: there is no way in")
        for field_name in _WAYS_IN:
            for url in getattr(self, field_name):
                if not self.owns(url):
                    raise ConfigurationError(f"{field_name}: {url!r} is not an http(s) URL of {self.hosts}")
        for url in self.load_more:
            if "{page}" not in url:
                raise ConfigurationError(f"load_more: {url!r} has no {{page}}")

    def owns(self, url: str) -> bool:
        """Return whether `url` is http(s) and its host and port are the site's.

        A host without a port stands for the default port of the URL's scheme.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            return False
        if parts.username is not None or parts.password is not None:
            return False
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
            host = f"{host}:{port}"
        return any(_matches(host, own, parts.scheme) for own in self.hosts)


def _matches(host: str, own: str, scheme: str) -> bool:
    own = own.removesuffix(f":{_DEFAULT_PORTS[scheme]}")
    if own.startswith("*."):
        return host == own[2:] or host.endswith(own[1:])
    return host == own


def _compiled(field_name: str, pattern: str | None) -> re.Pattern[str] | None:
    if pattern is None:
        return None
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ConfigurationError(f"{field_name}={pattern!r} is not a regular expression: {error}") from None
