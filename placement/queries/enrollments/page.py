"""Somebody's way through the program, with everything funders ask: for those who may see the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.domain.enrollments import (
    FOLLOW_UPS,
    RUNNING_OUT,
    Delivered,
    ListKind,
    Reached,
    Stage,
    Unit,
    follow_up_quarter,
    stage_of,
)
from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.domain.quarters import Quarter
from placement.models.enrollments.enrollment import Approval, Employment, Enrollment, FollowUp
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.enrollments.choices import EntryRow, list_entries, offered

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """What a funder approved and what was delivered; ``used`` in basis points."""

    public_id: str
    version: int
    funder: str
    reference: str
    unit: Unit
    units: float
    first_day: date
    last_day: date
    given: Delivered
    used: int

    @property
    def left(self) -> float:
        """Units left; less than zero when more was delivered than approved."""
        return self.units - self.given.units(self.unit)

    def runs_out(self, today: date) -> bool:
        return self.used >= RUNNING_OUT and self.first_day <= today <= self.last_day


@dataclass(frozen=True, slots=True)
class EmploymentRow:
    """A job; None: unknown."""

    public_id: str
    version: int
    employer: str
    title: str
    started_on: date
    ended_on: date | None
    hours_week: float | None
    wage_hour: float | None
    four_hours: bool | None
    subsidised: bool | None
    integrated: bool | None
    seasonal: bool | None
    prevailing_wage: bool | None
    same_site: bool | None


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One of the four after an exit; ``version`` 0 and no ``reached``: still to be made, from its first day on."""

    number: int
    quarter: Quarter
    version: int = 0
    asked_on: date | None = None
    reached: Reached | None = None
    employed: bool | None = None
    earnings: float | None = None

    def due(self, today: date) -> bool:
        return self.reached is None and self.quarter.first <= today


@dataclass(frozen=True, slots=True)
class EnrollmentCard:
    """One time somebody was referred. ``chosen``: field → entry of a list; a field without one is unknown."""

    public_id: str
    version: int
    stage: Stage
    referred_on: date
    referred_by: str
    reason: str
    own_goals: str
    urgent: bool
    entered_on: date | None
    exited_on: date | None
    job_offer: bool | None
    chosen: Mapping[str, EntryRow]
    approvals: tuple[ApprovalRow, ...]
    jobs: tuple[EmploymentRow, ...]
    follow_ups: tuple[FollowUpRow, ...]

    def words(self, field: str) -> Mapping[str, str] | None:
        """The name of what was chosen; None: unknown."""
        return self.chosen[field].name if field in self.chosen else None

    def public(self, field: str) -> str:
        return self.chosen[field].public_id if field in self.chosen else ""


@dataclass(frozen=True, slots=True)
class EnrollmentPage:
    """``cards``: the latest first. ``entries``: all of the program's lists."""

    participant_id: int
    participant: str
    name: str
    archived: bool
    own: bool
    emergency: str
    cards: tuple[EnrollmentCard, ...]
    entries: Mapping[int, EntryRow]

    @property
    def open(self) -> EnrollmentCard | None:
        return next((card for card in self.cards if card.stage is not Stage.LEFT), None)

    def card(self, public_id: str) -> EnrollmentCard:
        """Raises NotFound for an enrollment that is not theirs."""
        return _found(self.cards, lambda card: card.public_id == public_id)

    def approval(self, public_id: str) -> ApprovalRow:
        """Raises NotFound for an approval that is not theirs."""
        return _found((row for card in self.cards for row in card.approvals), lambda row: row.public_id == public_id)

    def job(self, public_id: str) -> EmploymentRow:
        """Raises NotFound for a job that is not theirs."""
        return _found((row for card in self.cards for row in card.jobs), lambda row: row.public_id == public_id)

    def offered(self, kind: ListKind, chosen: str = "") -> Any:
        return offered(self.entries, kind, chosen)


def enrollment_page(db: Session, actor: Actor, participant: str) -> EnrollmentPage:
    """In six statements. Raises NotFound for somebody out of sight."""
    return _page(db, actor, Participant.public_id == participant)


def own_enrollments(db: Session, actor: Actor) -> EnrollmentPage:
    """The participant's own. Raises NotFound for whoever has no record."""
    return _page(db, actor, Participant.id == (actor.participant_id or 0))


def page_of(
    db: Session, actor: Actor, model: type[Enrollment | Approval | Employment], public_id: str
) -> EnrollmentPage:
    """The page of whose enrollment, approval or job it is. Raises NotFound."""
    condition = {Enrollment: scope.enrollments, Approval: scope.approvals, Employment: scope.employments}[model](actor)
    whose = exists().where(model.participant_id == Participant.id, model.public_id == public_id, condition)
    return _page(db, actor, whose)


def page_of_enrollment(db: Session, actor: Actor, public_id: str) -> EnrollmentPage:
    return page_of(db, actor, Enrollment, public_id)


