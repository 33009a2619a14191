"""Talking with an employer: what was said, when to come back, and "not now until"."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.employer_contacts import LONGEST_NOTE, EmployerContactKind
from placement.domain.errors import NotFound, Refused
from placement.domain.openings import OpeningState
from placement.domain.words import say
from placement.models.employers.contact import EmployerContact
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.employers import load_to_edit
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddEmployerContact:
    """``not_now``: they take nobody until ``follow_up_on``; their open openings are put on hold.

    ``key``: made for every form, so that a double tap is one entry.
    """

    employer: str
    day: date
    kind: EmployerContactKind
    key: str
    note: str = ""
    follow_up_on: date | None = None
    not_now: bool = False


def add_employer_contact(work: Work, actor: Actor, command: AddEmployerContact) -> int:
    """Write it down; how many openings were put on hold. Raises NotFound, Forbidden, KeyReused and Refused."""
    return again_if_taken(_add, work, actor, command)


def finish_employer_follow_up(work: Work, actor: Actor, public_id: str, done: bool = True) -> None:
    """Tick it, or open it again. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row = _locked(session, actor, public_id)
        if row.follow_up_on is None or (row.follow_up_done_at is not None) is done:
            return
        row.follow_up_done_at = work.clock() if done else None
        verb = "employers.follow_up_done" if done else "employers.follow_up_open"
        audit(session, work, actor, verb, "employer_contact", row.id)


def remove_employer_contact(work: Work, actor: Actor, public_id: str, removed: bool = True) -> None:
    """Take it out, or bring it back. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row = _locked(session, actor, public_id)
        if (row.archived_at is not None) is removed:
            return
        row.archived_at = work.clock() if removed else None
        verb = "employers.contact_remove" if removed else "employers.contact_bring_back"
        audit(session, work, actor, verb, "employer_contact", row.id)


def _add(work: Work, actor: Actor, command: AddEmployerContact) -> int:
    _check(work, actor, command)
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return int(known["held"])
        employer = load_to_edit(session, actor, Employer, command.employer)
        if employer.archived_at is not None:
            raise Refused(say("This employer is archived. Bring it back first."))
        row = EmployerContact(
            program_id=employer.program_id, employer_id=employer.id, day=command.day, kind=command.kind,
            note=command.note, follow_up_on=command.follow_up_on, not_now=command.not_now,
            by_account_id=actor.account_id, created_at=work.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        held = _hold(session, employer) if command.not_now else []
        audit(session, work, actor, "employers.contact", "employer_contact", row.id, held_openings=held)
        keep_answer(session, work, actor, command.key, body, {"held": len(held)})
        return len(held)


def _hold(session: Session, employer: Employer) -> list[int]:
    """Keys of the openings that are no longer offered; placements that run go on."""
    sites = select(Site.id).where(Site.employer_id == employer.id)
    found = session.scalars(
        select(Opening.id)
        .where(Opening.site_id.in_(sites), Opening.archived_at.is_(None), Opening.state == OpeningState.OPEN)
        .order_by(Opening.id)
        .with_for_update()
    ).all()
    if found:
        session.execute(
            update(Opening)
            .where(Opening.id.in_(found))
            .values(state=OpeningState.ON_HOLD, version=Opening.version + 1)
            .execution_options(synchronize_session=False)
        )
    return list(found)


def _locked(session: Session, actor: Actor, public_id: str) -> EmployerContact:
    row = session.scalar(
        select(EmployerContact)
        .where(EmployerContact.public_id == public_id, scope.in_program(actor, EmployerContact.program_id))
        .with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.EMPLOYER_EDIT, Facts(row.program_id))
    return row


def _check(work: Work, actor: Actor, command: AddEmployerContact) -> None:
    if command.day > actor.today(work.clock()):
        raise Refused(say("This day has not come yet."), "day")
    if command.follow_up_on is not None and command.follow_up_on < command.day:
        raise Refused(say("Please choose a later day."), "follow_up_on")
    if command.not_now and command.follow_up_on is None:
        raise Refused(say("Please say until when."), "follow_up_on")
    if len(command.note) > LONGEST_NOTE:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_NOTE), "note")
