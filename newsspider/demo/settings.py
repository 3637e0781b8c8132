"""Settings for any command on the demo's sites, while `python -m newsspider.demo.serve` serves them.

SCRAPY_SETTINGS_MODULE=newsspider.demo.settings scrapy crawl demo_xinan
"""

from newsspider.commands.demo import DEMO_SETTINGS
from newsspider.settings import *  # noqa: F403

SPIDER_MODULES = ["newsspider.demo.spiders"]
globals().update(DEMO_SETTINGS)
del DEMO_SETTINGS
