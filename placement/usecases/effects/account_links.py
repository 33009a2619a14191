"""What an account is connected with in a program: the participant's record, the shops of a supervisor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.roles import Role
from placement.domain.words import say
from placement.models.accounts.account import Account, Membership
from placement.models.employers.employer import Site, SiteSupervisor
from placement.models.participants.participant import Participant
from placement.models.programs.program import Program
from placement.usecases.effects.raters import ensure_rater
from placement.usecases.transaction import Work


def link_record(session: Session, program_id: int, account: Account, participant: str) -> int:
    """Connect an account with a participant's record, by its public id; returns the record's id.

    An earlier record of this account in the program is let go. Raises NotFound, or Refused if the record belongs
    to another live account.
    """
    row = session.scalar(
        select(Participant).where(
            Participant.program_id == program_id,
            Participant.public_id == participant,
            Participant.archived_at.is_(None),
        )
    )
    if row is None:
        raise NotFound
    if row.account_id == account.id:
        return row.id
    if row.account_id is not None and _uses(session, program_id, row.account_id):
        raise Refused(say("This participant already has an account."), "participant")
    unlink_record(session, program_id, account.id)
    row.account_id = account.id
    session.flush()
    return row.id


def unlink_record(session: Session, program_id: int, account_id: int) -> None:
    """Let go of the record an account was connected with."""
    for row in session.scalars(
        select(Participant).where(Participant.program_id == program_id, Participant.account_id == account_id)
    ):
        row.account_id = None
    session.flush()


def _uses(session: Session, program_id: int, account_id: int) -> bool:
    """Whether somebody signs in with this account as a participant."""
    return (
        session.scalar(
            select(Membership.id)
            .join(Account, Account.id == Membership.account_id)
            .where(
                Membership.program_id == program_id,
                Membership.account_id == account_id,
                Membership.role == Role.PARTICIPANT,
                Membership.archived_at.is_(None),
                Account.archived_at.is_(None),
            )
        )
        is not None
    )


def add_sites(session: Session, work: Work, program_id: int, account: Account, sites: Iterable[str]) -> None:
    """Let a supervisor see and rate the shifts at these shops (public ids) from today. Raises NotFound."""
    rater = ensure_rater(session, work, program_id, account.id, Role.SUPERVISOR, account.name)
    if rater is None:
        raise NotFound
    today = program_today(session, work, program_id)
    for public_id in sites:
        site_id = site_of(session, program_id, public_id)
        row = session.get(SiteSupervisor, (site_id, rater.id))
        if row is None:
            session.add(SiteSupervisor(program_id=program_id, site_id=site_id, rater_id=rater.id, first_day=today))
        elif row.last_day is not None:
            row.last_day = None
    session.flush()


def program_today(session: Session, work: Work, program_id: int) -> date:
    """The day it is in the program's zone."""
    zone = session.scalar(select(Program.zone).where(Program.id == program_id))
    return work.clock().astimezone(ZoneInfo(zone or "UTC")).date()


def site_of(session: Session, program_id: int, public_id: str) -> int:
    """The id of a live shop of the program. Raises NotFound."""
    found = session.scalar(
        select(Site.id).where(Site.program_id == program_id, Site.public_id == public_id, Site.archived_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found
