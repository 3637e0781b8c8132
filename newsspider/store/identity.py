"""What makes two texts the same: the digest of an article. Not to be changed after a first export."""

import hashlib
import json
from typing import Final

from newsspider.items import Article, Precision
from newsspider.store.lines import safe_text

#: A body longer than this is cut and flagged.
MAX_BODY: Final = 1_000_000
#: Any other string longer than this is cut and flagged.
MAX_STRING: Final = 10_000
#: Shorter texts are too poor to be recognised by themselves: their title counts too.
TELLING: Final = 100


def digest(article: Article) -> str:
    """Return the digest of what the article says: title, time, source and body, cleaned.

    A time worked out from the clock of the fetch (precision "relative") changes from visit to
    visit and stays out, as does everything around the text: related links, images, captions.
    """
    return digest_of(
        title=article.title,
        published_at=article.published_at,
        published_precision=article.published_precision,
        source=article.source,
        body=article.body,
    )


def digest_of(
    *,
    title: str,
    published_at: str | None,
    published_precision: Precision | None,
    source: str | None,
    body: str,
) -> str:
    """Return 32 hexadecimal digits of SHA-256 over the cleaned fields."""
    parts = [
        _cleaned(title),
        None if published_precision == "relative" else published_at,
        None if source is None else _cleaned(source),
        _paragraphs(body),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:32]


def text_key(site: str, title: str, body: str) -> int | None:
    """Return a key of 63 bits for one text on one site; None where there is no text to compare."""
    cleaned = "\n".join(_paragraphs(body))
    if not cleaned:
        return None
    parts = [site, cleaned] if len(cleaned) >= TELLING else [site, cleaned, _cleaned(title)]
    packed = hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).digest()
    return int.from_bytes(packed[:8], "big") >> 1


def is_telling(body: str) -> bool:
    """Tell whether a body is long enough to be recognised without its title."""
    return len("\n".join(_paragraphs(body))) >= TELLING


def same_title(one: str, other: str) -> bool:
    """Tell whether two titles are one."""
    return _cleaned(one) == _cleaned(other)


def _cleaned(text: str) -> str:
    return " ".join(safe_text(text)[:MAX_STRING].split())


def _paragraphs(body: str) -> list[str]:
    lines = safe_text(body)[:MAX_BODY].splitlines()
    return [cleaned for line in lines if (cleaned := " ".join(line.split()))]
