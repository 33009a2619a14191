"""Reminders of what happens to people: milestones, proposals, ends; and the coordinator's week."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from placement.domain import reminders
from placement.domain.jobs import JobKind
from placement.domain.mails import MailKind
from placement.domain.placements import PlacementState
from placement.domain.roles import Role
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.programs.program import Program
from placement.models.progress.milestone import Milestone
from placement.queries.mails.due_mail import DueMail
from placement.queries.mails.shops import shop_raters

RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)
_A_WEEK = timedelta(days=7)


def milestones(db: Session, now: datetime, programs: Collection[int]) -> list[DueMail]:
    """Participants who reached something their page has not shown them yet."""
    rows = db.execute(
        select(
            Milestone.program_id, Milestone.participant_id, Milestone.created_at, Account.id, Account.mails_off,
            Program.zone,
        )
        .join(Participant, Participant.id == Milestone.participant_id)
        .join(Account, Account.id == Participant.account_id)
        .join(Program, Program.id == Milestone.program_id)
        .where(
            Milestone.program_id.in_(programs),
            Milestone.created_at > now - _A_WEEK,
            Milestone.reached_on >= (now - 2 * _A_WEEK).date(),
            Milestone.withdrawn_at.is_(None),
            Milestone.seen_at.is_(None),
            Participant.archived_at.is_(None),
            Account.archived_at.is_(None),
        )
        .order_by(Milestone.created_at, Milestone.id)
    )  # fmt: skip
    found = {}
    for program_id, participant_id, stored_at, account, mails_off, zone in rows:
        day, window = reminders.milestone_told(stored_at, zone)
        if window.is_open(now) and MailKind.MILESTONE not in mails_off:
            refs = {"participant": participant_id, "account": account}
            once = f"milestone:{participant_id}:{day}"
            found[once] = DueMail(JobKind.MAIL_MILESTONE, program_id, refs, once)
    return list(found.values())


def proposals(db: Session, now: datetime, programs: Collection[int]) -> list[DueMail]:
    """Proposals that wait: for the participant's word, and after their yes for the shop's."""
    since = (
        select(func.max(PlacementMove.at))
        .where(PlacementMove.placement_id == Placement.id, PlacementMove.to_state == Placement.state)
        .scalar_subquery()
    )
    rows = db.execute(
        select(
            Placement.id, Placement.program_id, Placement.state, Placement.answer, Opening.site_id, Site.zone,
            func.coalesce(since, Placement.created_at).label("since"), Account.id.label("account"), Account.mails_off,
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .outerjoin(Account, (Account.id == Participant.account_id) & Account.archived_at.is_(None))
        .where(
            Placement.program_id.in_(programs),
            Placement.state.in_((PlacementState.PROPOSED, PlacementState.OFFERED)),
            Participant.archived_at.is_(None),
        )
        .order_by(Placement.id)
    ).all()  # fmt: skip
    waiting = [row for row in rows if reminders.proposal_waiting(row.since, row.zone).is_open(now)]
    own = [
        DueMail(
            JobKind.MAIL_PROPOSAL_WAITING, row.program_id, {"placement": row.id, "account": row.account},
            f"proposal:{row.id}",
        )
        for row in waiting
        if row.state is PlacementState.PROPOSED and row.answer is None and row.account is not None
        and MailKind.PROPOSAL_WAITING not in row.mails_off
    ]  # fmt: skip
    return own + _offers(db, now, [row for row in waiting if row.state is PlacementState.OFFERED])


def _offers(db: Session, now: datetime, offered: list[Any]) -> list[DueMail]:
    """To supervisors with an account: who has none is asked by the coordinator."""
    raters = shop_raters(db, {row.site_id for row in offered}, (), now) if offered else []
    return [
        DueMail(
            JobKind.MAIL_PROPOSAL_WAITING, row.program_id, {"placement": row.id, "rater": rater.rater_id},
            f"proposal_shop:{row.id}:{rater.rater_id}",
        )
        for row in offered
        for rater in raters
        if rater.rates(row.site_id, row.id, now.date()) and rater.wants(MailKind.PROPOSAL_WAITING)
    ]  # fmt: skip


def endings(db: Session, now: datetime, programs: Collection[int]) -> list[DueMail]:
    """Placements that end in two weeks, for the participant and those who look after them today."""
    rows = db.execute(
        select(
            Placement.id, Placement.program_id, Placement.participant_id, Placement.first_day, Placement.last_day,
            Site.zone, Participant.account_id,
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .where(
            Placement.program_id.in_(programs),
            Placement.state.in_(RUNNING),
            Placement.last_day.between(now.date() - timedelta(days=1), now.date() + timedelta(days=16)),
            Participant.archived_at.is_(None),
        )
        .order_by(Placement.id)
    ).all()  # fmt: skip
    due = [row for row in rows if reminders.placement_ending(row.first_day, row.last_day, row.zone).is_open(now)]
    readers = _readers(db, now, {row.participant_id for row in due}) if due else {}
    return [
        DueMail(
            JobKind.MAIL_PLACEMENT_ENDING, row.program_id, {"placement": row.id, "account": account},
            # An end that is moved is told again.
            f"placement_ending:{row.id}:{row.last_day}:{account}",
        )
        for row in due
        for account in readers.get(row.participant_id, ())
    ]  # fmt: skip


def _readers(db: Session, now: datetime, people: Collection[int]) -> dict[int, list[int]]:
    """Participant → accounts that read of their placement's end: their own, and those of who looks after them."""
    own = select(Participant.id, Account.id, Account.mails_off).join(Account, Account.id == Participant.account_id)
    today = now.date()
    staff = (
        select(Assignment.participant_id, Account.id, Account.mails_off)
        .join(Account, Account.id == Assignment.account_id)
        .where(
            Assignment.participant_id.in_(people),
            Assignment.first_day <= today,
            (Assignment.last_day.is_(None)) | (Assignment.last_day >= today),
            _is_member(Assignment.program_id, (Role.THERAPIST, Role.COACH)),
        )
    )
    found: dict[int, list[int]] = {}
    for statement in (own.where(Participant.id.in_(people)), staff):
        for person, account, mails_off in db.execute(statement.where(Account.archived_at.is_(None))):
            if MailKind.PLACEMENT_ENDING not in mails_off and account not in found.setdefault(person, []):
                found[person].append(account)
    return found


def digests(db: Session, now: datetime, programs: Collection[int]) -> list[DueMail]:
    """Coordinators whose week begins."""
    rows = db.execute(
        select(Membership.program_id, Account.id, Account.mails_off, Account.zone, Program.zone)
        .join(Account, Account.id == Membership.account_id)
        .join(Program, Program.id == Membership.program_id)
        .where(
            Membership.program_id.in_(programs),
            Membership.role == Role.COORDINATOR,
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
        )
        .order_by(Membership.id)
    )
    found = []
    for program_id, account, mails_off, own_zone, zone in rows:
        monday, window = reminders.digest_of(now, own_zone or zone)
        if window.is_open(now) and MailKind.WEEKLY_DIGEST not in mails_off:
            once = f"digest:{program_id}:{account}:{monday}"
            found.append(DueMail(JobKind.MAIL_WEEKLY_DIGEST, program_id, {"account": account}, once))
    return found


def _is_member(program: Any, roles: Collection[Role]) -> Any:
    """Still in the program, in one of these roles."""
    return exists().where(
        Membership.account_id == Account.id,
        Membership.program_id == program,
        Membership.role.in_(roles),
        Membership.archived_at.is_(None),
    )
