"""Finds the sites: one file a site, and a broken file never stops another site's crawl.

An entry of `SPIDER_MODULES` is a module (`newsspider.spiders`) or a folder (`./mysites`). Scrapy's
own loader gives up at the first module that raises; this one records what is wrong, names file and
field, and goes on. Whoever asks for the broken site itself gets the error.
"""

import builtins
import difflib
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings
from scrapy.utils.spider import iter_spider_classes

from newsspider.crawl.inquiry.site_files import SiteProblem, load_all, shown
from newsspider.errors import ConfigurationError
from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider

logger = logging.getLogger(__name__)


class NoSuchSiteError(ConfigurationError, KeyError):
    """A site that is asked for is unknown or its file is broken; raised by SiteSpiderLoader.load.

    Scrapy's commands expect a KeyError, ours a ConfigurationError.
    """

    def __str__(self) -> str:
        """Give the message as it is: KeyError would put it in quotes."""
        return str(self.args[0])


class SiteSpiderLoader:
    """A `SPIDER_LOADER_CLASS` that outlives broken files. `problems` is what it could not load."""

    def __init__(self, modules: Sequence[str]) -> None:
        """Load every site of `modules`."""
        self._spiders: dict[str, type[Spider]] = {}
        self._files: dict[str, str] = {}
        self._warned = False
        problems: list[SiteProblem] = []
        found: defaultdict[str, dict[type[Spider], str]] = defaultdict(dict)
        for loaded in load_all(modules):
            if isinstance(loaded, SiteProblem):
                problems.append(loaded)
                continue
            for spider in iter_spider_classes(loaded):
                found[spider.name][spider] = shown(Path(loaded.__file__ or ""))
        for name, places in found.items():
            if len(places) == 1:
                ((self._spiders[name], self._files[name]),) = places.items()
            else:
                problems.extend(_duplicates(name, sorted(places.values())))
        self.problems: tuple[SiteProblem, ...] = tuple(
            sorted(problems, key=lambda problem: (problem.file, problem.line or 0))
        )

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Load the sites of `SPIDER_MODULES`: a list, or a comma list given with -s."""
        entries = (str(entry).strip() for entry in settings.getlist("SPIDER_MODULES"))
        return cls(tuple(dict.fromkeys(entry for entry in entries if entry)))

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider of a site; NoSuchSiteError says why there is none."""
        broken = [str(problem) for problem in self.problems if spider_name in problem.names]
        if broken and spider_name not in self._spiders:
            raise NoSuchSiteError("\n".join(broken))
        if spider_name not in self._spiders:
            close = difflib.get_close_matches(spider_name, self._spiders, n=3)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise NoSuchSiteError(f"there is no site named {spider_name!r}{hint}")
        self._warn()
        return self._spiders[spider_name]

    def list(self) -> builtins.list[str]:
        """Return the names of all sites that can be crawled, sorted."""
        return sorted(self._spiders)

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """Return the names of the sites that a request belongs to."""
        return [name for name in self.list() if _handles(self._spiders[name], request)]

    def file_of(self, name: str) -> str:
        """Return the file of a site."""
        return self._files[name]

    def profiles(self) -> dict[str, SiteProfile]:
        """Return the profiles of all sites that can be crawled, by name."""
        return {
            name: spider.profile
            for name, spider in sorted(self._spiders.items())
            if issubclass(spider, SiteSpider)
        }

    def _warn(self) -> None:
        if self.problems and not self._warned:
            self._warned = True
            logger.warning("%d site files have problems; `scrapy list` shows them", len(self.problems))


def _handles(spider: type[Spider], request: Request) -> bool:
    if issubclass(spider, SiteSpider):
        return spider.profile.owns(request.url)
    return spider.handles_request(request)


def _duplicates(name: str, files: Sequence[str]) -> Iterable[SiteProblem]:
    for file in dict.fromkeys(files):
        others = [other for other in files if other != file] or [file]
        yield SiteProblem(
            file=file,
            line=None,
            names=(name,),
            message=f"name={name!r} is also the name of a site in {', '.join(dict.fromkeys(others))}",
        )
