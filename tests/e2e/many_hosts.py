"""Many sites on one server: each host name is a healthy site of its own."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from tests.faults.healthy import Healthy
from tests.faults.server import Exchange, FaultyServer


class ManyHosts:
    """Sends a request to the site of its host; `slow` hosts answer after so many seconds, `gone` ones with 404."""

    def __init__(
        self, site_of: Callable[[str], Healthy], *, slow: dict[str, float] | None = None, gone=()
    ) -> None:
        self._site_of = site_of
        self._sites: dict[str, Healthy] = {}
        self._slow = slow or {}
        self._gone = gone

    async def respond(self, exchange: Exchange) -> None:
        name = exchange.headers["host"].partition(".")[0]
        site = self._sites.get(name) or self._sites.setdefault(name, self._site_of(name))
        await asyncio.sleep(self._slow.get(name, 0))
        if name in self._gone:
            await site.missing(exchange)
        else:
            await site.respond(exchange)


class ManySites(FaultyServer):
    """Serves `names`, each as <name>.example; `write` makes their files."""

    def __init__(self, *names: str, articles: int = 6, **misbehaviour: object) -> None:
        super().__init__(ManyHosts(lambda name: Healthy(articles, seed=name), **misbehaviour))
        self.names = names

    @property
    def addresses(self) -> str:
        return json.dumps({f"{name}.example": "127.0.0.1" for name in self.names})

    def write(self, folder: Path, **regions: str) -> Path:
        for name in self.names:
            host = f"{name}.example:{self.port}"
            self.write_spider(folder, name=name, hosts=(host,), start=(f"http://{host}/",))
            if name in regions:
                path = folder / f"{name}.py"
                text = path.read_text("utf-8").replace("region=None", f"region={regions[name]!r}")
                path.write_text(text, encoding="utf-8")
        return folder

    def arrivals(self, name: str) -> list[float]:
        return [request.time for request in self.requests if request.host == f"{name}.example"]
