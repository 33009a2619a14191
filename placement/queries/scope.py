"""The only row scope in SQL: which rows an actor (or a phone) can see at all. Tested equal to the policy's table.

Each function answers a condition for a WHERE; foreign rows then look absent.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from placement.domain.feedback_links import REOPEN
from placement.domain.notices import FOR_TEAM
from placement.domain.occasions import Audience
from placement.domain.placements import Answer, PlacementState
from placement.domain.reports import ReportReader
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.models.contacts.contact import Contact
from placement.models.employers.opening import Opening
from placement.models.feedback.link import RaterLink
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.notices.notice import Incident, Notice
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.programs.catalog import Task
from placement.models.progress.plan import Goal
from placement.models.reports.report import Report
from placement.models.shifts.absence import Busy
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.job import Job
from placement.policy.actor import Actor
from placement.policy.device import Device

#: How far ahead a supervisor sees a shift: today's card, not the rota.
AHEAD = timedelta(hours=16)
#: How far ahead they see who comes when: first name and times, as the card on their phone tells them.
ROTA = timedelta(days=7)


def in_program(actor: Actor, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Rows of the active program; nothing for somebody without one."""
    return false() if actor.program_id is None else column == actor.program_id


def participants(actor: Actor) -> ColumnElement[bool]:
    """Participants whose record the actor may see."""
    return and_(in_program(actor, Participant.program_id), _people(actor, Participant.id))


def placements(actor: Actor) -> ColumnElement[bool]:
    """Placements of visible participants."""
    return and_(in_program(actor, Placement.program_id), _people(actor, Placement.participant_id))


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


