"""Rows a supervisor sees besides those who look after people: offers, shifts and reports of their shops."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from placement.domain.feedback_links import REOPEN
from placement.domain.placements import Answer, PlacementState
from placement.domain.reports import ReportReader
from placement.domain.roles import Role
from placement.models.employers.opening import Opening
from placement.models.feedback.observation import Feedback
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.reports.report import Report
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries.scope.people import of_people
from placement.queries.scope.program import in_program

#: How far ahead a supervisor sees a shift: today's card, not the rota.
AHEAD = timedelta(hours=16)
#: How far ahead they see who comes when: first name and times, as the card on their phone tells them.
ROTA = timedelta(days=7)


def offers(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Placements joined with their opening that a supervisor's shop is asked about."""
    if Role.SUPERVISOR not in actor.roles:
        return false()
    here = Opening.site_id.in_(sorted(actor.sites))
    return and_(in_program(actor, Placement.program_id), here, is_offered(now))


def is_offered(now: datetime) -> ColumnElement[bool]:
    """Waiting for the shop's answer, or answered by it within seven days.

    Where the participant took their own yes back, the shop sees it no longer.
    """
    answered = exists().where(
        PlacementMove.placement_id == Placement.id,
        PlacementMove.from_state == PlacementState.OFFERED,
        PlacementMove.to_state.in_((PlacementState.ACCEPTED, PlacementState.DECLINED)),
        PlacementMove.at > now.astimezone(UTC) - REOPEN,
    )
    return and_(
        Placement.answer == Answer.YES,
        or_(Placement.state == PlacementState.OFFERED, answered),
    )


def shifts(actor: Actor, now: datetime, current: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """Shifts joined with their occasion: those of visible people, and a supervisor's current and owed ones.

    ``current``: :func:`is_current_for` of the same, where it is at hand.
    """
    ways = [of_people(actor, Occasion.participant_id)]
    if Role.SUPERVISOR in actor.roles:
        if current is None:
            current = is_current_for(actor, now)
        ways.append(and_(Shift.site_id.in_(sorted(actor.sites)), current))
    return and_(in_program(actor, Shift.program_id), or_(*ways))


def rota(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Shifts whose day and times the actor may read, with a first name: also a supervisor's of the days ahead."""
    ways = [shifts(actor, now)]
    if Role.SUPERVISOR in actor.roles:
        now = now.astimezone(UTC)
        ahead = and_(Occasion.starts_at >= now, Occasion.starts_at < now + ROTA, Shift.cancelled_at.is_(None))
        ways.append(and_(in_program(actor, Shift.program_id), Shift.site_id.in_(sorted(actor.sites)), ahead))
    return or_(*ways)


def is_current(now: datetime) -> ColumnElement[bool]:
    """Today's, or owed, or over for less than seven days."""
    now = now.astimezone(UTC)
    return and_(
        Occasion.starts_at < now + AHEAD,
        Shift.cancelled_at.is_(None),
        or_(Occasion.ends_at > now - REOPEN, Shift.feedback_due_at.is_not(None)),
    )


def is_current_for(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Current, or rated by this actor within the last seven days, so that they can reopen a long-owed answer."""
    own = select(Feedback.occasion_id).where(
        Feedback.rater_id.in_(sorted(actor.rater_ids)),
        Feedback.sent_at > now.astimezone(UTC) - REOPEN,
        Feedback.withdrawn_at.is_(None),
    )
    return or_(is_current(now), and_(Shift.cancelled_at.is_(None), Shift.id.in_(own)))


def reports(actor: Actor) -> ColumnElement[bool]:
    """Reports about visible people, and what is released to a supervisor's shops."""
    ways = [of_people(actor, Report.participant_id)]
    if Role.SUPERVISOR in actor.roles:
        ways.append(_released_to(actor))
    return and_(in_program(actor, Report.program_id), or_(*ways))


def shop_reports(actor: Actor) -> ColumnElement[bool]:
    """Of those, what is released to a supervisor's shops."""
    if Role.SUPERVISOR not in actor.roles:
        return false()
    return and_(in_program(actor, Report.program_id), _released_to(actor))


def _released_to(actor: Actor) -> ColumnElement[bool]:
    here = (
        select(Placement.id)
        .join(Opening, Opening.id == Placement.opening_id)
        .where(Opening.site_id.in_(sorted(actor.sites)))
    )
    return and_(
        Report.reader == ReportReader.EMPLOYER,
        Report.placement_id.in_(here),
        Report.released_at.is_not(None),
        Report.withdrawn_at.is_(None),
    )
