"""For all tests: no address but loopback is reached."""

import ipaddress
import socket
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to connect to anything that is not loopback."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            host = str(address[0])
            try:
                inside = ipaddress.ip_address(host).is_loopback
            except ValueError:
                inside = host == "localhost"
            if not inside:
                raise AssertionError(f"a test tried to connect to {address}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests on one worker, and all tests that need the demo's one port on the same."""
    for item in items:
        folder = item.path.relative_to(item.config.rootpath / "tests").parts[0]
        own_port = item.path.name in {"test_crawlsites.py", "test_checksites.py", "test_addsite.py"}
        demo = folder in {"e2e", "demo", "commands", "docs"} and not own_port
        group = "demo" if demo else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
