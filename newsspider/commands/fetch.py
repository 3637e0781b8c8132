"""`scrapy fetch` as Scrapy has it, without touching the store."""

from typing import Any, ClassVar

from scrapy.commands import fetch


class Command(fetch.Command):
    """Scrapy's own command; what is looked at by hand is not stored."""

    default_settings: ClassVar[dict[str, Any]] = {**fetch.Command.default_settings, "STORE_ENABLED": False}
