"""The address that ends one kind of mail without signing in: signed, so that nobody can make one up."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from placement.domain.mails import MailKind

ACCOUNT, RATER = "account", "rater"


@dataclass(frozen=True, slots=True)
class Stop:
    """Whose mails (``reader``: ACCOUNT or RATER, with its public id) of which kind."""

    reader: str
    public_id: str
    kind: MailKind


def stop_token(link_key: bytes, stop: Stop) -> str:
    """What stands in the address. It has no end: an old mail can always be answered with "no more"."""
    return f"{stop.reader}.{stop.public_id}.{stop.kind}.{_signature(link_key, stop)}"


def read_stop_token(link_key: bytes, token: str) -> Stop | None:
    """None for one that was not made here."""
    parts = token.split(".")
    if len(parts) != 4 or parts[0] not in (ACCOUNT, RATER) or parts[2] not in tuple(MailKind) or not token.isascii():
        return None
    stop = Stop(parts[0], parts[1], MailKind(parts[2]))
    return stop if hmac.compare_digest(_signature(link_key, stop), parts[3]) else None


def _signature(link_key: bytes, stop: Stop) -> str:
    what = f"stop-mails:{stop.reader}:{stop.public_id}:{stop.kind}"
    return urlsafe_b64encode(hmac.digest(link_key, what.encode(), "sha256")).rstrip(b"=").decode()
