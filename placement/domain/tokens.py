"""Derived tokens and hashes. Only hashes are stored."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode


def token_hash(token: str) -> str:
    """What is stored instead of a token: SHA-256, hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_token(link_key: bytes, link_id: int, generation: int) -> str:
    """HMAC(link key, link id, generation): recomputable for a mail that is sent again."""
    digest = hmac.digest(link_key, f"account-link:{link_id}:{generation}".encode(), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def who_hash(link_key: bytes, kind: str, value: str) -> str:
    """A keyed hash of an address, for counting attempts without keeping addresses."""
    return hmac.new(link_key, f"{kind}:{value}".encode(), "sha256").hexdigest()


def rater_link_token(link_key: bytes, link_id: int, generation: int) -> str:
    """The same for somebody who rates without an account: recomputable for a mail or a code that is printed again."""
    digest = hmac.digest(link_key, f"rater-link:{link_id}:{generation}".encode(), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def feed_token(link_key: bytes, feed_id: int, generation: int) -> str:
    """The same for a calendar's address: shown again whenever its owner asks."""
    digest = hmac.digest(link_key, f"calendar-feed:{feed_id}:{generation}".encode(), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def family_link_token(link_key: bytes, link_id: int, generation: int) -> str:
    """The same for a family member: shown again whenever the participant asks."""
    digest = hmac.digest(link_key, f"family-link:{link_id}:{generation}".encode(), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
