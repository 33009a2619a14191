"""What there was with an employer: talks, and who worked there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from placement.domain.employer_contacts import EmployerContactKind
from placement.domain.errors import NotFound
from placement.domain.placements import PlacementState
from placement.domain.profiles import full_name
from placement.models.accounts.account import Account
from placement.models.employers.contact import EmployerContact
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.progress.summary import PlacementSummary
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope

MOST_CONTACTS, MOST_STAYS = 60, 60
_WORKED = (PlacementState.ACTIVE, PlacementState.PAUSED, PlacementState.COMPLETED, PlacementState.ENDED_EARLY)


@dataclass(frozen=True, slots=True)
class ContactLine:
    """``waits``: the day to come back to it has no tick yet."""

    public_id: str
    day: date
    kind: EmployerContactKind
    note: str
    by: str
    follow_up_on: date | None
    not_now: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class StayLine:
    """A placement there, of somebody the reader sees; ``minutes`` worked so far."""

    placement: str
    name: str
    role: str
    site: str
    state: PlacementState
    first_day: date
    last_day: date | None
    minutes: int


@dataclass(frozen=True, slots=True)
class EmployerHistory:
    public_id: str
    name: str
    contact_name: str
    archived: bool
    contacts: tuple[ContactLine, ...]
    stays: tuple[StayLine, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """What an employer gave in a year: people, confirmed minutes and shifts."""

    people: int
    minutes: int
    shifts: int


def employer_history(db: Session, actor: Actor, public_id: str) -> EmployerHistory:
    """The latest first, in three statements. Raises NotFound, Forbidden."""
    row = _employer(db, actor, public_id)
    contacts = db.execute(
        select(EmployerContact, Account.name)
        .join(Account, Account.id == EmployerContact.by_account_id)
        .where(EmployerContact.employer_id == row.id, EmployerContact.archived_at.is_(None))
        .order_by(EmployerContact.day.desc(), EmployerContact.id.desc())
        .limit(MOST_CONTACTS)
    )
    stays = db.execute(
        select(
            Placement.public_id, Participant.preferred_name, Participant.family_name, Opening.role, Site.name,
            Placement.state, Placement.first_day, Placement.last_day, PlacementSummary.minutes_worked,
        )
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Participant, Participant.id == Placement.participant_id)
        .outerjoin(PlacementSummary, PlacementSummary.placement_id == Placement.id)
        .where(scope.placements(actor), Site.employer_id == row.id, Placement.state.in_(_WORKED))
        .order_by(Placement.first_day.desc(), Placement.id.desc())
        .limit(MOST_STAYS)
    )  # fmt: skip
    return EmployerHistory(
        row.public_id, row.name, row.contact_name, row.archived_at is not None,
        tuple(_contact(one, by) for one, by in contacts),
        tuple(
            StayLine(public, full_name(first, last), role, site, state, begin, end, minutes or 0)
            for public, first, last, role, site, state, begin, end, minutes in stays
        ),
    )  # fmt: skip


def employer_year(db: Session, actor: Actor, public_id: str, year: int) -> tuple[EmployerHistory, Year]:
    """For a letter of thanks: the employer without its history, and one year; two statements.

    Raises NotFound, Forbidden.
    """
    row = _employer(db, actor, public_id)
    ensure(actor, Permission.EMPLOYER_EDIT, Facts(row.program_id))
    people, minutes, shifts = db.execute(
        select(
            func.count(distinct(Occasion.participant_id)), func.coalesce(func.sum(Shift.minutes), 0),
            func.count(Shift.id),
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Site, Site.id == Shift.site_id)
        .where(
            Site.employer_id == row.id,
            Shift.day.between(date(year, 1, 1), date(year, 12, 31)),
            Shift.cancelled_at.is_(None),
            Shift.minutes > 0,
        )
    ).one()  # fmt: skip
    head = EmployerHistory(row.public_id, row.name, row.contact_name, row.archived_at is not None, (), ())
    return head, Year(people, int(minutes or 0), shifts)


def employer_of_contact(db: Session, actor: Actor, contact: str) -> str:
    """Public id of the employer a talk was with. Raises NotFound, Forbidden."""
    row = db.execute(
        select(Employer.public_id, Employer.program_id)
        .join(EmployerContact, EmployerContact.employer_id == Employer.id)
        .where(EmployerContact.public_id == contact, scope.in_program(actor, Employer.program_id))
    ).one_or_none()
    if row is None:
        raise NotFound
    ensure(actor, Permission.EMPLOYER_EDIT, Facts(row.program_id))
    return row.public_id


def _employer(db: Session, actor: Actor, public_id: str) -> Employer:
    row = db.scalar(
        select(Employer).where(Employer.public_id == public_id, scope.in_program(actor, Employer.program_id))
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.EMPLOYER_SEE, Facts(row.program_id))
    return row


def _contact(row: EmployerContact, by: str) -> ContactLine:
    waits = row.follow_up_on is not None and row.follow_up_done_at is None
    return ContactLine(row.public_id, row.day, row.kind, row.note, by, row.follow_up_on, row.not_now, waits)
