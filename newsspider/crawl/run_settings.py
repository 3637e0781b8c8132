"""The settings of a run, read once into a typed object that refuses contradictions."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from scrapy.settings import BaseSettings

from newsspider.crawl.summary import tolerated_sites
from newsspider.errors import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What a run needs to know of the settings (newsspider/settings.py says what each means)."""

    exports_dir: Path
    archive_dir: Path
    archive_enabled: bool
    archive_file_bytes: int
    archive_keep_days: int | None
    archive_max_bytes: int | None
    store_enabled: bool
    compress: bool
    batch_visits: int
    batch_seconds: float
    due_ahead: timedelta
    failed_sites_tolerated: str
    command: str

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read them; ConfigurationError names the setting that makes no sense."""
        exports = Path(settings.get("EXPORTS_DIR") or "exports").expanduser()
        archive = settings.get("ARCHIVE_DIR")
        return cls(
            exports_dir=exports,
            archive_dir=Path(archive).expanduser() if archive else exports / "archive",
            archive_enabled=settings.getbool("ARCHIVE_ENABLED"),
            archive_file_bytes=_positive(settings, "ARCHIVE_FILE_BYTES"),
            archive_keep_days=_maybe(settings, "ARCHIVE_KEEP_DAYS"),
            archive_max_bytes=_maybe(settings, "ARCHIVE_MAX_BYTES"),
            store_enabled=settings.getbool("STORE_ENABLED", default=True),
            compress=settings.getbool("STORE_COMPRESS"),
            batch_visits=_positive(settings, "STORE_BATCH_VISITS"),
            batch_seconds=settings.getfloat("STORE_BATCH_SECONDS"),
            due_ahead=timedelta(hours=settings.getfloat("DUE_AHEAD_HOURS")),
            failed_sites_tolerated=_tolerated(settings),
            command=str(settings.get("NEWSSPIDER_COMMAND", "")),
        )

    def told(self) -> dict[str, Any]:
        """What run.json says of the settings."""
        return {
            "EXPORTS_DIR": str(self.exports_dir),
            "ARCHIVE_DIR": str(self.archive_dir),
            "ARCHIVE_ENABLED": self.archive_enabled,
            "FAILED_SITES_TOLERATED": self.failed_sites_tolerated,
        }


def _tolerated(settings: BaseSettings) -> str:
    value = str(settings.get("FAILED_SITES_TOLERATED", "0"))
    tolerated_sites(value, 1)
    return value


def _maybe(settings: BaseSettings, name: str) -> int | None:
    return None if settings.get(name) in {None, ""} else _positive(settings, name)


def _positive(settings: BaseSettings, name: str) -> int:
    try:
        value = settings.getint(name)
    except (TypeError, ValueError):
        value = 0
    if value < 1:
        raise ConfigurationError(f"{name}={settings.get(name)!r} must be a whole number above 0")
    return value