def page_of_approval(db: Session, actor: Actor, public_id: str) -> EnrollmentPage:
    return page_of(db, actor, Approval, public_id)


def page_of_employment(db: Session, actor: Actor, public_id: str) -> EnrollmentPage:
    return page_of(db, actor, Employment, public_id)


def _found(rows: Iterable[T], fits: Callable[[T], bool]) -> T:
    for row in rows:
        if fits(row):
            return row
    raise NotFound


def _page(db: Session, actor: Actor, whose: Any) -> EnrollmentPage:
    person = db.execute(
        select(
            Participant.id, Participant.public_id, Participant.program_id, Participant.preferred_name,
            Participant.family_name, Participant.archived_at, Participant.emergency_name, Participant.emergency_phone,
        ).where(scope.participants(actor), whose)
    ).one_or_none()  # fmt: skip
    if person is None:
        raise NotFound
    ensure(actor, Permission.ENROLLMENT_SEE, Facts(person.program_id, person.id))
    entries = list_entries(db, actor)
    approvals, jobs, made = _approvals(db, person.id), _jobs(db, person.id), _follow_ups(db, person.id)
    rows = db.scalars(
        select(Enrollment)
        .where(Enrollment.participant_id == person.id)
        .order_by(Enrollment.referred_on.desc(), Enrollment.id.desc())
    )
    return EnrollmentPage(
        participant_id=person.id,
        participant=person.public_id,
        name=full_name(person.preferred_name, person.family_name),
        archived=person.archived_at is not None,
        own=person.id == actor.participant_id,
        emergency=" ".join(part for part in (person.emergency_name, person.emergency_phone) if part),
        cards=tuple(_card(row, entries, approvals[row.id], jobs[row.id], made[row.id]) for row in rows),
        entries=entries,
    )


_CHOSEN = ("source", "work_in", "benefit_in", "insurance_in", "exit_reason", "work_out", "benefit_out", "insurance_out")


def _card(
    row: Enrollment,
    entries: Mapping[int, EntryRow],
    approvals: list[ApprovalRow],
    jobs: list[EmploymentRow],
    made: Mapping[int, FollowUp],
) -> EnrollmentCard:
    keys = {field: getattr(row, f"{field}_id") for field in _CHOSEN}
    return EnrollmentCard(
        public_id=row.public_id,
        version=row.version,
        stage=stage_of(row.entered_on, row.exited_on),
        referred_on=row.referred_on,
        referred_by=row.referred_by,
        reason=row.reason,
        own_goals=row.own_goals,
        urgent=row.later == 0,
        entered_on=row.entered_on,
        exited_on=row.exited_on,
        job_offer=row.job_offer,
        chosen={field: entries[key] for field, key in keys.items() if key in entries},
        approvals=tuple(approvals),
        jobs=tuple(jobs),
        follow_ups=() if row.exited_on is None else tuple(_follow_up(row.exited_on, n, made) for n in FOLLOW_UPS),
    )


def _follow_up(exited_on: date, number: int, made: Mapping[int, FollowUp]) -> FollowUpRow:
    quarter, row = follow_up_quarter(exited_on, number), made.get(number)
    if row is None:
        return FollowUpRow(number, quarter)
    return FollowUpRow(number, quarter, row.version, row.asked_on, row.reached, row.employed, row.earnings)


def _approvals(db: Session, person_id: int) -> Mapping[int, list[ApprovalRow]]:
    found: dict[int, list[ApprovalRow]] = defaultdict(list)
    rows = db.scalars(
        select(Approval)
        .where(Approval.participant_id == person_id, Approval.archived_at.is_(None))
        .order_by(Approval.first_day.desc(), Approval.id.desc())
    )
    for row in rows:
        found[row.enrollment_id].append(
            ApprovalRow(
                row.public_id, row.version, row.funder, row.reference, row.unit, row.units, row.first_day,
                row.last_day, Delivered(row.given_minutes, row.given_days), row.used,
            )
        )  # fmt: skip
    return found


def _jobs(db: Session, person_id: int) -> Mapping[int, list[EmploymentRow]]:
    found: dict[int, list[EmploymentRow]] = defaultdict(list)
    names = tuple(EmploymentRow.__dataclass_fields__)
    rows = db.scalars(
        select(Employment)
        .where(Employment.participant_id == person_id, Employment.archived_at.is_(None))
        .order_by(Employment.started_on.desc(), Employment.id.desc())
    )
    for row in rows:
        found[row.enrollment_id].append(EmploymentRow(*(getattr(row, name) for name in names)))
    return found


def _follow_ups(db: Session, person_id: int) -> Mapping[int, Mapping[int, FollowUp]]:
    """By enrollment and number."""
    made: dict[int, dict[int, FollowUp]] = defaultdict(dict)
    for row in db.scalars(select(FollowUp).where(FollowUp.participant_id == person_id)):
        made[row.enrollment_id][row.number] = row
    return made
