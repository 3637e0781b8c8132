"""Tells who wants to know how a run ended: GitHub's annotations, e-mail, a webhook.

All of it is optional, and none of it changes the exit code: a mail that could not be sent is a line
on standard error.
"""

import json
import os
import smtplib
import ssl
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final, Literal, Self, TextIO, get_args
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from newsspider.crawl.one_line import one_line
from newsspider.crawl.reports.files import REPORT_HTML, RUNS
from newsspider.crawl.reports.report import RunReport
from newsspider.errors import ConfigurationError, ExitCode

On = Literal["failure", "alarm", "always"]
Tls = Literal["", "starttls", "ssl"]
_TIMEOUT: Final = 20
#: GitHub shows ten annotations of a kind for a step.
_ANNOTATIONS: Final = 10
_LINES: Final = 30
_MARKDOWN: Final = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()#+!|<>@~&"}
_PLACEHOLDER: Final = "{text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """Who is told, and when. Read once; what contradicts itself is refused before the crawl."""

    on: On = "failure"
    email: tuple[str, ...] = ()
    webhook: str | None = field(default=None, repr=False)
    webhook_body: Mapping[str, Any] | None = None
    mail_from: str = "newsspider@localhost"
    mail_host: str = "localhost"
    mail_port: int = 25
    mail_user: str | None = None
    mail_password: str | None = field(default=None, repr=False)
    mail_tls: Tls = ""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read NOTIFY_* and MAIL_*; ConfigurationError names the setting that makes no sense."""
        on: On = _one_of(settings, "NOTIFY_ON", get_args(On))
        tls: Tls = _one_of(settings, "NOTIFY_MAIL_TLS", get_args(Tls))
        try:
            port = settings.getint("NOTIFY_MAIL_PORT", 25)
        except ValueError:
            raise ConfigurationError(
                f"NOTIFY_MAIL_PORT={settings.get('NOTIFY_MAIL_PORT')!r} is no number"
            ) from None
        webhook = settings.get("NOTIFY_WEBHOOK") or None
        if webhook is not None and urlsplit(webhook).scheme not in {"http", "https"}:
            raise ConfigurationError("NOTIFY_WEBHOOK is not an http or https URL")
        return cls(
            on=on,
            email=tuple(settings.getlist("NOTIFY_EMAIL")),
            webhook=webhook,
            webhook_body=_body(settings),
            mail_from=settings.get("NOTIFY_MAIL_FROM") or "newsspider@localhost",
            mail_host=settings.get("NOTIFY_MAIL_HOST") or "localhost",
            mail_port=port,
            mail_user=settings.get("NOTIFY_MAIL_USER") or None,
            mail_password=settings.get("NOTIFY_MAIL_PASSWORD") or None,
            mail_tls=tls,
        )

    def wants(self, code: ExitCode, report: RunReport | None) -> bool:
        """Return whether this end of a run is worth a message."""
        if self.on == "always" or code is not ExitCode.FINE:
            return True
        return self.on == "alarm" and report is not None and bool(report.alarms)


def _one_of(settings: BaseSettings, name: str, words: tuple[str, ...]) -> Any:
    """Return the setting, which is one of `words`; the first of them when it is not set."""
    value = settings.get(name) or words[0]
    if value not in words:
        raise ConfigurationError(f"{name}={value!r} is none of {', '.join(filter(None, words))}")
    return value


def _body(settings: BaseSettings) -> Mapping[str, Any] | None:
    try:
        body = settings.getdict("NOTIFY_WEBHOOK_BODY")
    except ValueError:
        body = {"": ""}
    if body and _PLACEHOLDER not in json.dumps(dict(body)):
        raise ConfigurationError("NOTIFY_WEBHOOK_BODY is no JSON object with {text} in it")
    return dict(body) or None


