"""Which reports there are, and one of them without what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.domain.reports import ReleaseState, ReportReader, release_state
from placement.models.accounts.account import Account
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.scale import SupportLevel, SupportScale
from placement.models.reports.report import Report
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from placement.queries.pages import Page, fetch_page
from placement.queries.progress.records import LevelName
from placement.queries.reports.records import Head, Place, ReportLine

#: Who may read what stands in it.
OPENS = {
    ReportReader.PARTICIPANT: P.REPORT_FOR_PARTICIPANT,
    ReportReader.THERAPIST: P.REPORT_FOR_THERAPIST,
    ReportReader.EMPLOYER: P.REPORT_FOR_EMPLOYER,
}


@dataclass(frozen=True, slots=True)
class Reports:
    """A participant's reports, newest first."""

    participant_id: int
    public_id: str
    name: str
    archived: bool
    page: Page[ReportLine]


@dataclass(frozen=True, slots=True)
class ShopReport:
    """A released report as the shop's list names it."""

    public_id: str
    first_name: str
    place: Place
    line: ReportLine


def reports_of(db: Session, actor: Actor, public_id: str, cursor: str | None = None) -> Reports:
    """One page, in two statements. Raises NotFound for a participant out of sight."""
    return _listed(db, actor, Participant.public_id == public_id, cursor)


def own_reports(db: Session, actor: Actor, cursor: str | None = None) -> Reports:
    """The actor's own. Raises NotFound for somebody who is no participant."""
    return _listed(db, actor, Participant.id == (actor.participant_id or 0), cursor)


def shop_reports(db: Session, actor: Actor, cursor: str | None = None) -> Page[ShopReport]:
    """What was released to the shops the actor supervises; one statement."""
    keys: list[Any] = [Report.released_at, Report.id]
    page: Page[Any] = fetch_page(db, _lines().where(scope.shop_reports(actor)), keys, cursor, descending=True)
    rows = [_shop_report(actor, row) for row in page.rows]
    return Page(rows, page.next, page.previous)


def report_head(db: Session, actor: Actor, public_id: str) -> Head:
    """One report, once for every level of the scale in force; one statement. Raises NotFound out of sight."""
    newest = (
        select(func.max(SupportScale.number))
        .where(SupportScale.program_id == Report.program_id)
        .correlate(Report)
        .scalar_subquery()
    )
    rows = db.execute(
        _lines()
        .add_columns(SupportLevel.rank, SupportLevel.name.label("level"))
        .outerjoin(SupportScale, and_(SupportScale.program_id == Report.program_id, SupportScale.number == newest))
        .outerjoin(SupportLevel, SupportLevel.scale_id == SupportScale.id)
        .where(Report.public_id == public_id, scope.reports(actor))
        .order_by(SupportLevel.rank)
    ).all()
    if not rows:
        raise NotFound
    row = rows[0]
    line, own = _line(actor, row), row.participant_id == actor.participant_id
    return Head(
        **{name: getattr(line, name) for name in ReportLine.__slots__},
        id=row.id,
        participant_id=row.participant_id,
        placement_id=row.placement_id,
        person=row.person,
        name=full_name(row.preferred_name, row.family_name),
        first_name=row.preferred_name,
        by_participant=own,
        by_staff=not own and allowed(actor, P.REPORT_LIST, facts_of(row)),
        may_release=row.reader is ReportReader.EMPLOYER and allowed(actor, P.REPORT_RELEASE, facts_of(row)),
        levels=tuple(LevelName(level.rank, level.level) for level in rows if level.rank is not None),
    )


def facts_of(row: Any) -> Facts:
    """What decides about a report: whose, at which shop, by whom, released or not."""
    released = release_state(row.released_at, row.withdrawn_at) is ReleaseState.RELEASED
    return Facts(
        row.program_id, row.participant_id, site_id=row.site_id, account_id=row.by_account_id, current=released
    )


def _listed(db: Session, actor: Actor, which: Any, cursor: str | None) -> Reports:
    person = db.execute(
        select(
            Participant.id, Participant.program_id, Participant.public_id, Participant.preferred_name,
            Participant.family_name, Participant.archived_at,
        ).where(scope.participants(actor), which)
    ).one_or_none()  # fmt: skip
    if person is None or not allowed(actor, P.REPORT_LIST, Facts(person.program_id, person.id)):
        raise NotFound
    keys: list[Any] = [Report.id]
    statement = _lines().where(Report.participant_id == person.id, scope.reports(actor))
    page: Page[Any] = fetch_page(db, statement, keys, cursor, descending=True)
    return Reports(
        person.id,
        person.public_id,
        full_name(person.preferred_name, person.family_name),
        person.archived_at is not None,
        Page([_line(actor, row) for row in page.rows], page.next, page.previous),
    )


def _lines() -> Select[Any]:
    statement: Any = (
        select(
            Report.id, Report.public_id, Report.program_id, Report.participant_id, Report.placement_id, Report.reader,
            Report.first_day, Report.last_day, Report.created_at, Report.by_account_id, Report.released_at,
            Report.withdrawn_at, Account.name.label("by"), Participant.public_id.label("person"),
            Participant.preferred_name, Participant.family_name, Opening.role, Opening.site_id,
            Employer.name.label("employer"), Site.name.label("site"),
        )
        .select_from(Report)
        .join(Account, Account.id == Report.by_account_id)
        .join(Participant, Participant.id == Report.participant_id)
        .outerjoin(Placement, Placement.id == Report.placement_id)
        .outerjoin(Opening, Opening.id == Placement.opening_id)
        .outerjoin(Site, Site.id == Opening.site_id)
        .outerjoin(Employer, Employer.id == Site.employer_id)
    )  # fmt: skip
    return statement


def _line(actor: Actor, row: Any) -> ReportLine:
    facts = facts_of(row)
    return ReportLine(
        public_id=row.public_id,
        reader=row.reader,
        first_day=row.first_day,
        last_day=row.last_day,
        by=row.by,
        made_at=row.created_at,
        place=None if row.role is None else Place(row.role, row.employer, row.site),
        released_at=row.released_at,
        withdrawn_at=row.withdrawn_at,
        opens=allowed(actor, OPENS[row.reader], facts),
        may_remove=allowed(actor, P.REPORT_REMOVE, facts),
    )


def _shop_report(actor: Actor, row: Any) -> ShopReport:
    return ShopReport(row.public_id, row.preferred_name, Place(row.role, row.employer, row.site), _line(actor, row))
