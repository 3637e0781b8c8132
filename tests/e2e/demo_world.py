"""The demo's sites as a person would have them: a server on their own port, a file for each."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsspider.demo.server import DemoServer
from newsspider.demo.world import World
from newsspider.errors import ConfigurationError
from newsspider.profile import SiteProfile

_FIELDS = (
    "name",
    "title",
    "region",
    "hosts",
    "start",
    "article_url",
    "sitemaps",
    "feeds",
    "load_more",
    "javascript",
)
_PATIENCE = 60.0


@contextmanager
def served(world: World) -> Iterator[DemoServer]:
    """Serve a world on the demo's own port, which is part of its URLs; another test may hold it for a while."""
    end = time.monotonic() + _PATIENCE
    while True:
        server = DemoServer(world)
        try:
            server.start()
        except ConfigurationError:
            if time.monotonic() > end:
                pytest.skip("the demo's port is in use on this machine")
            time.sleep(1)
        else:
            break
    try:
        yield server
    finally:
        server.stop()


def write_site(folder: Path, *profiles: SiteProfile) -> None:
    """Write sites' files into a folder, which is made when it is not there."""
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    for profile in profiles:
        fields = "".join(
            f"        {name}={getattr(profile, name)!r},\n" for name in _FIELDS if getattr(profile, name)
        )
        (folder / f"{profile.name}.py").write_text(
            "from newsspider.profile import SiteProfile\nfrom newsspider.site_spider import SiteSpider\n\n\n"
            f"class Spider(SiteSpider):\n    profile = SiteProfile(\n{fields}    )\n",
            encoding="utf-8",
        )
