"""What a rater's answers ask somebody of the program to look at."""

from __future__ import annotations

from functools import partial

from sqlalchemy.orm import Session

from placement.domain.notices import NoticeKind
from placement.domain.tokens import token_hash
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.usecases.effects.notices import raise_notice
from placement.usecases.effects.shifts import Found
from placement.usecases.transaction import Work


def tell_about(session: Session, work: Work, found: Found, rater: Rater, feedback: Feedback) -> None:
    """Words for the coordinator, a task that is not in the list; each told once.

    ``feedback`` is flushed, so that its version names what was written this time.
    """
    raise_ = partial(
        raise_notice,
        session,
        work,
        participant_id=found.occasion.participant_id,
        program_id=found.shift.program_id,
        placement_id=found.shift.placement_id,
        occasion_id=found.occasion.id,
        rater_id=rater.id,
    )
    if feedback.note:
        raise_(kind=NoticeKind.FOR_COORDINATOR, text=feedback.note, subject=_once("note", feedback, feedback.note))
    if feedback.unlisted:
        names = ", ".join(task["name"] for task in feedback.unlisted)
        raise_(kind=NoticeKind.UNLISTED_TASK, text=names, subject=_once("unlisted", feedback, names))


def _once(what: str, feedback: Feedback, text: str) -> str:
    """The same words sent again are no news; other words are."""
    return f"{what}:{feedback.id}:{token_hash(text)[:16]}"
