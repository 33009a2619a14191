"""Bring in ratings of one task from elsewhere: each becomes an occasion of the person's own day and an observation.

One spine: what comes in counts for summaries and milestones as if it had been rated here. So only levels of the
program's own scale come in, by a named coach or therapist; a percentage is no level and is refused earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.events import EventKind
from placement.domain.occasions import Audience, OccasionKind
from placement.domain.roles import Role
from placement.domain.shifts import Attendance, PlannedTime, instants
from placement.domain.support import RaterKind
from placement.domain.words import say
from placement.models.accounts.account import Account, Membership
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.programs.program import Program
from placement.models.progress.milestone import ChartEvent
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.raters import ensure_rater
from placement.usecases.transaction import Work

#: An imported rating has a day and no hour; in between, no zone changes its clocks.
BEGINS, ENDS = time(12), time(13)
LONGEST_PHASE = 80


@dataclass(frozen=True, slots=True)
class RatingToImport:
    """``level``: key of a level of the program's scale, with its canonical ``rank``."""

    day: date
    level: int
    rank: int


@dataclass(frozen=True, slots=True)
class RatingsToImport:
    """``participant`` by public id, ``task`` by public id or key, the rater by ``email``.

    ``phases``: the days on which a phase after the first begins, with its name: they become lines on the chart.
    """

    participant: str
    task: str
    email: str
    ratings: Sequence[RatingToImport]
    phases: Sequence[tuple[date, str]] = ()


@dataclass(frozen=True, slots=True)
class RatingsImported:
    """Counts of ratings, phase lines set, and milestones that came by it."""

    added: int
    changed: int
    same: int
    lines: int
    milestones: int


@dataclass(frozen=True, slots=True)
class _About:
    program_id: int
    zone: str
    participant_id: int
    task: Task
    rater: Rater


def import_ratings(work: Work, actor: System, command: RatingsToImport) -> RatingsImported:
    """Write occasions and observations; sent again, it adds nothing, and another level replaces the one before.

    Raises NotFound without a live program, and Refused (field participant, task, by or time) for whom or what it
    does not have and for days to come.
    """
    with work.transaction() as session:
        about = _about(session, work, actor, command)
        today = work.clock().astimezone(ZoneInfo(about.zone)).date()
        late = [rating.day for rating in command.ratings if rating.day > today]
        if late:
            raise Refused(say("%(day)s is still to come.", day=late[0].isoformat()), "time")
        stored = _stored(session, about)
        counts = {"added": 0, "changed": 0, "same": 0}
        for rating in command.ratings:
            counts[_write(session, work, about, rating, stored)] += 1
        lines = _lines(session, work, about, command.phases)
        milestones = 0
        if counts["added"] or counts["changed"]:
            refreshed = refresh_progress(session, work, actor, about.participant_id, {about.task.id}, None)
            milestones = refreshed.new + refreshed.restored
        if counts["added"] or counts["changed"] or lines:
            detail = {"participant_id": about.participant_id, "rater_id": about.rater.id, "lines": lines, **counts}
            audit(session, work, actor, "imports.ratings", "task", about.task.id, **detail)
        return RatingsImported(**counts, lines=lines, milestones=milestones)


def _about(session: Session, work: Work, actor: System, command: RatingsToImport) -> _About:
    program = session.scalar(select(Program).where(Program.id == actor.program_id, Program.archived_at.is_(None)))
    if program is None:
        raise NotFound
    person = session.scalar(
        select(Participant.id).where(
            Participant.program_id == program.id,
            Participant.public_id == command.participant,
            Participant.archived_at.is_(None),
        )
    )
    if person is None:
        raise Refused(
            say("There is no participant %(id)s in this program.", id=command.participant[:40]), "participant"
        )
    rater = _rater(session, work, program.id, command.email)
    return _About(program.id, program.zone, person, _task(session, program.id, person, rater, command.task), rater)


