"""Every setting that differs from Scrapy's default, each with the reason."""

BOT_NAME = "newsspider"
SPIDER_MODULES = ["newsspider.spiders"]
COMMANDS_MODULE = "newsspider.commands"
