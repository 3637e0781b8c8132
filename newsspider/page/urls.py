"""URLs: absolute ones from links, the canonical one of a page, and the identity made from it.

`canonical_url` changes only what names the same resource on any server that follows the standards
(case of the host, default ports, percent-encoding, order of the query) and what is known to name a
visitor instead of a page (session ids, tracking). It stays fetchable, and records print it.
`article_id` goes one step further and hashes the *identity*: without scheme, `www.`, the name of an
index page and, where the path names an article beyond doubt, the prefix of a mobile twin.

An identity cannot be changed once records bear it, so every rule here is a conservative one: two
addresses of one article that stay apart are found by their text later, two articles that were
merged are lost.
"""

import hashlib
import re
from functools import cache, lru_cache
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from publicsuffixlist import PublicSuffixList
from w3lib.url import canonicalize_url

_WEB: Final = frozenset({"http", "https"})
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}

# Characters that browsers drop from a link: tab, line feed, carriage return; other controls and
# zero-width ones have no business in it either.
_DROPPED: Final = re.compile("[\x00-\x1f\x7f\u200b-\u200d\u2060\ufeff]+")
# javascript:, mailto:, data:, tel:
_SCHEME: Final = re.compile(r"\A[a-zA-Z][a-zA-Z0-9+.-]*:")
# http:/host, http:host, http:///host: browsers read all of them as http://host
_SLASHES: Final = re.compile(r"(https?):[/\\]*", re.IGNORECASE)
# ./x, ../x, /a/../b
_DOTS: Final = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")

# http://news.example.com/: what needs no closer look
_PLAIN_WEB: Final = re.compile(r"https?://[a-zA-Z0-9.-]+(?:[/?#]|\Z)")
_AUTHORITY_END: Final = re.compile(r"[/?#]")

# ;jsessionid=0A1B2C
_PATH_SESSION: Final = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;?]*", re.IGNORECASE)
# /(S(lit3py55t21z5v55vlm25s55))/: sessions of ASP.NET without cookies
_ASPNET_SESSION: Final = re.compile(r"/\((?:[A-Z]\([A-Za-z0-9_-]{8,}\))+\)(?=/)")
# PHPSESSID, ASPSESSIONIDQQABCDEF, JSESSIONID
_SESSION_NAME: Final = re.compile(
    r"(?:jsessionid|phpsessid|aspsessionid[a-z]*|session_?id|cfid|cftoken|oscsid|zenid)", re.IGNORECASE
)
# sid=9f86d081884c7d659a2feaa0c55ad015: long and random, while sid=1234 is an article's number
_RANDOM: Final = re.compile(r"\A(?=[^a-z]*[a-z])(?=[^0-9]*[0-9])[a-z0-9]{20,}", re.IGNORECASE)
# utm_source, hmsr (Baidu), spm and scm (Alibaba), what share buttons of WeChat, QQ, Weibo and Toutiao add
_TRACKING: Final = re.compile(
    r"utm_[a-z_]+|spm|scm|hm(?:sr|pl|cu|kw|ci)|bd_?(?:channel|vid)|isappinstalled|ivk_sa|tdsourcetag|wxfrom|wx_header"
    r"|nsukey|pass_ticket|exportkey|share_?(?:token|from|iid|id|time|type|source|user_?id)|sharer_share(?:id|time)"
    r"|clicktime|enterid|ascene|chksm|weixin_share_id|[fgy]clid|gbraid|wbraid|msclkid|mc_[ce]id|_g[al]|igshid|mkt_tok"
    r"|tt_from|use_new_style|unifrom",
    re.IGNORECASE,
)
# Where the reader came from; also names of real parameters, so they go only from a path that names the
# article itself
_ORIGIN: Final = re.compile(
    r"from|source|src|s|f|r|ref|referr?er|channel_?from|appid|scene|mod|cre|loc|rfunc|tj|tr|doct|editor",
    re.IGNORECASE,
)
# Parameters that keep caches away
_CLOCK_NAME: Final = re.compile(
    r"_|_?t|ts|_?time(?:stamp)?|r|_?ra?nd(?:om)?|no_?cache|v|ver|version", re.IGNORECASE
)
# 1571234567, 1571234567890 (the time), 0.7312843 (Math.random())
_CLOCK_VALUE: Final = re.compile(r"1[0-9]{9}(?:[0-9]{3})?|0\.[0-9]{4,}")
# from=20 is an offset, s=3 may be a section
_COUNTS: Final = frozenset({"from", "s", "f"})
_NUMBER: Final = re.compile(r"[0-9]+")