def notify(  # noqa: PLR0913  # what a message is made of
    settings: NotifySettings,
    *,
    code: ExitCode,
    line: str,
    report: RunReport | None,
    exports: Path,
    errors: TextIO = sys.stderr,
) -> None:
    """Send what the settings ask for; a failure is a line on `errors`."""
    if not settings.wants(code, report):
        return
    text = message_text(line, report, exports)
    if settings.email:
        try:
            send_mail(settings, line, text)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            errors.write(f"newsspider: the mail was not sent: {one_line(error)}\n")
    if settings.webhook:
        try:
            post(settings, text)
        except (OSError, HTTPException, ValueError) as error:
            # The address is a secret with most services: it is not repeated here.
            errors.write(f"newsspider: the webhook was not called: {one_line(error)}\n")


def message_text(line: str, report: RunReport | None, exports: Path) -> str:
    """Return the verdict, the alarms with their examples, and where the report is."""
    lines = [line]
    if report is not None:
        for alarm in report.alarms[:_LINES]:
            lines.append(f"- {alarm.site}, {alarm.kind}: {one_line(alarm.reason)}")
            lines += [f"    {one_line(url)}" for url in alarm.examples]
        if len(report.alarms) > _LINES:
            lines.append(f"and {len(report.alarms) - _LINES} more")
        lines.append(str(exports.absolute() / RUNS / report.run / REPORT_HTML))
    return "\n".join(lines)


def send_mail(settings: NotifySettings, subject: str, text: str) -> None:
    """Send one plain mail by SMTP."""
    mail = EmailMessage()
    mail["From"] = settings.mail_from
    mail["To"] = ", ".join(settings.email)
    mail["Subject"] = one_line(subject, 150)
    mail.set_content(text)
    context = ssl.create_default_context()
    client: smtplib.SMTP
    if settings.mail_tls == "ssl":
        client = smtplib.SMTP_SSL(settings.mail_host, settings.mail_port, timeout=_TIMEOUT, context=context)
    else:
        client = smtplib.SMTP(settings.mail_host, settings.mail_port, timeout=_TIMEOUT)
    with client:
        if settings.mail_tls == "starttls":
            client.starttls(context=context)
        if settings.mail_user:
            client.login(settings.mail_user, settings.mail_password or "")
        client.send_message(mail)


def post(settings: NotifySettings, text: str) -> None:
    """POST the text as JSON, in the shape that NOTIFY_WEBHOOK_BODY gives."""
    body = _filled(settings.webhook_body or {"text": _PLACEHOLDER}, text)
    request = urllib.request.Request(  # noqa: S310  # the scheme was checked with the settings
        settings.webhook or "",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=_TIMEOUT):  # noqa: S310  # as above
        pass


def _filled(value: Any, text: str) -> Any:
    match value:
        case str():
            return value.replace(_PLACEHOLDER, text)
        case Mapping():
            return {name: _filled(inner, text) for name, inner in value.items()}
        case list():
            return [_filled(inner, text) for inner in value]
    return value


def annotate(
    report: RunReport, line: str, environ: Mapping[str, str] = os.environ, out: TextIO = sys.stdout
) -> None:
    """In a GitHub workflow: failed sites as errors, other alarms as warnings, and a summary."""
    if environ.get("GITHUB_ACTIONS") != "true":
        return
    failed = [alarm for alarm in report.alarms if alarm.kind == "failed"]
    others = [alarm for alarm in report.alarms if alarm.kind != "failed"]
    for command, alarms in (("error", failed), ("warning", others)):
        for alarm in alarms[:_ANNOTATIONS]:
            said = f"{one_line(alarm.reason)} {one_line(' '.join(alarm.examples[:1]))}".strip()
            out.write(f"::{command} title={_property(alarm.site)}::{_data(said)}\n")
    out.flush()
    if summary := environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(_markdown(report, line))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _markdown(report: RunReport, line: str) -> str:
    rows = [
        f"### {_cell(line)}\n",
        "| site | new | reprints | pages | state |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    for site in sorted(report.sites, key=lambda s: (s.failed is None, -s.new))[:_LINES]:
        state = site.failed or "fine"
        rows.append(
            f"| {_cell(site.site)} | {site.new} | {site.new_reprints} | {site.fetched} | {_cell(state)} |"
        )
    return "\n".join(rows) + "\n\n"


def _cell(text: str) -> str:
    """Make text harmless in a table of Markdown, which may hold HTML."""
    return one_line(text).translate(_MARKDOWN)
