"""Who of a shop is written to: supervisors with an account, and raters with a link and an address."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.domain.mails import MailKind
from placement.domain.roles import Role
from placement.domain.support import RaterKind
from placement.models.accounts.account import Account, Membership
from placement.models.employers.employer import SiteSupervisor
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater


@dataclass(frozen=True, slots=True)
class ShopRater:
    """A supervisor of a site (``site_id``, from ``first_day`` to ``last_day``), or the owner of a placement's link."""

    rater_id: int
    site_id: int | None = None
    placement_id: int | None = None
    first_day: date = date.min
    last_day: date | None = None
    mails_off: tuple[str, ...] = ()

    def rates(self, site_id: int, placement_id: int, day: date) -> bool:
        """Whether a shift of that day is theirs to rate."""
        if self.placement_id is not None:
            return self.placement_id == placement_id
        return self.site_id == site_id and self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def wants(self, kind: MailKind) -> bool:
        return kind not in self.mails_off


def shop_raters(
    db: Session, sites: Collection[int], placements: Collection[int], now: datetime
) -> list[ShopRater]:  # fmt: skip
    """Everybody of these shops who can be written to; two statements."""
    return [*_with_account(db, sites), *_with_link(db, placements, now)]


def _with_account(db: Session, sites: Collection[int]) -> list[ShopRater]:
    """Supervisors who can sign in."""
    member = exists().where(
        Membership.account_id == Rater.account_id,
        Membership.program_id == Rater.program_id,
        Membership.role == Role.SUPERVISOR,
        Membership.archived_at.is_(None),
    )
    rows = db.execute(
        select(
            SiteSupervisor.rater_id, SiteSupervisor.site_id, SiteSupervisor.first_day, SiteSupervisor.last_day,
            Account.mails_off,
        )
        .join(Rater, Rater.id == SiteSupervisor.rater_id)
        .join(Account, Account.id == Rater.account_id)
        .where(
            SiteSupervisor.site_id.in_(sites),
            Rater.kind == RaterKind.SUPERVISOR,
            Rater.archived_at.is_(None),
            Account.archived_at.is_(None),
            member,
        )
        .order_by(SiteSupervisor.rater_id)
    )  # fmt: skip
    return [ShopRater(rater, site, None, first, last, tuple(mails_off)) for rater, site, first, last, mails_off in rows]


def _with_link(db: Session, placements: Collection[int], now: datetime) -> list[ShopRater]:
    """People without an account who have an address and a link that is not taken back.

    One that has expired is renewed by the reminder.
    """
    rows = db.execute(
        select(RaterLink.rater_id, RaterLink.placement_id)
        .join(Rater, Rater.id == RaterLink.rater_id)
        .where(
            RaterLink.placement_id.in_(placements),
            RaterLink.revoked_at.is_(None),
            Rater.account_id.is_(None),
            Rater.email != "",
            Rater.mails_off_at.is_(None),
            Rater.archived_at.is_(None),
        )
        .order_by(RaterLink.rater_id)
    )
    return [ShopRater(rater, placement_id=placement) for rater, placement in rows]
