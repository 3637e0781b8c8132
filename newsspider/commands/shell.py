"""`scrapy shell` as Scrapy has it, without touching the store."""

from typing import Any, ClassVar

from scrapy.commands import shell


class Command(shell.Command):
    """Scrapy's own command; what is looked at by hand is not stored."""

    default_settings: ClassVar[dict[str, Any]] = {**shell.Command.default_settings, "STORE_ENABLED": False}