def shifts(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Shifts joined with their occasion: those of visible people, and a supervisor's current and owed ones."""
    ways = [_people(actor, Occasion.participant_id)]
    if Role.SUPERVISOR in actor.roles:
        ways.append(and_(Shift.site_id.in_(sorted(actor.sites)), is_current_for(actor, now)))
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


def tasks(actor: Actor) -> ColumnElement[bool]:
    """Tasks by audience: private ones only for their participant and their therapist."""
    private = and_(
        Task.audience == Audience.PRIVATE,
        Task.participant_id.in_(sorted(_private_people(actor))),
    )
    return and_(in_program(actor, Task.program_id), or_(Task.audience == Audience.PROGRAM, private))


def card_shifts(device: Device) -> ColumnElement[bool]:
    """Shifts of the one placement a phone was let in for."""
    return and_(Shift.program_id == device.program_id, Shift.placement_id == device.placement_id)


def card_tasks(device: Device) -> ColumnElement[bool]:
    """The program's tasks; never a private one."""
    return and_(Task.program_id == device.program_id, Task.audience == Audience.PROGRAM)


def card_colleagues(device: Device) -> ColumnElement[bool]:
    """Raters without account who answer on the same card for somebody else."""
    same = select(RaterLink.rater_id).where(
        RaterLink.program_id == device.program_id,
        RaterLink.placement_id == device.placement_id,
        RaterLink.rater_id != device.rater_id,
    )
    return and_(
        Rater.program_id == device.program_id,
        Rater.account_id.is_(None),
        Rater.archived_at.is_(None),
        Rater.id.in_(same),
    )


def suggestions(actor: Actor) -> ColumnElement[bool]:
    """Suggested levels the actor may decide on: abilities of those they look after; coordinators all, and openings'."""
    about = ProfileSuggestion.participant_id
    if Role.COORDINATOR in actor.roles:
        mine: ColumnElement[bool] = true()
    elif actor.roles & ASSIGNED_ROLES:
        mine = about.in_(sorted(actor.caseload))
    else:
        mine = false()
    return and_(in_program(actor, ProfileSuggestion.program_id), mine)


def contacts(actor: Actor) -> ColumnElement[bool]:
    """Contacts with those somebody looks after, coordinators all; never a participant's own."""
    if Role.COORDINATOR in actor.roles:
        theirs: ColumnElement[bool] = true()
    elif actor.roles & ASSIGNED_ROLES:
        theirs = Contact.participant_id.in_(sorted(actor.caseload))
    else:
        theirs = false()
    return and_(in_program(actor, Contact.program_id), theirs)


def own_contacts(actor: Actor) -> ColumnElement[bool]:
    """Of those, what the actor may correct and has to come back to: what they wrote, coordinators all."""
    mine = true() if Role.COORDINATOR in actor.roles else Contact.account_id == actor.account_id
    return and_(contacts(actor), mine)


def goals(actor: Actor) -> ColumnElement[bool]:
    """Goals of visible participants, their own included."""
    return and_(in_program(actor, Goal.program_id), _people(actor, Goal.participant_id))


def notices(actor: Actor) -> ColumnElement[bool]:
    """Notices the actor may read and close: told to them alone, or for whoever takes care of such things."""
    staff = actor.roles & ASSIGNED_ROLES
    if Role.COORDINATOR not in actor.roles and not staff:
        return false()
    ways = [Notice.to_account_id == actor.account_id]
    if Role.COORDINATOR in actor.roles:
        ways.append(Notice.to_account_id.is_(None))
    else:
        theirs = Notice.participant_id.in_(sorted(actor.caseload))
        ways.append(and_(Notice.to_account_id.is_(None), Notice.kind.in_(FOR_TEAM), theirs))
    return and_(in_program(actor, Notice.program_id), or_(*ways))


def absences(actor: Actor) -> ColumnElement[bool]:
    """Times at which a visible person can't work, their own included."""
    return and_(in_program(actor, Busy.program_id), _people(actor, Busy.participant_id))


def words_about(actor: Actor) -> ColumnElement[bool]:
    """Feedback joined with its occasion: what others wrote about visible people, themselves included."""
    return and_(in_program(actor, Feedback.program_id), _people(actor, Occasion.participant_id))


def own_notices(actor: Actor) -> ColumnElement[bool]:
    """What a participant told somebody themself."""
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    mine = and_(Notice.participant_id == actor.participant_id, Notice.from_account_id == actor.account_id)
    return and_(in_program(actor, Notice.program_id), mine)


def incidents(actor: Actor) -> ColumnElement[bool]:
    """Accidents of those somebody looks after, coordinators all; never a participant's own view."""
    if Role.COORDINATOR in actor.roles:
        theirs: ColumnElement[bool] = true()
    elif actor.roles & ASSIGNED_ROLES:
        theirs = Incident.participant_id.in_(sorted(actor.caseload))
    else:
        theirs = false()
    return and_(in_program(actor, Incident.program_id), theirs)


def reports(actor: Actor) -> ColumnElement[bool]:
    """Reports about visible people, and what is released to a supervisor's shops."""
    ways = [_people(actor, Report.participant_id)]
    if Role.SUPERVISOR in actor.roles:
        ways.append(_released_to(actor))
    return and_(in_program(actor, Report.program_id), or_(*ways))


def shop_reports(actor: Actor) -> ColumnElement[bool]:
    """Of those, what is released to a supervisor's shops."""
    if Role.SUPERVISOR not in actor.roles:
        return false()
    return and_(in_program(actor, Report.program_id), _released_to(actor))


def jobs(actor: Actor) -> ColumnElement[bool]:
    """The outbox of the program, for its admins."""
    if Role.ADMIN not in actor.roles or actor.program_id is None:
        return false()
    return Job.program_id == actor.program_id


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


def _people(actor: Actor, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    if Role.COORDINATOR in actor.roles:
        return true()
    seen: set[int] = set()
    if actor.roles & ASSIGNED_ROLES:
        seen |= actor.caseload
    if Role.PARTICIPANT in actor.roles and actor.participant_id is not None:
        seen.add(actor.participant_id)
    return column.in_(sorted(seen)) if seen else false()


def _private_people(actor: Actor) -> set[int]:
    people = set(actor.caseload) if Role.THERAPIST in actor.roles else set()
    if Role.PARTICIPANT in actor.roles and actor.participant_id is not None:
        people.add(actor.participant_id)
    return people
