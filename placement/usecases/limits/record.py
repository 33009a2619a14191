"""Writing down what somebody may work, by whose word and until when. Never a cause."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date

from sqlalchemy import select

from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.limits.limits import WorkLimit
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import person_to_add_to
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

LONGEST_NAME, LONGEST_OTHER = 120, 200
_MOST = {"hours_day": 24, "hours_week": 60, "lift_kg": 100, "standing_minutes": 1440}


@dataclass(frozen=True, slots=True)
class LimitValues:
    """``given_by``: by whose word. None and False: no such limit. Hours, kilograms, minutes."""

    given_by: str
    valid_from: date
    valid_until: date | None = None
    cleared: bool = True
    hours_day: float | None = None
    hours_week: float | None = None
    lift_kg: int | None = None
    standing_minutes: int | None = None
    no_nights: bool = False
    no_noise: bool = False
    not_alone_at_till: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class AddLimit:
    """``participant``: public id. ``key``: made for every form that is shown, so that a double tap is one entry."""

    participant: str
    values: LimitValues
    key: str


_FIELDS = tuple(field.name for field in fields(LimitValues))


def add_limit(work: Work, actor: Actor, command: AddLimit) -> str:
    """Write it down; its public id. Raises NotFound, Forbidden, KeyReused and Refused with the field's name."""
    return again_if_taken(_add, work, actor, command)


def edit_limit(work: Work, actor: Actor, public_id: str, version: int, values: LimitValues) -> None:
    """Correct it. Raises NotFound, Forbidden, Stale (with the values now) and Refused with the field's name."""
    _check(values)
    with work.transaction() as session:
        row = session.scalar(
            select(WorkLimit)
            .where(WorkLimit.public_id == public_id, WorkLimit.archived_at.is_(None), scope.work_limits(actor))
            .with_for_update()
        )
        if row is None:
            raise NotFound
        ensure(actor, Permission.LIMIT_EDIT, Facts(row.program_id, row.participant_id))
        check_version(row, version, {name: getattr(row, name) for name in _FIELDS})
        changed = [name for name in _FIELDS if getattr(row, name) != getattr(values, name)]
        for name in changed:
            setattr(row, name, getattr(values, name))
        audit(
            session, work, actor, "limit.edit", "work_limit", row.id, participant_id=row.participant_id, fields=changed
        )


def remove_limit(work: Work, actor: Actor, public_id: str, removed: bool = True) -> None:
    """Take an entry back, or bring it back; what it was stays readable in the log's ids. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row = session.scalar(
            select(WorkLimit).where(WorkLimit.public_id == public_id, scope.work_limits(actor)).with_for_update()
        )
        if row is None:
            raise NotFound
        ensure(actor, Permission.LIMIT_EDIT, Facts(row.program_id, row.participant_id))
        if (row.archived_at is not None) is removed:
            return
        row.archived_at = work.clock() if removed else None
        row.version += 1
        verb = "limit.remove" if removed else "limit.bring_back"
        audit(session, work, actor, verb, "work_limit", row.id, participant_id=row.participant_id)


def _add(work: Work, actor: Actor, command: AddLimit) -> str:
    _check(command.values)
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["limit"])
        person = person_to_add_to(session, actor, command.participant, Permission.LIMIT_EDIT)
        row = WorkLimit(
            program_id=person.program_id, participant_id=person.id, by_account_id=actor.account_id,
            created_at=work.clock(), **asdict(command.values),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit(session, work, actor, "limit.add", "work_limit", row.id, participant_id=person.id)
        keep_answer(session, work, actor, command.key, body, {"limit": row.public_id})
        return row.public_id


def _check(values: LimitValues) -> None:
    if not 0 < len(values.given_by.strip()) <= LONGEST_NAME:
        raise Refused(say("Please say by whose word."), "given_by")
    if values.valid_until is not None and values.valid_until < values.valid_from:
        raise Refused(say("The last day must not be before the first."), "valid_until")
    for name, most in _MOST.items():
        value = getattr(values, name)
        if value is not None and not 0 < value <= most:
            raise Refused(say("Please enter a number up to %(most)s, or leave it empty.", most=most), name)
    if len(values.other) > LONGEST_OTHER:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_OTHER), "other")