# /index.html, /default.aspx at the end of a path; index_1.html is a second page
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:s?html?|jhtml|php|aspx?|jsp)\Z", re.IGNORECASE)
# m.example.com, wap.example.com, 3g.example.com
_MOBILE_HOST: Final = re.compile(r"(?:m|wap|3g|mobile)\.(?=.)")
# What no two articles of one publisher share by chance: seven digits in a row that are no day, or a hash
_STRONG_NUMBER: Final = re.compile(
    r"(?<![0-9])(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9](?![0-9]))[0-9]{7,}"
    r"|(?<![0-9a-z])(?=[a-f]{0,40}[0-9])[0-9a-f]{16,}(?![0-9a-z])",
    re.IGNORECASE,
)
# content_516957.shtml: the number of an article, and a page that is no script
_ARTICLE_NUMBER: Final = re.compile(r"[0-9]{5,}")
_STATIC: Final = re.compile(r"\.(?:s?html?|jhtml)\Z", re.IGNORECASE)

_MAX_URL: Final = 8192


def absolute(base: str | None, href: str) -> str | None:
    """Return the http(s) URL that `href` means on a page at `base`, or None when it means none.

    Anchors within a page are dropped, `#!/…` and `#/…` (pages of a script) are kept. Where `base`
    is unknown, a relative link stays as written.
    """
    href = _cleaned(href)
    if not href or href.startswith("#") or len(href) > _MAX_URL:
        return None
    if match := _SLASHES.match(href):
        url = f"{match.group(1).lower()}://{href[match.end() :]}"
    elif _SCHEME.match(href):
        return None
    else:
        url = _joined(base, href)
    if "#" in url:
        url = _without_anchor(url)
    if " " in url:
        url = url.replace(" ", "%20")
    if base is None and not url.startswith(("http://", "https://")):
        return url or None
    return url if _is_web(url) else None


def canonical_url(url: str) -> str:
    """Return the one spelling under which records print `url`; what is no web address stays as it is.

    >>> canonical_url("HTTP://News.Example.com:80/a/../b/t1_2.html?utm_source=x&id=7&a=1#top")
    'http://news.example.com/b/t1_2.html?a=1&id=7'
    """
    return _canonical(_cleaned(url))


