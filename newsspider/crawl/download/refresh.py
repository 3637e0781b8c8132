"""`<meta http-equiv="refresh">` as a redirect, looked for only where the page has one."""

from typing import Final

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import Response

#: Scrapy looks no further either.
_HEAD: Final = 4096


class MetaRefresh(MetaRefreshMiddleware):
    """Scrapy's middleware decodes every page to look for the tag; the bytes of its name tell as well."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Follow a refresh; give every other response on untouched."""
        if b"refresh" not in response.body[:_HEAD].lower():
            return response
        return super().process_response(request, response)
