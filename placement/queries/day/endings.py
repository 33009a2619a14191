"""Work limits, step plans and approvals that end soon or have just ended, with nothing after them; follow-ups due."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from placement.domain.enrollments import RUNNING_OUT
from placement.domain.placements import PlacementState
from placement.models.checklists.checklist import CheckEntry
from placement.models.employers.contact import EmployerContact
from placement.models.employers.employer import Employer
from placement.models.enrollments.enrollment import Approval, Enrollment
from placement.models.limits.limits import StepPlan, WorkLimit
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.day.current import whose

MOST = 20
_LIVE = (PlacementState.ACCEPTED, PlacementState.ACTIVE, PlacementState.PAUSED)


def endings(actor: Actor, people: Collection[int] | None, name: Any) -> Select[Any]:
    """Person, ``kind`` ("limit", "plan", "approval", "units" or "follow_up") and last day, between the days
    ``ends_from`` and ``ends_to``; the earliest first. Columns as every part of what waits.
    """
    pays = allowed(actor, Permission.ENROLLMENT_EDIT)
    limits = (
        select(
            literal("ends").label("what"), Participant.public_id, name.label("name"), literal("limit").label("kind"),
            literal(1).label("n"), WorkLimit.valid_until.label("day"),
        )
        .join(Participant, Participant.id == WorkLimit.participant_id)
        .where(
            scope.work_limits(actor),
            Participant.archived_at.is_(None),
            whose(WorkLimit.participant_id, people),
            WorkLimit.archived_at.is_(None),
            _near(WorkLimit.valid_until),
            ~_goes_on(),
        )
    )  # fmt: skip
    plans = (
        select(
            literal("ends").label("what"), Participant.public_id, name.label("name"), literal("plan").label("kind"),
            literal(1).label("n"), StepPlan.last_day.label("day"),
        )
        .join(Participant, Participant.id == StepPlan.participant_id)
        .join(Placement, Placement.id == StepPlan.placement_id)
        .where(
            scope.step_plans(actor),
            whose(StepPlan.participant_id, people),
            Placement.state.in_(_LIVE),
            StepPlan.participant_agreed_at.is_not(None),
            StepPlan.employer_agreed_at.is_not(None),
            StepPlan.stopped_at.is_(None),
            _near(StepPlan.last_day),
            ~_newer(),
        )
    )  # fmt: skip
    found = union_all(limits, plans, *(_paid(actor, people, name) if pays else ())).subquery()
    return select(found).order_by(found.c.day).limit(MOST)


def _paid(actor: Actor, people: Collection[int] | None, name: Any) -> tuple[Select[Any], ...]:
    """Approvals that end or run out ("approval", "units"), follow-ups that are due ("follow_up"), and papers that
    expire ("check": the id is the placement's); talks with employers to come back to ("employer", by its id).
    """
    runs_out = Approval.used >= RUNNING_OUT
    approvals = (
        select(
            literal("ends").label("what"), Participant.public_id, name.label("name"),
            case((runs_out, "units"), else_="approval").label("kind"), literal(1).label("n"),
            Approval.last_day.label("day"),
        )
        .join(Participant, Participant.id == Approval.participant_id)
        .join(Enrollment, Enrollment.id == Approval.enrollment_id)
        .where(
            scope.approvals(actor),
            Participant.archived_at.is_(None),
            whose(Approval.participant_id, people),
            Approval.archived_at.is_(None),
            Enrollment.exited_on.is_(None),
            or_(_near(Approval.last_day), and_(runs_out, Approval.last_day >= bindparam("ends_from"))),
            ~_approved_on(),
        )
    )  # fmt: skip
    due = (
        select(
            literal("ends").label("what"), Participant.public_id, name.label("name"),
            literal("follow_up").label("kind"), literal(1).label("n"), Enrollment.follow_up_on.label("day"),
        )
        .join(Participant, Participant.id == Enrollment.participant_id)
        .where(
            scope.enrollments(actor),
            Participant.archived_at.is_(None),
            whose(Enrollment.participant_id, people),
            Enrollment.follow_up_on <= bindparam("today"),
        )
    )  # fmt: skip
    expires = (
        select(
            literal("ends").label("what"), Placement.public_id, name.label("name"), literal("check").label("kind"),
            literal(1).label("n"), CheckEntry.expires_on.label("day"),
        )
        .join(Placement, Placement.id == CheckEntry.placement_id)
        .join(Participant, Participant.id == Placement.participant_id)
        .where(
            scope.in_program(actor, CheckEntry.program_id),
            Participant.archived_at.is_(None),
            whose(Placement.participant_id, people),
            Placement.state.in_(_LIVE),
            CheckEntry.archived_at.is_(None),
            _near(CheckEntry.expires_on),
        )
    )  # fmt: skip
    shops: Any = (
        select(
            literal("ends").label("what"), Employer.public_id, Employer.name.label("name"),
            literal("employer").label("kind"), literal(1).label("n"), EmployerContact.follow_up_on.label("day"),
        )
        .join(Employer, Employer.id == EmployerContact.employer_id)
        .where(
            scope.in_program(actor, EmployerContact.program_id),
            EmployerContact.follow_up_on <= bindparam("today"),
            EmployerContact.follow_up_done_at.is_(None),
            EmployerContact.archived_at.is_(None),
            Employer.archived_at.is_(None),
        )
    )  # fmt: skip
    return approvals, due, expires, shops


def _approved_on() -> ColumnElement[bool]:
    """Whether another approval of the person lasts longer and has more than enough left."""
    other = aliased(Approval)
    return exists().where(
        other.participant_id == Approval.participant_id,
        other.archived_at.is_(None),
        other.last_day > Approval.last_day,
        other.used < RUNNING_OUT,
    )


def _near(day: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = day.between(bindparam("ends_from"), bindparam("ends_to"))
    return found


def _goes_on() -> ColumnElement[bool]:
    """Whether another entry about the person lasts longer."""
    other = aliased(WorkLimit)
    longer = or_(other.valid_until.is_(None), other.valid_until > WorkLimit.valid_until)
    return exists().where(other.participant_id == WorkLimit.participant_id, other.archived_at.is_(None), longer)


def _newer() -> ColumnElement[bool]:
    other = aliased(StepPlan)
    return exists().where(
        other.placement_id == StepPlan.placement_id,
        other.id > StepPlan.id,
        other.last_day > StepPlan.last_day,
        other.participant_declined_at.is_(None),
    )
