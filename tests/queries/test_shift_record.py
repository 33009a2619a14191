"""What of a shift's feedback its reader gets."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.feedback.observation import Feedback
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries.shifts.record import FullFeedback, shift_record
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make


def notes(reads: Session, actor: Actor, clock: Clock, shift: str) -> list[str]:
    found = shift_record(reads, actor, clock.now, shift).feedback
    return [line.note for line in found if isinstance(line, FullFeedback)]


def test_an_assignment_left_over_from_another_role_opens_nothing(
    reads: Session, make: Make, cast: Cast, clock: Clock
) -> None:
    """Somebody who looked after a participant once and now only supervises sees of feedback what they wrote."""
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.rated.id))
    assert make.one(select(Feedback.id).where(Feedback.occasion_id == cast.a.rated.id))
    supervisor = replace(make.actor(cast.accounts.supervisor), rater_ids=frozenset())
    assert notes(reads, supervisor, clock, shift) == []
    assert notes(reads, replace(supervisor, assigned=frozenset({cast.a.participant.id})), clock, shift) == []
    assert len(notes(reads, make.actor(cast.accounts.coach), clock, shift)) == 1
