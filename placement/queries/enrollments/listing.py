"""The waiting list, who is in the program, and who left: pages by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.enrollments import Stage
from placement.domain.profiles import full_name
from placement.domain.text import fold
from placement.models.enrollments.enrollment import Enrollment, ListEntry
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import SIZE, Page, fetch_page, starts_with


@dataclass(frozen=True, slots=True)
class EnrollmentRow:
    """A line of the list. ``since``: referred, entered or left, by the list. ``number``: the place in the order."""

    participant: str
    name: str
    since: date
    source: dict[str, str] | None
    urgent: bool
    follow_up_on: date | None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class EnrollmentFilter:
    """``stage``: which list."""

    stage: Stage = Stage.WAITING
    search: str = ""
    cursor: str | None = None


def enrollment_list(db: Session, actor: Actor, wanted: EnrollmentFilter, size: int = SIZE) -> Page[EnrollmentRow]:
    """One page, in at most two statements. Who waits stands in order: the urgent first, then by age."""
    ensure(actor, Permission.ENROLLMENT_LIST, Facts(actor.program))
    name: Any = Participant.sort_key
    folded = fold(wanted.search)
    since = {
        Stage.WAITING: Enrollment.referred_on,
        Stage.ENTERED: Enrollment.entered_on,
        Stage.LEFT: Enrollment.exited_on,
    }
    day: Any = since[wanted.stage]
    statement = (
        select(
            Participant.public_id, Participant.preferred_name, Participant.family_name, day.label("since"),
            ListEntry.name, Enrollment.later, Enrollment.follow_up_on,
        )
        .join(Participant, Participant.id == Enrollment.participant_id)
        .outerjoin(ListEntry, ListEntry.id == Enrollment.source_id)
        .where(scope.enrollments(actor), Participant.archived_at.is_(None), _stage(wanted.stage))
    )  # fmt: skip
    if folded:
        statement = statement.where(or_(starts_with(name, folded), name.contains(" " + folded, autoescape=True)))
    keys: list[Any] = [Enrollment.later] if wanted.stage is Stage.WAITING else []
    keys += [day, Enrollment.id]
    page: Page[Any] = fetch_page(
        db, statement, keys, wanted.cursor, descending=wanted.stage is not Stage.WAITING, size=size
    )
    numbered = wanted.stage is Stage.WAITING and not folded and page.rows
    before = _ahead(db, actor, page.rows[0]) if numbered else 0
    rows = [
        EnrollmentRow(
            row[0], full_name(row[1], row[2]), row[3], row[4], row[5] == 0, row[6],
            before + at if numbered else None,
        )
        for at, row in enumerate(page.rows, start=1)
    ]  # fmt: skip
    return Page(rows, page.next, page.previous)


def _stage(stage: Stage) -> ColumnElement[bool]:
    match stage:
        case Stage.WAITING:
            return and_(Enrollment.entered_on.is_(None), Enrollment.exited_on.is_(None))
        case Stage.ENTERED:
            return and_(Enrollment.entered_on.is_not(None), Enrollment.exited_on.is_(None))
    return Enrollment.exited_on.is_not(None)


def _ahead(db: Session, actor: Actor, row: Any) -> int:
    """How many stand before the first row of a page."""
    later, day, key = tuple(row)[-3:]
    before = or_(
        Enrollment.later < later,
        and_(Enrollment.later == later, Enrollment.referred_on < day),
        and_(Enrollment.later == later, Enrollment.referred_on == day, Enrollment.id < key),
    )
    found = (
        select(func.count())
        .select_from(Enrollment)
        .join(Participant, Participant.id == Enrollment.participant_id)
        .where(scope.enrollments(actor), Participant.archived_at.is_(None), _stage(Stage.WAITING), before)
    )
    return db.scalar(found) or 0
