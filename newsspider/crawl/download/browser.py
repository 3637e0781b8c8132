"""Lists that are built by script: a browser reads them, where a site's profile asks for it.

Nothing of this is loaded unless a chosen site says `javascript=True`: then scrapy-playwright (extra
`javascript`) becomes the download handler, and the requests for that site's lists go through it.
"""

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from scrapy.exceptions import DownloadFailedError
from scrapy.settings import BaseSettings

from newsspider.errors import ConfigurationError
from newsspider.profile import SiteProfile

_HANDLER: Final = "newsspider.crawl.download.browser_handler.BrowserHandler"
#: What distributions call it, the free one first.
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_BUILDS: Final = ("chromium-headless-shell", "chromium")
_ARGUMENTS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # A page gets at most so many megabytes for its scripts.
    "--js-flags=--max-old-space-size=256",
    # The browser itself reaches nothing but the proxy of its page (browser_proxy.py).
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)


class BrowserFailedError(DownloadFailedError):
    """The browser could not be started, crashed, or gave no page."""


def install(settings: BaseSettings, profiles: Iterable[SiteProfile]) -> None:
    """Have lists fetched by a browser if any profile asks for it; ConfigurationError if that cannot be."""
    asking = [profile.name for profile in profiles if profile.javascript]
    if not asking:
        return
    if importlib.util.find_spec("scrapy_playwright") is None:
        raise ConfigurationError(
            f"{asking[0]}: javascript=True needs a browser: pip install 'newsspider[javascript]'"
        )
    given = settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS")
    handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": _HANDLER, "https": _HANDLER}
    chosen: dict[str, Any] = {
        "DOWNLOAD_HANDLERS": handlers,
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": _launch_options(given, asking[0]),
        # default CONCURRENT_REQUESTS, which is 0 here; a page has a context of its own
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.getfloat("DOWNLOAD_TIMEOUT") * 1000,
        "PLAYWRIGHT_DOWNLOAD_TIMEOUT": int(settings.getfloat("DOWNLOAD_TIMEOUT") * 1000),
    }
    settings.setdict(chosen, priority="spider")


def _launch_options(given: dict[str, Any], site: str) -> dict[str, Any]:
    """Return Playwright's options for the browser; what is `given` comes first."""
    options = {
        "headless": True,
        # Chromium's sandbox does not work for root.
        "chromium_sandbox": os.geteuid() != 0,
        # Signals are the crawl's: it closes the browser when it has stored what was under way.
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
        **given,
        "args": [*_ARGUMENTS, *given.get("args", ())],
    }
    if "executable_path" not in options and not _has_own_browser():
        found = next(filter(None, map(shutil.which, _BROWSERS)), None)
        if found is None:
            raise ConfigurationError(
                f"{site}: javascript=True needs a browser: install Chromium, "
                "or run `playwright install chromium`"
            )
        options["executable_path"] = found
    return options


def _has_own_browser() -> bool:
    """Return whether `playwright install` has fetched the build that the package wants."""
    spec = importlib.util.find_spec("playwright")
    if spec is None or spec.origin is None:
        return False
    wanted = Path(spec.origin).parent / "driver" / "package" / "browsers.json"
    try:
        builds = json.loads(wanted.read_text("utf-8"))["browsers"]
    except (OSError, ValueError, KeyError):
        return False
    folder = _browsers_folder()
    names = [f"{one['name']}-{one['revision']}" for one in builds if one.get("name") in _BUILDS]
    return any((folder / name.replace("-", "_", name.count("-") - 1)).is_dir() for name in names)


def _browsers_folder() -> Path:
    given = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if given:
        return Path(given)
    caches = Path("~/Library/Caches" if sys.platform == "darwin" else "~/.cache")
    return caches.expanduser() / "ms-playwright"
