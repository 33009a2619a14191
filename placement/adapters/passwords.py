"""Passwords by argon2id (argon2-cffi)."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Literal

from argon2 import PasswordHasher, Type
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.profiles import RFC_9106_LOW_MEMORY

Profile = Literal["normal", "cheap"]


class Passwords:
    """Hashes and checks passwords.

    ``normal`` is RFC 9106's second recommended setting (64 MiB, 3 passes); ``cheap`` costs next to nothing
    and is for tests only.
    """

    def __init__(self, profile: Profile = "normal") -> None:
        if profile == "normal":
            self._hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        elif profile == "cheap":
            self._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
        else:
            raise ValueError(f"unknown password profile: {profile!r}")
        # Nobody knows this password; checking against it takes as long as any other check.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(32))

    def hash(self, password: str) -> str:
        """A salted hash in PHC format (``$argon2id$…``), different at every call."""
        return self._hasher.hash(_same_typing(password))

    def verify(self, hashed: str | None, password: str) -> bool:
        """Whether the password fits.

        ``None`` (no such account, no password yet) and a damaged hash answer False after the same work.
        """
        try:
            return self._hasher.verify(self._nobody if hashed is None else hashed, _same_typing(password))
        except InvalidHashError:
            return self.verify(None, password)
        except Argon2Error:
            return False

    def needs_rehash(self, hashed: str) -> bool:
        """Whether the hash was made with other settings than today's. A damaged hash answers True."""
        try:
            return self._hasher.check_needs_rehash(hashed)
        except InvalidHashError:
            return True


def _same_typing(password: str) -> str:
    """NFC: a keyboard that types "ü" as two characters gives the same password as one that types it as one."""
    return unicodedata.normalize("NFC", password)