def article_id(url: str) -> str:
    """Return the identity of the page at `url`: 32 hexadecimal digits.

    >>> article_id("http://www.example.com/news/") == article_id("https://example.com/news/index.html")
    True
    """
    return hashlib.sha256(identity(url).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def identity(url: str) -> str:
    """Return what `article_id` hashes: the canonical URL without scheme, index page and twins' prefix."""
    canonical = canonical_url(url)
    try:
        parts = urlsplit(canonical)
    except ValueError:
        return canonical
    if parts.scheme not in _WEB:
        return canonical
    path = parts.path
    if not parts.query and (match := _INDEX.search(path)):
        path = path[: match.start() + 1]
    host = _desktop(parts.netloc, strong=bool(_STRONG_NUMBER.search(f"{path}?{parts.query}")))
    return urlunsplit(("", host, path, parts.query, parts.fragment))


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """Return the domain that somebody registered: `example.com.cn` of `news.example.com.cn`.

    An IP address stays whole.
    """
    host = host.lower().rstrip(".")
    if not host or host.startswith("[") or host.rpartition(".")[2].isdigit():
        return host
    return _suffixes().privatesuffix(host) or host


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _cleaned(url: str) -> str:
    url = url.strip()
    # Space and quotation marks are printable, and so is nearly every link.
    return url if url.isascii() and url.isprintable() else _DROPPED.sub("", url).strip()


def _joined(base: str | None, href: str) -> str:
    href = href.replace("\\", "/") if "\\" in href.partition("?")[0] else href
    if base is None:
        return f"http:{href}" if href.startswith("//") else href
    if href.startswith("/") and not href.startswith("//") and not _DOTS.search(href):
        scheme, separator, rest = base.partition("://")  # the common case, without urljoin's cost
        if separator and scheme in _WEB:
            return f"{scheme}://{_AUTHORITY_END.split(rest, maxsplit=1)[0]}{href}"
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _without_anchor(url: str) -> str:
    head, hash_sign, fragment = url.partition("#")
    return f"{head}#{fragment}" if hash_sign and _is_route(fragment) else head


def _is_route(fragment: str) -> bool:
    """`!/a/1` and `/detail?id=1` name a page that a script shows; anything else a place within the page."""
    return len(fragment) > 1 and fragment[0] in "!/" and fragment.strip("!/") != ""


def _is_web(url: str) -> bool:
    if _PLAIN_WEB.match(url):
        return True
    try:
        parts = urlsplit(url)
        return parts.scheme in _WEB and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _canonical(url: str) -> str:
    try:
        normal = canonicalize_url(url, keep_blank_values=True, keep_fragments=True)
        parts = urlsplit(normal)
        if parts.scheme not in _WEB or not parts.hostname:
            return url
        path = _ASPNET_SESSION.sub("", _PATH_SESSION.sub("", parts.path)) or "/"
        query = _query(parts.query, path)
        fragment = parts.fragment if _is_route(parts.fragment) else ""
        kept = urlunsplit((parts.scheme, _authority(parts), path, query, fragment))
        # Once more, so that what was cut out leaves the spelling of an address that never had it.
        return kept if kept == normal else canonicalize_url(kept, keep_blank_values=True, keep_fragments=True)
    except (ValueError, UnicodeError):
        return url


def _authority(parts: SplitResult) -> str:
    """Host and port without credentials, the default port and the root's dot."""
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    return host if port is None or str(port) == _DEFAULT_PORTS[parts.scheme] else f"{host}:{port}"


def _query(query: str, path: str) -> str:
    if not query:
        return ""
    name = path.rstrip("/").rpartition("/")[2]
    static = "." not in name or _STATIC.search(name) is not None
    names_article = static and _ARTICLE_NUMBER.search(name) is not None
    pairs = [pair for pair in query.split("&") if not _is_noise(pair)]
    others = [pair for pair in pairs if not _is_passing(pair)]
    # What looks like a clock or a session may be the number of a thread (`?t=1571234567`) or of a story
    # (`?sid=5dc4c152e4b0621d5c14cfb2`) where nothing else names the page.
    if names_article or any(_NUMBER.search(pair) for pair in others):
        pairs = others
    if names_article:
        pairs = [pair for pair in pairs if not _is_origin(pair)]
    return "&".join(pairs)


def _is_noise(pair: str) -> bool:
    name = pair.partition("=")[0]
    return _TRACKING.fullmatch(name) is not None or _SESSION_NAME.fullmatch(name) is not None


def _is_passing(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if name.lower() in {"sid", "s"}:
        return _RANDOM.fullmatch(value) is not None
    return _CLOCK_NAME.fullmatch(name) is not None and _CLOCK_VALUE.fullmatch(value) is not None


def _is_origin(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if name.lower() in _COUNTS and _NUMBER.fullmatch(value):
        return False
    return _ORIGIN.fullmatch(name) is not None


def _desktop(authority: str, *, strong: bool) -> str:
    """`www.` never names another page; `m.` is trusted only beside a number that no two articles share."""
    prefix = "www." if authority.startswith("www.") else ""
    if not prefix and strong and (match := _MOBILE_HOST.match(authority)):
        prefix = match.group()
    rest = authority.removeprefix(prefix)
    host = rest.partition(":")[0]
    return rest if prefix and _is_domain(host) else authority


def _is_domain(host: str) -> bool:
    """Whether somebody can register `host` or a parent of it: `gov.cn` and `com` are none."""
    return _suffixes().privatesuffix(host) is not None
