"""Digests of WARC records: read in the forms that tools write, compared, or found wanting."""

import base64
import hashlib
from typing import Final, Protocol

from newsspider.archive.http_message import dechunked

_ALGORITHMS: Final = frozenset({"sha1", "sha256", "sha512", "md5"})


class DigestError(Exception):
    """A digest that differs from the bytes, or that cannot be read."""


class Hasher(Protocol):
    """What hashlib gives."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes in."""

    def digest(self) -> bytes:
        """Return the digest of all bytes so far."""


class Expected:
    """A digest that a record names, and the hash object that has to come to it."""

    def __init__(self, named: str) -> None:
        algorithm, colon, value = named.partition(":")
        algorithm, value = algorithm.strip().lower().replace("-", ""), value.strip()
        self._hasher: Hasher | None = None  # an algorithm that is not known is not checked
        self._value = b""
        if not colon or algorithm not in _ALGORITHMS:
            return
        hasher = hashlib.new(algorithm, usedforsecurity=False)
        self._hasher = hasher
        try:
            if len(value) == 2 * hasher.digest_size:
                self._value = bytes.fromhex(value)
            else:
                self._value = base64.b32decode(value.upper() + "=" * (-len(value) % 8))
        except ValueError:
            raise DigestError(f"a digest that cannot be read: {named[:60]!r}") from None

    def update(self, data: bytes) -> None:
        """Take more bytes in."""
        if self._hasher is not None:
            self._hasher.update(data)

    def fits(self) -> bool:
        """Return whether the bytes so far have the digest."""
        return self._hasher is None or self._hasher.digest() == self._value


def expected_block(fields: dict[str, str]) -> Expected:
    """Return the digest that a record names for its block."""
    return Expected(fields.get("warc-block-digest", ""))


def check(kind: str, fields: dict[str, str], block: bytes, *, one_is_enough: bool) -> None:
    """Raise DigestError unless the block is what the record's fields (lower case) say.

    The block's digest is left out when the payload's is right and `one_is_enough`.
    """
    # A revisit names the digest of another record's payload, a segment that of the whole.
    names_payload = "warc-payload-digest" in fields and "warc-segment-number" not in fields
    if kind != "revisit" and names_payload:
        _check_payload(fields, block)
        if one_is_enough:
            return
    expected = expected_block(fields)
    expected.update(block)
    if not expected.fits():
        raise DigestError("the block digest differs")


def _check_payload(fields: dict[str, str], block: bytes) -> None:
    head, payload = b"", block
    if fields.get("content-type", "").lower().startswith("application/http"):
        head, _, payload = block.partition(b"\r\n\r\n")
    expected = Expected(fields["warc-payload-digest"])
    expected.update(payload)
    if expected.fits():
        return
    # WARC 1.1 means the payload without its chunks; most writers hash it with them.
    expected = Expected(fields["warc-payload-digest"])
    expected.update(dechunked(payload))
    if b"chunked" not in head.lower() or not expected.fits():
        raise DigestError("the payload digest differs")
