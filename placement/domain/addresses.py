"""E-mail addresses as they are stored and compared."""

from __future__ import annotations

import re

#: What browsers take for an address (HTML Living Standard); ASCII, so that every mail server takes it.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
MAX_LENGTH = 254


def is_address(text: str) -> bool:
    """Whether mail can be sent to it, by its looks."""
    return len(text) <= MAX_LENGTH and _ADDRESS.fullmatch(text) is not None


def address_key(text: str) -> str:
    """What two spellings of one address have in common."""
    return text.strip().casefold()
