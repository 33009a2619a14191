"""What the actor should know and take care of, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from placement.domain.notices import TO_ONE, Found, NoticeKind
from placement.domain.profiles import full_name
from placement.domain.support import RaterKind
from placement.domain.text import fold
from placement.models.accounts.account import Account
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.employers.opening import Opening
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.pages import Page, fetch_page, starts_with

DoneBy, RaterAccount, Supervisor = aliased(Account), aliased(Account), aliased(Rater)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """``by``: who said so, empty for the app itself. ``text`` is empty for what was told to one person: its own page
    shows it. ``phone``: the participant's; ``shop_phone``: the site's, else the employer's, else that of who said so,
    or of a supervisor there. ``shift``, ``placement``: public ids; ``day``: the shift's."""

    public_id: str
    version: int
    kind: NoticeKind
    participant_id: int
    participant: str
    name: str
    phone: str
    shop_phone: str
    by: str
    text: str
    feeling: int | None
    at: datetime
    due_at: datetime | None
    placement: str | None
    employer: str
    site: str
    shift: str | None
    day: date | None
    found: Found | None
    outcome: str
    done_at: datetime | None
    done_by: str

    @property
    def private(self) -> bool:
        """Told to the reader alone."""
        return self.kind in TO_ONE


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """``search``: the beginning of the participant's name. ``done``: those taken care of instead of the open ones."""

    search: str = ""
    kind: NoticeKind | None = None
    done: bool = False


def notices_page(db: Session, actor: Actor, wanted: NoticeFilter, cursor: str | None = None) -> Page[NoticeRow]:
    """One page, in one statement."""
    conditions: list[ColumnElement[bool]] = [
        scope.notices(actor),
        Notice.done_at.is_not(None) if wanted.done else Notice.done_at.is_(None),
    ]
    if wanted.kind is not None:
        conditions.append(Notice.kind == wanted.kind)
    if wanted.search:
        name: Any = Participant.sort_key
        conditions.append(starts_with(name, fold(wanted.search)))
    keys: list[Any] = [Notice.id]
    page = fetch_page(db, rows_of().where(*conditions), keys, cursor, descending=True)
    return Page([notice_row(row) for row in page.rows], page.next, page.previous)


def shop_phone() -> Any:
    """A number of the notice's shop, or NULL."""
    return func.coalesce(
        func.nullif(Site.phone, ""), func.nullif(Employer.phone, ""), _rater_phone(), _supervisor_phone()
    ).label("shop_phone")


def _rater_phone() -> Any:
    """Of the supervisor who said so."""
    return (
        select(RaterAccount.phone)
        .where(
            RaterAccount.id == Rater.account_id, RaterAccount.phone != "", Rater.kind == RaterKind.SUPERVISOR
        )
        .correlate(Rater)
        .scalar_subquery()
    )  # fmt: skip


def _supervisor_phone() -> Any:
    """Of somebody who supervises at the site, without an end."""
    return (
        select(func.min(RaterAccount.phone))
        .join(Supervisor, Supervisor.account_id == RaterAccount.id)
        .join(SiteSupervisor, SiteSupervisor.rater_id == Supervisor.id)
        .where(
            SiteSupervisor.site_id == Site.id,
            SiteSupervisor.last_day.is_(None),
            Supervisor.archived_at.is_(None),
            RaterAccount.archived_at.is_(None),
            RaterAccount.phone != "",
        )
        .correlate(Site)
        .scalar_subquery()
    )


def rows_of() -> Any:
    """The columns :func:`notice_row` reads."""
    return (
        select(
            Notice.public_id, Notice.version, Notice.kind, Notice.participant_id,
            Participant.public_id.label("participant"), Participant.preferred_name, Participant.family_name,
            Participant.phone, shop_phone(), Rater.name.label("rater"), Account.name.label("account"), Notice.text,
            Notice.feeling, Notice.created_at, Notice.due_at, Placement.public_id.label("placement"),
            Employer.name.label("employer"), Site.name.label("site"), Occasion.public_id.label("shift"),
            Occasion.local_day, Notice.found, Notice.outcome, Notice.done_at, DoneBy.name.label("done_by"),
        )
        .join(Participant, Participant.id == Notice.participant_id)
        .outerjoin(Rater, Rater.id == Notice.rater_id)
        .outerjoin(Account, Account.id == Notice.from_account_id)
        .outerjoin(DoneBy, DoneBy.id == Notice.done_by_id)
        .outerjoin(Occasion, Occasion.id == Notice.occasion_id)
        .outerjoin(Placement, Placement.id == Notice.placement_id)
        .outerjoin(Opening, Opening.id == Placement.opening_id)
        .outerjoin(Site, Site.id == Opening.site_id)
        .outerjoin(Employer, Employer.id == Site.employer_id)
    )  # fmt: skip


def notice_row(row: Any, *, whole: bool = False) -> NoticeRow:
    """A row of :func:`rows_of`; ``whole``: with what was told to the reader alone."""
    hidden = row.kind in TO_ONE and not whole
    return NoticeRow(
        public_id=row.public_id,
        version=row.version,
        kind=row.kind,
        participant_id=row.participant_id,
        participant=row.participant,
        name=full_name(row.preferred_name, row.family_name),
        phone=row.phone,
        shop_phone=row.shop_phone or "",
        by=row.rater or row.account or "",
        text="" if hidden else row.text,
        feeling=None if hidden else row.feeling,
        at=row.created_at,
        due_at=row.due_at,
        placement=row.placement,
        employer=row.employer or "",
        site=row.site or "",
        shift=row.shift,
        day=row.local_day,
        found=row.found,
        outcome="" if hidden else row.outcome,
        done_at=row.done_at,
        done_by=row.done_by or "",
    )
