"""Accidents: the list, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.models.accounts.account import Account
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Incident
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """``by``: who wrote it down. ``due_on``: the insurer's last day."""

    public_id: str
    version: int
    participant_id: int
    participant: str
    name: str
    by: str
    employer: str
    site: str
    happened_at: datetime
    what: str
    injury: str
    first_aid: str
    witness: str
    told: str
    note: str
    due_on: date
    reported_on: date | None
    closed_at: datetime | None
    may_edit: bool


def incidents_page(db: Session, actor: Actor, *, closed: bool, cursor: str | None = None) -> Page[IncidentRow]:
    """Open ones, the first due first; closed ones, the latest first. One statement."""
    which = Incident.closed_at.is_not(None) if closed else Incident.closed_at.is_(None)
    keys: list[Any] = [Incident.report_due_on, Incident.id]
    page = fetch_page(db, _rows().where(scope.incidents(actor), which), keys, cursor, descending=closed)
    return Page([_row(actor, row) for row in page.rows], page.next, page.previous)


def one_incident(db: Session, actor: Actor, public_id: str) -> IncidentRow:
    """One statement. Raises NotFound out of sight."""
    row = db.execute(_rows().where(scope.incidents(actor), Incident.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    return _row(actor, row)


def _rows() -> Any:
    return (
        select(
            Incident.public_id, Incident.version, Incident.participant_id, Incident.program_id,
            Participant.public_id.label("participant"), Participant.preferred_name, Participant.family_name,
            Rater.name.label("rater"), Account.name.label("account"), Employer.name.label("employer"),
            Site.name.label("site"), Incident.happened_at, Incident.what, Incident.injury, Incident.first_aid,
            Incident.witness, Incident.told, Incident.note, Incident.report_due_on.label("due_on"),
            Incident.reported_on, Incident.closed_at,
        )
        .join(Participant, Participant.id == Incident.participant_id)
        .outerjoin(Rater, Rater.id == Incident.rater_id)
        .outerjoin(Account, Account.id == Incident.by_account_id)
        .outerjoin(Placement, Placement.id == Incident.placement_id)
        .outerjoin(Opening, Opening.id == Placement.opening_id)
        .outerjoin(Site, Site.id == Opening.site_id)
        .outerjoin(Employer, Employer.id == Site.employer_id)
    )  # fmt: skip


def _row(actor: Actor, row: Any) -> IncidentRow:
    texts = {name: getattr(row, name) for name in ("what", "injury", "first_aid", "witness", "told", "note")}
    return IncidentRow(
        public_id=row.public_id,
        version=row.version,
        participant_id=row.participant_id,
        participant=row.participant,
        name=full_name(row.preferred_name, row.family_name),
        by=row.rater or row.account or "",
        employer=row.employer or "",
        site=row.site or "",
        happened_at=row.happened_at,
        due_on=row.due_on,
        reported_on=row.reported_on,
        closed_at=row.closed_at,
        may_edit=allowed(actor, Permission.INCIDENT_EDIT, Facts(row.program_id, row.participant_id)),
        **texts,
    )
