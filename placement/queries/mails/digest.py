"""The coordinator's week in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.roles import Role
from placement.models.notices.notice import Notice
from placement.models.programs.program import Program
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.coordinator import Whose, coordinator_day
from placement.queries.mails.reader import Reader


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """``monday``: the week that begins. Numbers of a program; whom they are about is on the day page."""

    monday: date
    people: int
    shifts: int
    notices: int
    owed: int
    waiting: int
    ending: int
    follow_ups: int
    free_places: int
    #: Reached in the last seven days.
    milestones: int


def digest_facts(db: Session, reader: Reader, program_id: int, now: datetime) -> DigestFacts:
    """The numbers the coordinator's day page has this morning, and the shifts planned until Sunday."""
    actor = _as_coordinator(db, reader, program_id)
    today = actor.today(now)
    monday = today - timedelta(days=today.weekday())
    day = coordinator_day(db, actor, now, Whose.ALL)
    return DigestFacts(
        monday=monday,
        people=day.people,
        shifts=_shifts(db, program_id, monday),
        notices=db.scalar(select(func.count(Notice.id)).where(scope.notices(actor), Notice.done_at.is_(None))) or 0,
        owed=sum(row.shifts for row in day.owed),
        waiting=sum(not row.ends_soon for row in day.decisions),
        ending=sum(row.ends_soon for row in day.decisions),
        follow_ups=day.figures.follow_ups,
        free_places=day.figures.free_places,
        milestones=sum(not row.to_tell for row in day.milestones),
    )


def _as_coordinator(db: Session, reader: Reader, program_id: int) -> Actor:
    """Who would look at the day page; the mail is for nobody else."""
    if reader.account_id is None:
        raise LookupError("a coordinator has an account")
    program = db.execute(
        select(Program.name, Program.locale, Program.country, Program.zone).where(Program.id == program_id)
    ).one()
    return Actor(
        reader.account_id,
        reader.name,
        reader.locale,
        program_id=program_id,
        program_name=program.name,
        program_locale=program.locale,
        program_country=program.country,
        zone=program.zone,
        roles=frozenset({Role.COORDINATOR}),
    )


def _shifts(db: Session, program_id: int, monday: date) -> int:
    counted = (
        select(func.count(Shift.id))
        .join(Occasion, Occasion.id == Shift.id)
        .where(
            Occasion.program_id == program_id,
            Occasion.local_day.between(monday, monday + timedelta(days=6)),
            Shift.cancelled_at.is_(None),
        )
    )
    return db.scalar(counted) or 0
