"""Opening what is sealed, for pages: a broken seal is told on the page and in the log, and is never an error page."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from placement.domain.sealed import Cipher, Place

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Words:
    """A text that was sealed. ``broken``: it is there, but can't be read."""

    text: str = ""
    broken: bool = False

    def __bool__(self) -> bool:
        return bool(self.text) or self.broken


def opened(cipher: Cipher, sealed: bytes | None, place: Place) -> Words:
    """The words; empty where nothing was written. The log names the place of a broken seal, nothing of the text."""
    if sealed is None:
        return Words()
    try:
        return Words(cipher.open(sealed, place))
    except ValueError:
        _log.error("a seal is broken: %s.%s of %s", place.table, place.column, place.row)
        return Words(broken=True)


def opened_summary(cipher: Cipher, sealed: bytes | None, session: str) -> Words:
    """The shared summary of a one-to-one session, by its public id."""
    return opened(cipher, sealed, Place("one_to_one", "summary_sealed", session))


def opened_note(cipher: Cipher, sealed: bytes | None, note: str) -> Words:
    """A private note, by its public id."""
    return opened(cipher, sealed, Place("session_note", "text_sealed", note))
