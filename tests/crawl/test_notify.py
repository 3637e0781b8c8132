"""Notices: sent to real servers on loopback, and never in the way of the exit code."""

import io
import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_string, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from newsspider.crawl.reports.builder import build_report
from newsspider.crawl.reports.notify import NotifySettings, annotate, notify
from newsspider.crawl.reports.report import RunReport
from newsspider.errors import ConfigurationError, ExitCode

RUN = "20261125T083000Z-many-0a1b2c"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
LINE = "newsspider: exit 9, a site failed"


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP as one mail needs."""

    mails: list[str]

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            command = line.split()[0].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.mails.append(b"".join(lines).decode())
            if command == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


class Hook(BaseHTTPRequestHandler):
    bodies: list[Any]
    status = 200

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.bodies.append(json.loads(self.rfile.read(length)))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]  # type: ignore[index]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def report(make_run: Callable[[str], Any]) -> RunReport:
    run = make_run(RUN)
    run.visit("failed", site="gansu", via="start", reason="50 % dns", url="https://g.example/a,b:c\n")
    run.visit("listing", via="start")
    for _ in range(3):
        run.visit("blocked", reason="<b>|blocked")
    exports = run.write(exit_code=9).parent.parent
    return build_report(exports, RUN, now=NOW)


def test_a_mail_arrives(report: RunReport, tmp_path: Path) -> None:
    handler = type("Box", (Mailbox,), {"mails": []})
    errors = io.StringIO()
    with served(socketserver.TCPServer(("127.0.0.1", 0), handler)) as port:
        settings = NotifySettings.from_settings(
            Settings(
                {
                    "NOTIFY_EMAIL": "a@example.org,b@example.org",
                    "NOTIFY_MAIL_HOST": "127.0.0.1",
                    "NOTIFY_MAIL_PORT": str(port),
                }
            )
        )
        notify(
            settings,
            code=ExitCode.SITE_FAILED,
            line=LINE + "\r\nBcc: x",
            report=report,
            exports=tmp_path,
            errors=errors,
        )
    assert errors.getvalue() == ""
    (text,) = handler.mails
    mail = message_from_string(text, policy=policy.default)
    assert mail["To"] == "a@example.org, b@example.org"
    assert mail["Subject"] == LINE + r"\r\nBcc: x"
    assert mail["Bcc"] is None
    body = mail.get_content()
    assert "- gansu, failed: no way in could be read (0 of 1): 50 % dns" in body
    assert "report.html" in body


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, {"text": "TEXT"}),
        (
            '{"msgtype": "text", "text": {"content": "新闻: {text}"}, "at": [1, "{text}"]}',
            {"msgtype": "text", "text": {"content": "新闻: TEXT"}, "at": [1, "TEXT"]},
        ),
    ],
)
def test_a_webhook_is_called(body: str | None, expected: Any, tmp_path: Path) -> None:
    handler = type("Box", (Hook,), {"bodies": []})
    with served(HTTPServer(("127.0.0.1", 0), handler)) as port:
        said = {"NOTIFY_WEBHOOK": f"http://127.0.0.1:{port}/hook", "NOTIFY_WEBHOOK_BODY": body}
        settings = NotifySettings.from_settings(Settings(said))
        notify(settings, code=ExitCode.DISK, line="TEXT", report=None, exports=tmp_path)
    assert handler.bodies == [expected]


def test_what_cannot_be_sent_is_a_line_without_secrets(tmp_path: Path) -> None:
    handler = type("Box", (Hook,), {"bodies": [], "status": 500})
    errors = io.StringIO()
    with served(HTTPServer(("127.0.0.1", 0), handler)) as port:
        settings = NotifySettings.from_settings(
            Settings(
                {
                    "NOTIFY_WEBHOOK": f"http://127.0.0.1:{port}/secret-token",
                    "NOTIFY_EMAIL": ["a@example.org"],
                    "NOTIFY_MAIL_HOST": "127.0.0.1",
                    "NOTIFY_MAIL_PORT": 1,
                    "NOTIFY_MAIL_PASSWORD": "hunter2",
                }
            )
        )
        notify(settings, code=ExitCode.DISK, line="x", report=None, exports=tmp_path, errors=errors)
    mail, hook = errors.getvalue().splitlines()
    assert mail.startswith("newsspider: the mail was not sent: ")
    assert hook.startswith("newsspider: the webhook was not called: ")
    assert "secret-token" not in errors.getvalue()
    assert "hunter2" not in repr(settings)
    assert "secret-token" not in repr(settings)


@pytest.mark.parametrize(
    ("on", "code", "with_alarms", "expected"),
    [
        ("failure", ExitCode.FINE, True, False),
        ("failure", ExitCode.TIME, False, True),
        ("alarm", ExitCode.FINE, True, True),
        ("alarm", ExitCode.FINE, False, False),
        ("always", ExitCode.FINE, False, True),
        (None, ExitCode.FINE, True, False),
    ],
)
def test_when_somebody_is_told(
    on: str | None, code: ExitCode, with_alarms: bool, expected: bool, report: RunReport
) -> None:
    settings = NotifySettings.from_settings(Settings({"NOTIFY_ON": on}))
    assert settings.wants(code, report if with_alarms else None) is expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NOTIFY_ON", "sometimes"),
        ("NOTIFY_MAIL_TLS", "yes"),
        ("NOTIFY_MAIL_PORT", "smtp"),
        ("NOTIFY_WEBHOOK", "file:///etc/passwd"),
        ("NOTIFY_WEBHOOK_BODY", '{"text": "no place for it"}'),
        ("NOTIFY_WEBHOOK_BODY", "no json"),
    ],
)
def test_contradictions_are_refused(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        NotifySettings.from_settings(Settings({name: value}))


def test_github_gets_annotations_and_a_summary(report: RunReport, tmp_path: Path) -> None:
    out = io.StringIO()
    summary = tmp_path / "summary.md"
    environ = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    annotate(report, LINE, environ, out)
    error, warning = out.getvalue().splitlines()
    assert error.startswith("::error title=gansu::no way in could be read (0 of 1): 50 %25 dns ")
    assert error.endswith(r"https://g.example/a,b:c\n")
    assert warning.startswith("::warning title=dahe::75 %25 of the pages were blocked")
    written = summary.read_text("utf-8")
    assert "| gansu | 0 | 0 | 1 | no way in could be read &#40;0 of 1&#41;: 50 % dns |" in written
    assert "<" not in written


def test_elsewhere_nothing_is_annotated(report: RunReport) -> None:
    out = io.StringIO()
    annotate(report, LINE, {}, out)
    assert out.getvalue() == ""
