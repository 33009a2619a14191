"""What the demo commands look up: ids behind the names of an invented program, and who can sign in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.models.accounts.account import Account, Membership
from placement.models.feedback.rater import Rater
from placement.models.matching.run import MatchRun
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.program import Program
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """``role``: the roles joined, or "site admin"."""

    role: str
    program: str
    email: str
    name: str


def is_empty(db: Session) -> bool:
    """Whether nothing has been loaded yet."""
    return db.scalar(select(func.count()).select_from(Program)) == 0


def rater_ids(db: Session, program: str) -> Mapping[str, int]:
    """E-mail address → rater, for a program by public id."""
    rows = db.execute(
        select(Account.email, Rater.id)
        .join(Rater, Rater.account_id == Account.id)
        .join(Program, Program.id == Rater.program_id)
        .where(Program.public_id == program)
    )
    return dict(rows.all())


def shift_ids(db: Session, placement: str) -> Mapping[date, str]:
    """Day → public id of the shift, for a placement by public id."""
    rows = db.execute(
        select(Shift.day, Occasion.public_id)
        .join(Occasion, Occasion.id == Shift.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .where(Placement.public_id == placement)
    )
    return dict(rows.all())


def placements_of(db: Session, run: str) -> Mapping[str, str]:
    """Participant → placement of a confirmed run, all by public id."""
    rows = db.execute(
        select(Participant.public_id, Placement.public_id)
        .join(Placement, Placement.participant_id == Participant.id)
        .join(MatchRun, MatchRun.id == Placement.run_id)
        .where(MatchRun.public_id == run)
        .order_by(Participant.id)
    )
    return dict(rows.all())


def version_of(db: Session, placement: str) -> int:
    """The version of a placement, for the next move."""
    return db.scalars(select(Placement.version).where(Placement.public_id == placement)).one()


def demo_accounts(db: Session) -> list[DemoAccount]:
    """Everybody, by program and role."""
    rows = db.execute(
        select(Account.email, Account.name, Account.runs_site, Program.name, Membership.role)
        .outerjoin(Membership, Membership.account_id == Account.id)
        .outerjoin(Program, Program.id == Membership.program_id)
        .where(Account.archived_at.is_(None))
        .order_by(Program.id, Membership.role, Account.id)
    )
    return [
        DemoAccount("site admin" if runs_site else str(role), program or "", email, name)
        for email, name, runs_site, program, role in rows
    ]
