"""End-to-end tests run the real command (see tests/running.py)."""

from tests.running import scrapy, start

__all__ = ["scrapy", "start"]
