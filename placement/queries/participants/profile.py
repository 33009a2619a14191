"""A person's record as each of its readers may see it: one type for staff, one for the participant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.participants import ParticipantStatus, TravelMode
from placement.domain.profiles import full_name
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.participants import parts
from placement.queries.scope import participants


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What staff and participant both see. ``week`` is a mask (``domain.week``), None: not asked yet."""

    id: int
    public_id: str
    version: int
    preferred_name: str
    family_name: str
    status: ParticipantStatus
    email: str
    phone: str
    emergency_name: str
    emergency_phone: str
    home_address: str
    lat: float | None
    lon: float | None
    travel_mode: TravelMode
    travel_limit_km: float | None
    travel_limit_minutes: int | None
    weekly_hours_limit: float | None
    week: int | None
    abilities: Sequence[parts.AbilityLine] = ()
    task_wishes: list[parts.TaskWishLine] = field(default_factory=list)
    employer_wishes: list[parts.EmployerWishLine] = field(default_factory=list)
    needs: list[parts.Words] = field(default_factory=list)
    placements: list[parts.PlacementLine] = field(default_factory=list)

    @property
    def name(self) -> str:
        return full_name(self.preferred_name, self.family_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffProfile(Common):
    archived: bool
    account_email: str | None
    abilities: Sequence[parts.StaffAbilityLine] = ()
    exclusions: list[parts.ExclusionLine]
    assignments: list[parts.AssignmentLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProfile(Common):
    """No exclusions and nobody's reasons; of assignments those of today."""

    looked_after_by: list[parts.AssignmentLine]


#: In the order of the fields of ``Common``, then what only staff sees.
COLUMNS = (
    Participant.id, Participant.public_id, Participant.version, Participant.preferred_name, Participant.family_name,
    Participant.status, Participant.email, Participant.phone, Participant.emergency_name, Participant.emergency_phone,
    Participant.home_address, Participant.lat, Participant.lon, Participant.travel_mode, Participant.travel_limit_km,
    Participant.travel_limit_minutes, Participant.weekly_hours_limit, Participant.availability.label("week"),
)  # fmt: skip


def staff_profile(db: Session, actor: Actor, public_id: str) -> StaffProfile:
    """The whole record, in six statements. Raises NotFound, and Forbidden for the participant's own eyes."""
    row = db.execute(
        select(*COLUMNS, Participant.archived_at, Account.email.label("account_email"))
        .outerjoin(Account, Account.id == Participant.account_id)
        .where(participants(actor), Participant.public_id == public_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    ensure(actor, Permission.PARTICIPANT_ABILITIES, Facts(actor.program, participant_id=row.id))
    tasks, needs = parts.task_wishes_and_needs(db, actor, row.id)
    employers, exclusions = parts.employer_opinions(db, row.id, exclusions=True)
    return StaffProfile(
        **_common(row),
        archived=row.archived_at is not None,
        account_email=row.account_email,
        abilities=parts.staff_abilities(db, actor, row.id),
        task_wishes=tasks,
        employer_wishes=employers,
        needs=needs,
        placements=parts.placements(db, row.id),
        exclusions=exclusions,
        assignments=parts.assignments(db, row.id),
    )


def own_profile(db: Session, actor: Actor, today: date) -> OwnProfile:
    """The actor's own record, in six statements. Raises NotFound for somebody who is no participant."""
    row = db.execute(select(*COLUMNS).where(participants(actor), Participant.id == actor.participant_id)).one_or_none()
    if row is None:
        raise NotFound
    tasks, needs = parts.task_wishes_and_needs(db, actor, row.id)
    employers, _never = parts.employer_opinions(db, row.id, exclusions=False)
    return OwnProfile(
        **_common(row),
        abilities=parts.abilities(db, actor, row.id),
        task_wishes=tasks,
        employer_wishes=employers,
        needs=needs,
        placements=parts.placements(db, row.id),
        looked_after_by=[line for line in parts.assignments(db, row.id) if line.runs(today)],
    )


def _common(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in COLUMNS}
