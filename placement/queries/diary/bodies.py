"""Opening entries of the daily log for those the scope has let in; a broken seal is told calmly."""

from __future__ import annotations

import logging

from placement.domain.diary import Body, EntryKind, unpack
from placement.domain.sealed import Cipher, Place
from placement.queries.sealed import opened

_log = logging.getLogger(__name__)


def opened_body(cipher: Cipher, kind: EntryKind, public_id: str, sealed: bytes) -> Body | None:
    """What was written; None where it can't be read. The log names the entry, nothing of the text."""
    words = opened(cipher, sealed, Place("diary_entry", "body_sealed", public_id))
    if words.broken:
        return None
    try:
        return unpack(kind, words.text)
    except (ValueError, TypeError):
        _log.error("an entry has a foreign shape: diary_entry %s", public_id)
        return None
