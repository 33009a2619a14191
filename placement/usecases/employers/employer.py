"""Employers: create, edit, archive, restore."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select, update

from placement.domain.employers import employer_key
from placement.domain.errors import Refused
from placement.domain.openings import OpeningState
from placement.domain.words import say, say_n
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.employers import load_to_edit
from placement.usecases.effects.log import audit
from placement.usecases.effects.opening_keys import refresh_opening_keys
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class CreateEmployer:
    name: str
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EditEmployer:
    """``employer`` is its public id, ``version`` the one the person was looking at."""

    employer: str
    version: int
    name: str
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""


FIELDS = ("name", "contact_name", "email", "phone", "note")


def create_employer(work: Work, actor: Actor, command: CreateEmployer) -> str:
    """Write a new employer; answers its public id. Raises Forbidden, Refused."""
    ensure(actor, Permission.EMPLOYER_EDIT, Facts(actor.program))
    _check_name(command.name)
    with work.transaction() as session:
        row = Employer(
            program_id=actor.program,
            sort_key=employer_key(command.name),
            created_at=work.clock(),
            **asdict(command),
        )
        session.add(row)
        session.flush()
        audit(session, work, actor, "employers.create", "employer", row.id)
        return row.public_id


def edit_employer(work: Work, actor: Actor, command: EditEmployer) -> None:
    """Change what is known about an employer. Raises NotFound, Forbidden, Refused, Stale."""
    with work.transaction() as session:
        row = load_to_edit(session, actor, Employer, command.employer)
        _check_name(command.name)
        current: dict[str, Any] = {name: getattr(row, name) for name in FIELDS}
        check_version(row, command.version, current)
        changed = [name for name in FIELDS if current[name] != getattr(command, name)]
        for name in changed:
            setattr(row, name, getattr(command, name))
        if "name" in changed:
            row.sort_key = employer_key(command.name)
            refresh_opening_keys(session, Employer.id == row.id)
        audit(session, work, actor, "employers.edit", "employer", row.id, fields=changed)


def archive_employer(work: Work, actor: Actor, employer: str) -> None:
    """Put an employer away and close its openings. Raises NotFound, Forbidden; Refused while somebody is placed."""
    with work.transaction() as session:
        row = load_to_edit(session, actor, Employer, employer)
        if row.archived_at is not None:
            return
        own_sites = select(Site.id).where(Site.employer_id == row.id)
        openings = session.execute(
            select(Opening.id, Opening.filled, Opening.state)
            .where(Opening.site_id.in_(own_sites), Opening.archived_at.is_(None))
            .with_for_update()
        ).all()
        taken = sum(opening.filled for opening in openings)
        if taken:
            raise Refused(
                say_n(
                    "One person has a place there. End that placement first.",
                    "%(n)s people have a place there. End those placements first.",
                    taken,
                )
            )
        closing = [opening.id for opening in openings if opening.state != OpeningState.CLOSED]
        session.execute(
            update(Opening)
            .where(Opening.id.in_(closing))
            .values(state=OpeningState.CLOSED, version=Opening.version + 1)
            .execution_options(synchronize_session=False)
        )
        row.archived_at = work.clock()
        row.version += 1
        audit(session, work, actor, "employers.archive", "employer", row.id, closed_openings=closing)


def restore_employer(work: Work, actor: Actor, employer: str) -> None:
    """Bring an employer back; its openings stay closed until somebody opens them. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row = load_to_edit(session, actor, Employer, employer)
        if row.archived_at is None:
            return
        row.archived_at = None
        row.version += 1
        audit(session, work, actor, "employers.restore", "employer", row.id)


def _check_name(name: str) -> None:
    if not name.strip():
        raise Refused(say("Enter a name."), "name")
