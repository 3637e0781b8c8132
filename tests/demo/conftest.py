"""A world and its answers, and a plain client that knows where the invented hosts are."""

from collections.abc import Callable, Iterator
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from newsspider.demo.answering import Answer, Answers
from newsspider.demo.server import DemoServer
from newsspider.demo.world import World

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def world() -> World:
    return World(TODAY)


@pytest.fixture(scope="session")
def answers(world: World) -> Answers:
    return Answers(world)


@pytest.fixture(scope="session")
def get(answers: Answers) -> Callable[..., Answer]:
    """Ask for a URL without a server in between."""

    def ask(url: str, answers: Answers = answers, **headers: str) -> Answer:
        parts = urlsplit(url)
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        return answers.answer(parts.hostname or "", target, fields)

    return ask


@pytest.fixture
def server(world: World) -> Iterator[DemoServer]:
    """The world on a free port: the fixed one may be in use by a crawl beside the tests."""
    with DemoServer(world, port=0) as running:
        yield running


@pytest.fixture
def fetch(server: DemoServer) -> Iterator[Callable[..., tuple[HTTPResponse, bytes]]]:
    """Ask the server over one connection that stays open."""
    connection = HTTPConnection(server.address, server.port, timeout=5)

    def ask(url: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        parts = urlsplit(url)
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", parts.path, headers={"Host": parts.netloc, **fields})
        response = connection.getresponse()
        return response, response.read()

    yield ask
    connection.close()
