"""From a page to an article: pure, the same bytes give the same article."""

from typing import Final

#: The version of the rules; records name it, so that a better extractor makes no false corrections.
EXTRACTOR: Final = "1"
