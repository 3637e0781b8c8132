"""Rings 2 and 3: the same text at another URL of the site, and the text of another site."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from newsspider.items import Record
from newsspider.store.draft import Draft
from newsspider.store.identity import is_telling, same_title, text_key
from newsspider.store.ledger import Ledger
from newsspider.store.reprints import ReprintIndex
from newsspider.store.versions import Version

#: Two texts of one site are one text when each holds at least this share of the other: a part of a
#: longer text is another article.
ONE_TEXT: Final = 0.9


class Text(Protocol):
    """A stored article's text."""

    @property
    def id(self) -> str:
        """The article."""

    @property
    def site(self) -> str:
        """The site that it is of."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def body(self) -> str:
        """Its body."""


@dataclass(frozen=True, slots=True)
class Original:
    """The stored article that a text is a reprint of."""

    version: Version
    similarity: float


class Texts:
    """All texts ever stored."""

    def __init__(self, ledger: Ledger, read: Callable[[Version], Record | None]) -> None:
        """Use the ledger's tables; `read` gets a stored record."""
        self._ledger = ledger
        self._reprints = ReprintIndex(ledger.connection)
        self._read = read

    def add(self, text: Text) -> None:
        """Index the text of a stored version."""
        key = text_key(text.site, text.title, text.body)
        if key is not None:
            self._ledger.versions.add_text(key, text.id)
        self._reprints.add(text.id, text.body)

    def find(self, draft: Draft) -> Version | Original | None:
        """Return the article of the same site that has this text, or the one it is a reprint of."""
        twin = self._twin(draft)
        if twin is not None:
            return twin
        like = self._reprints.find(draft.article.body)
        found = self._ledger.versions.latest(like.id) if like else None
        if like is None or found is None or not self._says_enough(draft, found):
            return None
        for sibling in self._of_site(found, draft.site):
            if self._is_one(draft, sibling, like.similarity):
                return sibling
        if draft.site == found.site or draft.site == self._site_of(found.story):
            return None  # a part of a longer text of the site, or of a shorter one: its own article
        if found.story == draft.id:
            return None  # the original itself: its line was lost, those of its reprints were not
        return Original(found, round(like.similarity, 4))

    def _says_enough(self, draft: Draft, other: Version) -> bool:
        """Tell whether a text can be recognised: a few words under every video cannot."""
        if is_telling(draft.article.body):
            return True
        stored = self._read(other)
        return stored is not None and same_title(stored.title, draft.article.title)

    def _site_of(self, article: str) -> str | None:
        latest = self._ledger.versions.latest(article)
        return latest.site if latest else None

    def _of_site(self, like: Version, site: str) -> Iterator[Version]:
        """Yield what a site has of a story: what was found, the original, reprints."""
        if like.site == site:
            yield like
        original = self._ledger.versions.latest(like.story)
        if original is not None and original.site == site:
            yield original
        yield from self._ledger.versions.of_story(like.story, site)

    def _twin(self, draft: Draft) -> Version | None:
        key = text_key(draft.site, draft.article.title, draft.article.body)
        candidates: Iterator[Version | None] = (
            self._ledger.versions.latest(article)
            for article in (() if key is None else self._ledger.versions.with_text(key))
        )
        return next((found for found in candidates if found and found.site == draft.site), None)

    def _is_one(self, draft: Draft, other: Version, similarity: float) -> bool:
        """Tell whether the texts are one, given how much of one common text they hold."""
        stored = self._read(other)
        if stored is None or min(similarity, stored.similarity or 1.0) < ONE_TEXT:
            return False
        lengths = sorted((len(draft.article.body), len(stored.body)))
        return lengths[0] >= ONE_TEXT * lengths[1]
