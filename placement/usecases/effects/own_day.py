"""What somebody practices outside a shop, on the one spine: one occasion for each person and day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.occasions import OccasionKind
from placement.domain.shifts import Attendance
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.practice.practice import Practice
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.family import FamilyPhone
from placement.usecases.effects.observations import Answer, write_observations
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.transaction import Work


def write_own_day(
    session: Session,
    work: Work,
    actor: Actor | FamilyPhone,
    practice: Practice,
    rater: Rater,
    day: date,
    zone: str,
    answer: Answer,
) -> int:
    """One answer about one task on one day; the occasion's key. Raises NotFound for an unknown level or step."""
    occasion = _occasion(session, work, practice, day, zone)
    touched = write_observations(session, work, actor, occasion, rater, [answer])
    if touched:
        refresh_progress(session, work, actor, practice.participant_id, touched, None)
    return occasion.id


def _occasion(session: Session, work: Work, practice: Practice, day: date, zone: str) -> Occasion:
    """The day's occasion, made if missing. The person's row is held, so that two raters don't both make it."""
    session.execute(select(Participant.id).where(Participant.id == practice.participant_id).with_for_update())
    found = session.scalar(
        select(Occasion).where(
            Occasion.participant_id == practice.participant_id,
            Occasion.kind == OccasionKind.OWN_DAY,
            Occasion.local_day == day,
        )
    )
    if found is not None:
        return found
    local = ZoneInfo(zone)
    made = Occasion(
        program_id=practice.program_id,
        participant_id=practice.participant_id,
        kind=OccasionKind.OWN_DAY,
        starts_at=datetime.combine(day, time(), local),
        ends_at=datetime.combine(day + timedelta(days=1), time(), local),
        zone=zone,
        local_day=day,
        attendance=Attendance.HERE,
        created_at=work.clock(),
    )
    session.add(made)
    session.flush()
    return made
