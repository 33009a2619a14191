"""What a participant told somebody, and whom they can tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Exists, and_, exists, or_, select
from sqlalchemy.orm import Session

from placement.domain.notices import TO_ONE, NoticeKind
from placement.domain.placements import PlacementState
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.notices.notice import Notice
from placement.models.placements.placement import Placement
from placement.models.system.log import AccessLog
from placement.policy.actor import Actor
from placement.queries import scope

#: Whoever was shown this page has read everything the participant had told them until then.
TOLD_PAGE = "notices.told"
MOST_SENT = 100
RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)


@dataclass(frozen=True, slots=True)
class Sent:
    """``to``: the name of whom they chose. ``read``, ``done_at``: how far it is."""

    public_id: str
    kind: NoticeKind
    at: datetime
    to: str
    text: str
    feeling: int | None
    employer: str
    read: bool
    done_at: datetime | None

    @property
    def can_take_back(self) -> bool:
        """Nobody has read it."""
        return not self.read and self.done_at is None


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody outside the shop who can be told; ``roles`` in the program."""

    public_id: str
    account_id: int
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Place:
    """A placement that runs."""

    public_id: str
    employer: str
    site: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What the form offers. ``chosen``: the public id of whom they told last, if they can still be told."""

    listeners: tuple[Listener, ...]
    places: tuple[Place, ...]
    chosen: str


def sent(db: Session, actor: Actor) -> tuple[Sent, ...]:
    """What the participant who asks told somebody, newest first; one statement."""
    rows = db.execute(
        select(
            Notice.public_id, Notice.kind, Notice.created_at, Account.name, Notice.text, Notice.feeling,
            Employer.name.label("employer"), is_read().label("read"), Notice.done_at,
        )
        .join(Account, Account.id == Notice.to_account_id)
        .outerjoin(Placement, Placement.id == Notice.placement_id)
        .outerjoin(Opening, Opening.id == Placement.opening_id)
        .outerjoin(Site, Site.id == Opening.site_id)
        .outerjoin(Employer, Employer.id == Site.employer_id)
        .where(scope.own_notices(actor), Notice.kind.in_(TO_ONE))
        .order_by(Notice.id.desc())
        .limit(MOST_SENT)
    )  # fmt: skip
    return tuple(Sent(*row[:6], row.employer or "", row.read, row.done_at) for row in rows)


def telling(db: Session, actor: Actor, today: date) -> Telling:
    """What a participant chooses from when they tell somebody, in three statements."""
    people = listeners(db, actor, today)
    last = db.scalar(
        select(Account.public_id)
        .join(Notice, Notice.to_account_id == Account.id)
        .where(scope.own_notices(actor), Notice.kind.in_(TO_ONE))
        .order_by(Notice.id.desc())
        .limit(1)
    )
    found = db.execute(
        select(Placement.public_id, Employer.name, Site.name)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.placements(actor),
            Placement.participant_id == actor.participant_id,
            Placement.state.in_(RUNNING),
        )
        .order_by(Placement.first_day, Placement.id)
    )
    chosen = last if last in {one.public_id for one in people} else ""
    return Telling(people, tuple(Place(*row) for row in found), chosen or "")


def listeners(db: Session, actor: Actor, today: date, participant_id: int | None = None) -> tuple[Listener, ...]:
    """Coordinators of the program, and therapists and coaches who look after the participant today.

    ``participant_id`` None: the participant who asks. Never anybody who supervises a shop. One statement.
    """
    looks_after = exists().where(
        Assignment.account_id == Membership.account_id,
        Assignment.participant_id == (participant_id or actor.participant_id),
        Assignment.first_day <= today,
        or_(Assignment.last_day.is_(None), Assignment.last_day >= today),
    )
    rows = db.execute(
        select(Account.public_id, Account.id, Account.name, Membership.role)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            scope.in_program(actor, Membership.program_id),
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
            or_(
                Membership.role == Role.COORDINATOR,
                and_(Membership.role.in_(sorted(ASSIGNED_ROLES)), looks_after),
            ),
            ~_supervises(),
        )
        .order_by(Account.name, Account.id)
    ).all()
    return tuple(_together(rows))


def _supervises() -> Exists:
    other = Membership.__table__.alias("other")
    return (
        exists()
        .select_from(other)
        .where(
            other.c.account_id == Membership.account_id,
            other.c.program_id == Membership.program_id,
            other.c.role == Role.SUPERVISOR,
            other.c.archived_at.is_(None),
        )
    )


def _together(rows: Collection[Any]) -> Iterable[Listener]:
    """One line a person, those who look after the participant before coordinators who do so for everybody."""
    roles: dict[int, set[Role]] = {}
    for row in rows:
        roles.setdefault(row.id, set()).add(row.role)
    once = {row.id: Listener(row.public_id, row.id, row.name, frozenset(roles[row.id])) for row in rows}
    return sorted(once.values(), key=lambda one: not one.roles & ASSIGNED_ROLES)


def is_read() -> Exists:
    """Whether the person a notice was told to has opened it since; a condition on ``Notice``."""
    return exists().where(
        AccessLog.participant_id == Notice.participant_id,
        AccessLog.account_id == Notice.to_account_id,
        AccessLog.page == TOLD_PAGE,
        AccessLog.at >= Notice.created_at,
    )
