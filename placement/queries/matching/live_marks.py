"""What goes on with somebody besides, marked beside them where it is matched without a run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from placement.domain.participants import ParticipantStatus, status_words
from placement.domain.placement_words import state_words
from placement.domain.placements import Answer, PlacementState, occupies
from placement.domain.words import Say, say

_STANDS_OUT = (ParticipantStatus.PAUSED, ParticipantStatus.FINISHED)


def marks_of(status: ParticipantStatus, said: Iterable[Any], today: date) -> tuple[Say, ...]:
    """What goes on with somebody besides."""
    marks = [status_words(status)] if status in _STANDS_OUT else []
    return (*marks, *(mark for mark in (_mark(row, today) for row in said) if mark is not None))


def _mark(row: Any, today: date) -> Say | None:
    shop = row.employer_name
    if row.answer is Answer.NOT_NOW and row.ask_again_on is not None and row.ask_again_on > today:
        return say("%(shop)s: said “not now”, ask again on %(day)s", shop=shop, day=row.ask_again_on)
    if not occupies(row.state):
        return None
    if row.state is PlacementState.PROPOSED and row.answer is Answer.NOT_NOW:
        return say("%(shop)s: said “not now”", shop=shop)
    if row.state is PlacementState.PROPOSED and row.answer is Answer.TALK_FIRST:
        return say("%(shop)s: would like to talk first", shop=shop)
    return say("%(shop)s: %(state)s", shop=shop, state=state_words(row.state))
