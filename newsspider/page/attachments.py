"""Documents to download: what is attached to an article."""

import re
from typing import Final

# P0202303.docx, downfile.jsp?filename=7f.pdf, /download/12
_DOCUMENT: Final = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|rar|zip|7z|csv|rtf|ceb)(?:$|[?#&])|down(?:load)?_?file|/download",
    re.IGNORECASE,
)


def is_document(href: str) -> bool:
    """Return whether a link leads to a document, not to a page."""
    return _DOCUMENT.search(href) is not None