def _rater(session: Session, work: Work, program_id: int, email: str) -> Rater:
    """The coach or therapist with this address, as a rater; as a therapist where they are both."""
    rows = session.execute(
        select(Membership.role, Account.id, Account.name)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.program_id == program_id,
            Membership.archived_at.is_(None),
            Account.email_key == email.strip().casefold(),
        )
    ).all()
    found = {role: (account, name) for role, account, name in rows}
    for role in (Role.THERAPIST, Role.COACH):
        if role in found:
            account, name = found[role]
            rater = ensure_rater(session, work, program_id, account, role, name)
            if rater is not None:
                return rater
    raise Refused(say("%(email)s is no coach or therapist of this program.", email=email[:80]), "by")


def _task(session: Session, program_id: int, person: int, rater: Rater, wanted: str) -> Task:
    task = session.scalar(
        select(Task).where(
            Task.program_id == program_id,
            Task.archived_at.is_(None),
            (Task.public_id == wanted) | (Task.key == wanted),
        )
    )
    if task is None:
        raise Refused(say("There is no task %(id)s in this program.", id=wanted[:60]), "task")
    private = task.audience is Audience.PRIVATE
    if private and (task.participant_id != person or rater.kind is not RaterKind.THERAPIST):
        raise Refused(say("This task is only for its participant and their therapist."), "task")
    return task


def _stored(session: Session, about: _About) -> dict[date, tuple[Occasion, Observation | None]]:
    """Day → the person's own-day occasion on it, with what this rater said about the task."""
    rows = session.execute(
        select(Occasion, Observation)
        .outerjoin(
            Observation,
            (Observation.occasion_id == Occasion.id)
            & (Observation.task_id == about.task.id)
            & (Observation.rater_id == about.rater.id)
            & Observation.replaced_at.is_(None),
        )
        .where(Occasion.participant_id == about.participant_id, Occasion.kind == OccasionKind.OWN_DAY)
        .order_by(Occasion.id)
    )
    found: dict[date, tuple[Occasion, Observation | None]] = {}
    for occasion, observation in rows:
        if occasion.local_day not in found or observation is not None:
            found[occasion.local_day] = (occasion, observation)
    return found


def _write(
    session: Session, work: Work, about: _About, rating: RatingToImport,
    stored: dict[date, tuple[Occasion, Observation | None]],
) -> str:  # fmt: skip
    occasion, old = stored.get(rating.day, (None, None))
    if old is not None and old.rank == rating.rank:
        return "same"
    if occasion is None:
        occasion = _occasion(session, work, about, rating.day)
    if old is not None:
        old.replaced_at = work.clock()
        # Out of the unique index of current rows before the new one comes in.
        session.flush()
    session.add(
        Observation(
            program_id=about.program_id, occasion_id=occasion.id, participant_id=about.participant_id,
            task_id=about.task.id, rater_id=about.rater.id, level_id=rating.level, rank=rating.rank,
            replaces_id=None if old is None else old.id, created_at=work.clock(),
        )
    )  # fmt: skip
    return "added" if old is None else "changed"


def _occasion(session: Session, work: Work, about: _About, day: date) -> Occasion:
    starts_at, ends_at = instants(PlannedTime(day, BEGINS, ENDS, about.zone))
    row = Occasion(
        program_id=about.program_id, participant_id=about.participant_id, kind=OccasionKind.OWN_DAY,
        starts_at=starts_at, ends_at=ends_at, zone=about.zone, local_day=day, attendance=Attendance.HERE,
        created_at=work.clock(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _lines(session: Session, work: Work, about: _About, phases: Sequence[tuple[date, str]]) -> int:
    """Phase lines that are not there yet."""
    rows = session.execute(
        select(ChartEvent.day, ChartEvent.text).where(
            ChartEvent.participant_id == about.participant_id, ChartEvent.task_id == about.task.id
        )
    )
    stored = {(day, name) for day, name in rows}
    new = [(day, name[:LONGEST_PHASE]) for day, name in phases if (day, name[:LONGEST_PHASE]) not in stored]
    for day, name in new:
        session.add(
            ChartEvent(
                program_id=about.program_id, participant_id=about.participant_id, task_id=about.task.id,
                kind=EventKind.OTHER, day=day, text=name, created_at=work.clock(),
            )
        )  # fmt: skip
    return len(new)
