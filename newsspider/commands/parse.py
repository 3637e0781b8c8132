"""`scrapy parse` as Scrapy has it, without touching the store."""

from typing import Any, ClassVar

from scrapy.commands import parse


class Command(parse.Command):
    """Scrapy's own command; what is looked at by hand is not stored."""

    default_settings: ClassVar[dict[str, Any]] = {**parse.Command.default_settings, "STORE_ENABLED": False}
