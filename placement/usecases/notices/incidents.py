"""Accidents and near misses: written down, completed, reported to the insurer, closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.incidents import LONGEST_REPORT, report_due
from placement.domain.words import say
from placement.models.notices.notice import Incident
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

#: How far back an accident can be written down.
BEFORE = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class IncidentValues:
    """``happened_at``: aware. ``told``: who was told. ``reported_on``: to the insurer, None: not yet."""

    happened_at: datetime
    what: str
    injury: str = ""
    first_aid: str = ""
    witness: str = ""
    told: str = ""
    note: str = ""
    reported_on: date | None = None

    @property
    def texts(self) -> Mapping[str, str]:
        """Field name → text without blanks around it."""
        names = ("what", "injury", "first_aid", "witness", "told", "note")
        return {name: getattr(self, name).strip() for name in names}


@dataclass(frozen=True, slots=True)
class AddIncident:
    """``participant``: public id. ``key``: made for every form that is shown."""

    participant: str
    key: str
    values: IncidentValues


@dataclass(frozen=True, slots=True)
class EditIncident:
    public_id: str
    version: int
    values: IncidentValues


def add_incident(work: Work, actor: Actor, command: AddIncident) -> str:
    """Write one down; its public id. Raises NotFound, Forbidden, KeyReused and Refused with the field's name."""
    return again_if_taken(_add, work, actor, command)


def _add(work: Work, actor: Actor, command: AddIncident) -> str:
    values = command.values
    body = asdict(command) | {"values": {**asdict(values), "happened_at": values.happened_at.isoformat()}}
    body["values"]["reported_on"] = str(values.reported_on)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["incident"])
        person = person_to_add_to(session, actor, command.participant, Permission.INCIDENT_ADD)
        _check(work, actor, values)
        row = Incident(
            program_id=person.program_id,
            participant_id=person.id,
            by_account_id=actor.account_id,
            created_at=work.clock(),
        )
        _write(actor, row, values)
        session.add(row)
        session.flush()
        audit(session, work, actor, "incident.add", "incident", row.id, participant_id=person.id)
        keep_answer(session, work, actor, command.key, body, {"incident": row.public_id})
        return row.public_id


def edit_incident(work: Work, actor: Actor, command: EditIncident) -> None:
    """Complete or correct it, and say when the insurer heard of it.

    Raises NotFound, Forbidden, Stale and Refused with the field's name.
    """
    with work.transaction() as session:
        row = _locked(session, actor, command.public_id)
        check_version(row, command.version, _current(row))
        if row.closed_at is not None:
            raise Refused(say("It is closed. Open it again before changing it."))
        _check(work, actor, command.values)
        before = _current(row)
        _write(actor, row, command.values)
        changed = sorted(name for name, value in _current(row).items() if before[name] != value)
        audit(session, work, actor, "incident.edit", "incident", row.id, fields=changed)


def close_incident(work: Work, actor: Actor, public_id: str, *, closed: bool = True) -> None:
    """Nothing is left to do; it can be opened again. Raises NotFound, Forbidden and Refused while it is unreported."""
    with work.transaction() as session:
        row = _locked(session, actor, public_id)
        if (row.closed_at is not None) == closed:
            return
        if closed and row.reported_on is None and not row.note:
            raise Refused(say("Please enter when the insurer heard of it, or note why it need not."), "reported_on")
        row.closed_at = work.clock() if closed else None
        row.version += 1
        audit(session, work, actor, "incident.close" if closed else "incident.reopen", "incident", row.id)


def _locked(session: Session, actor: Actor, public_id: str) -> Incident:
    row = session.scalar(
        select(Incident).where(Incident.public_id == public_id, scope.incidents(actor)).with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.INCIDENT_EDIT, Facts(row.program_id, row.participant_id))
    return row


def _check(work: Work, actor: Actor, values: IncidentValues) -> None:
    now, texts = work.clock(), values.texts
    if not texts["what"]:
        raise Refused(say("Please say in a few words what happened."), "what")
    for name, text in texts.items():
        if len(text) > LONGEST_REPORT:
            raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_REPORT), name)
    if values.happened_at > now:
        raise Refused(say("This time is still to come."), "time")
    if values.happened_at < now - BEFORE:
        raise Refused(say("Please check the day."), "day")
    if values.reported_on is not None and values.reported_on > actor.today(now):
        raise Refused(say("This day is still to come."), "reported_on")


def _write(actor: Actor, row: Incident, values: IncidentValues) -> None:
    row.happened_at = values.happened_at
    row.report_due_on = report_due(values.happened_at.astimezone(ZoneInfo(actor.zone)).date())
    row.reported_on = values.reported_on
    for name, text in values.texts.items():
        setattr(row, name, text)


def _current(row: Incident) -> dict[str, Any]:
    names = ("happened_at", "what", "injury", "first_aid", "witness", "told", "note", "reported_on")
    return {name: getattr(row, name) for name in names}
