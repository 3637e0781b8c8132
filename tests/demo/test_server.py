"""The server: real HTTP on loopback, a clear word when the port is taken."""

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import date

import pytest

from newsspider.demo.oddities import Oddity
from newsspider.demo.server import DemoServer
from newsspider.demo.sites import ADDRESSES, HUADONG, XINAN
from newsspider.demo.state import DemoState, following, remembered
from newsspider.demo.world import World
from newsspider.errors import ConfigurationError

TODAY = date(2026, 11, 25)


def test_keeps_connections_packs_pages_and_logs_arrivals(server, fetch, world):
    url = world.url(HUADONG, 3)
    response, body = fetch(url, Accept_Encoding="gzip, br")
    assert (response.status, response.getheader("Content-Encoding")) == (200, "gzip")
    assert world.title(HUADONG, 3) in gzip.decompress(body).decode()
    response, body = fetch(url, If_None_Match=response.getheader("ETag"))
    assert (response.status, body) == (304, b"")
    response, body = fetch(world.url(XINAN, 0))
    assert response.getheader("Content-Encoding") is None
    assert [request.host for request in server.requests] == [HUADONG.host, HUADONG.host, XINAN.host]
    first, second = server.arrivals(HUADONG.host)
    assert 0 < second - first < 5


def test_shows_another_state_of_the_world(server, fetch):
    after = World(TODAY, phase=2)
    (article,) = after.expected().corrected
    assert article.paragraphs[1] not in fetch(article.url)[1].decode()
    server.show(after)
    assert article.paragraphs[1] in fetch(article.url)[1].decode()


def test_hanging_page_sends_nothing(server, fetch, world):
    (url,) = world.expected().urls(Oddity.HANGS)
    with socket.create_connection((server.address, server.port), timeout=0.3) as connection:
        host, path = url.removeprefix("http://").split("/", 1)
        connection.sendall(f"GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        with pytest.raises(TimeoutError):
            connection.recv(1)


@pytest.mark.parametrize(
    "data", [b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n"]
)
def test_survives_what_is_no_http(server, fetch, world, data):
    with socket.create_connection((server.address, server.port), timeout=5) as connection:
        connection.sendall(data)
        connection.recv(1000)
    assert fetch(world.url(XINAN, 0))[0].status == 200


def test_taken_port_is_an_error_that_names_it(server, world):
    with pytest.raises(ConfigurationError, match=f"port {server.port} on 127.0.0.1 is taken"):
        DemoServer(world, port=server.port).start()


def test_can_be_stopped_before_it_started(world):
    DemoServer(world, port=0).stop()


def test_host_names_are_ones_that_nobody_owns():
    assert len(ADDRESSES) == 6
    assert all(host.endswith(".example") and address == "127.0.0.1" for host, address in ADDRESSES.items())


def test_serve_command_says_4_when_it_cannot_listen():
    with socket.socket() as taken:
        # Connections of an earlier test may still close on this port: they must not keep it from us.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8470))
            taken.listen()
        except OSError:
            pass  # something else listens there already: just what is needed
        ended = subprocess.run(
            [sys.executable, "-m", "newsspider.demo.serve"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 4
    assert "8470" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_serve_command_ends_on_a_signal():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", 8470))
        except OSError:
            pytest.skip("the demo's port is in use on this machine")
    with subprocess.Popen(
        [sys.executable, "-m", "newsspider.demo.serve", "--today", "2026-11-25", "--phase", "2"],
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        lines = [process.stdout.readline() for _ in range(7)]
        time.sleep(0.1)
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert "34 articles" in lines[0] or "34 articles" in lines[1]
    assert "Ctrl-C" in lines[-1]


def test_first_run_is_phase_1_and_later_ones_phase_2_of_the_same_day(tmp_path):
    assert remembered(tmp_path) is None
    assert following(tmp_path, TODAY) == DemoState(TODAY, 1)
    assert following(tmp_path, date(2026, 12, 1)) == DemoState(TODAY, 2)
    assert following(tmp_path, date(2027, 1, 1)) == DemoState(TODAY, 2)
    assert remembered(tmp_path) == DemoState(TODAY, 2)


def test_without_the_state_the_stored_articles_prove_the_first_run(tmp_path):
    stored = tmp_path / "articles" / "2026-11"
    stored.mkdir(parents=True)
    (stored / "20261101T083000Z-dahe-0a1b2c.jsonl").write_text('{"site":"dahe"}\n')
    assert remembered(tmp_path) is None
    (stored / "20261124T163000Z-many-0a1b2c.jsonl").write_text('{"site":"demo_haixi"}\n')
    assert following(tmp_path, date(2027, 1, 1)) == DemoState(TODAY, 2)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"today": "soon", "phase": 1}', '{"today": 5, "phase": 1}', "null"]
)
def test_damaged_state_is_an_error_that_names_the_file(tmp_path, text):
    following(tmp_path, TODAY)
    path = tmp_path / ".state" / "demo.json"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=r"demo\.json is damaged"):
        following(tmp_path, TODAY)


def test_state_file_is_plain_json(tmp_path):
    following(tmp_path, TODAY)
    assert json.loads((tmp_path / ".state" / "demo.json").read_text()) == {"today": "2026-11-25", "phase": 1}
