"""SiteSpider: the one class that a person subclasses to add a site."""

from typing import Any, ClassVar

from scrapy import Spider

from newsspider.profile import SiteProfile


class SiteSpider(Spider):
    """A site. A subclass gives `profile` and, in the normal case, nothing else."""

    profile: ClassVar[SiteProfile]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Take the spider's name from the profile, so that it is written once."""
        super().__init_subclass__(**kwargs)
        if "profile" in cls.__dict__:
            cls.name = cls.profile.name
