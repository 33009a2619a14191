"""What the reports are made of: everybody who was in the program in a period, with their jobs and follow-ups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.outcomes import Asked, Facts, Hosting, Job, Stay
from placement.domain.placements import PlacementState
from placement.domain.profiles import full_name
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.enrollments.enrollment import Employment, Enrollment, FollowUp, ListEntry
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.progress.summary import PlacementSummary
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts as PolicyFacts
from placement.policy.permissions import Permission
from placement.queries import scope

_BEGAN = (PlacementState.ACTIVE, PlacementState.PAUSED, PlacementState.COMPLETED, PlacementState.ENDED_EARLY)


def outcome_facts(db: Session, actor: Actor, first: date, last: date, today: date) -> Facts:
    """In four statements. Archived records count: whoever started counts. Raises Forbidden."""
    ensure(actor, Permission.OUTCOME_SEE, PolicyFacts(actor.program))
    people = _people(actor, first, last)
    jobs, asked = _jobs(db, people), _asked(db, people)
    stays = db.execute(
        select(
            Enrollment.id, Enrollment.participant_id, Enrollment.referred_on, Enrollment.entered_on,
            Enrollment.exited_on, ListEntry.public_id,
        )
        .outerjoin(ListEntry, ListEntry.id == Enrollment.exit_reason_id)
        .where(scope.in_program(actor, Enrollment.program_id), Enrollment.participant_id.in_(people))
        .order_by(Enrollment.id)
    )  # fmt: skip
    return Facts(
        first, last, today,
        tuple(Stay(*row, jobs=tuple(jobs[row[0]]), asked=tuple(asked[row[0]])) for row in stays),
        _hostings(db, actor, first, today),
    )  # fmt: skip


def missing_exits(db: Session, actor: Actor, first: date) -> int:
    """People in the program without an exit date whose placements all ended before the period: one statement."""
    mine = Placement.participant_id == Enrollment.participant_id
    later = exists().where(mine, Placement.state.in_(_BEGAN), func.coalesce(Placement.last_day, first) >= first)
    found = (
        select(func.count())
        .select_from(Enrollment)
        .where(
            scope.in_program(actor, Enrollment.program_id),
            Enrollment.entered_on < first,
            Enrollment.exited_on.is_(None),
            exists().where(mine, Placement.state.in_(_BEGAN)),
            ~later,
        )
    )
    return db.scalar(found) or 0


def names(db: Session, actor: Actor, people: Collection[int]) -> dict[int, tuple[str, str]]:
    """Key → public id and name, of those who are still in the record; one statement."""
    rows = db.execute(
        select(Participant.id, Participant.public_id, Participant.preferred_name, Participant.family_name).where(
            scope.participants(actor), Participant.id.in_(sorted(people))
        )
    )
    return {key: (public, full_name(first, last)) for key, public, first, last in rows}


def employer_names(db: Session, actor: Actor, employers: Collection[int]) -> dict[int, tuple[str, str]]:
    """Key → public id and name; one statement."""
    rows = db.execute(
        select(Employer.id, Employer.public_id, Employer.name).where(
            scope.in_program(actor, Employer.program_id), Employer.id.in_(sorted(employers))
        )
    )
    return {key: (public, name) for key, public, name in rows}


def _people(actor: Actor, first: date, last: date) -> Select[Any]:
    """Whoever was in the program on a day of the period: all their enrollments are looked at."""
    return (
        select(Enrollment.participant_id)
        .where(
            scope.in_program(actor, Enrollment.program_id),
            Enrollment.entered_on <= last,
            or_(Enrollment.exited_on.is_(None), Enrollment.exited_on >= first),
        )
        .distinct()
    )


def _jobs(db: Session, people: Select[Any]) -> dict[int, list[Job]]:
    found: dict[int, list[Job]] = defaultdict(list)
    rows = db.execute(
        select(
            Employment.enrollment_id, Employment.participant_id, Employment.started_on, Employment.ended_on,
            Employment.hours_week, Employment.four_hours, Employment.subsidised, Employment.integrated,
            Employment.seasonal, Employment.prevailing_wage,
        )
        .where(Employment.participant_id.in_(people), Employment.archived_at.is_(None))
        .order_by(Employment.started_on, Employment.id)
    )  # fmt: skip
    for key, *values in rows:
        found[key].append(Job(*values))
    return found


def _asked(db: Session, people: Select[Any]) -> dict[int, list[Asked]]:
    found: dict[int, list[Asked]] = defaultdict(list)
    rows = db.execute(
        select(FollowUp.enrollment_id, FollowUp.number, FollowUp.reached, FollowUp.employed, FollowUp.earnings)
        .where(FollowUp.participant_id.in_(people))
        .order_by(FollowUp.number)
    )
    for key, number, reached, employed, earnings in rows:
        found[key].append(Asked(number, reached, employed, earnings))
    return found


def _hostings(db: Session, actor: Actor, first: date, today: date) -> tuple[Hosting, ...]:
    """Placements that began, and ran on a day since a year before the period."""
    since = date(first.year - 1, first.month, 1)
    began = func.coalesce(PlacementSummary.first_shift_day, Placement.first_day)
    rows = db.execute(
        select(Placement.participant_id, Site.employer_id, Placement.kind, Placement.state, began, Placement.last_day)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .outerjoin(PlacementSummary, PlacementSummary.placement_id == Placement.id)
        .where(
            scope.in_program(actor, Placement.program_id),
            Placement.state.in_(_BEGAN),
            and_(Placement.first_day <= today, or_(Placement.last_day.is_(None), Placement.last_day >= since)),
        )
        .order_by(Placement.id)
    )
    return tuple(Hosting(*row) for row in rows)
