"""Sealing texts at rest: AES-256-GCM of ``cryptography``, bound to table, column and row.

A seal is one byte of format, four bytes naming the key, a random nonce of twelve, and the ciphertext with its tag.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORMAT = b"\x01"
_NAME = 4
_NONCE = 12
_TAG = 16


class Place(Protocol):
    """Where a sealed text stands: bound into the seal."""

    @property
    def table(self) -> str: ...
    @property
    def column(self) -> str: ...
    @property
    def row(self) -> str: ...


class SealBroken(ValueError):
    """The seal was changed or moved, or its key is not among ours."""


class AesGcm:
    """Seals with the first of ``keys`` and opens with any of them; at least one, each of 32 characters or more."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("a key is needed")
        self._keys: dict[bytes, AESGCM] = {}
        for key in keys:
            secret = hashlib.sha256(b"placement data key\x00" + key.encode()).digest()
            name = hashlib.sha256(b"name\x00" + secret).digest()[:_NAME]
            self._keys.setdefault(name, AESGCM(secret))
        self._current = next(iter(self._keys))

    def seal(self, text: str, place: Place) -> bytes:
        """The sealed text; the same text twice gives two different seals."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._keys[self._current].encrypt(nonce, text.encode(), _bound(place))
        return _FORMAT + self._current + nonce + sealed

    def open(self, sealed: bytes, place: Place) -> str:
        """The text. Raises SealBroken."""
        sealed = bytes(sealed)
        name, rest = sealed[1 : 1 + _NAME], sealed[1 + _NAME :]
        key = self._keys.get(name)
        if sealed[:1] != _FORMAT or key is None or len(rest) < _NONCE + _TAG:
            raise SealBroken("no such key, or cut short")
        try:
            return key.decrypt(rest[:_NONCE], rest[_NONCE:], _bound(place)).decode()
        except InvalidTag as error:
            raise SealBroken("changed or moved") from error

    def is_current(self, sealed: bytes) -> bool:
        """Whether it was sealed with the newest key."""
        return bytes(sealed)[1 : 1 + _NAME] == self._current


def _bound(place: Place) -> bytes:
    return "\x00".join((place.table, place.column, place.row)).encode()
