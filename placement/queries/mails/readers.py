"""Who reads of a notice, and who of a shop reads that somebody is not coming: each gets a mail of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.domain.mails import MailKind
from placement.domain.notices import FOR_TEAM
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.models.accounts.account import Account, Assignment, Membership
from placement.queries.mails.people_facts import NoticeFacts, notice_facts
from placement.queries.mails.shift_facts import shift_facts
from placement.queries.mails.shops import shop_raters


def notice_readers(db: Session, notice_id: int, now: datetime) -> list[Mapping[str, int]]:
    """Accounts to write to, as refs: the one it was told to, else coordinators and who looks after the person."""
    facts = notice_facts(db, notice_id, now)
    if facts is None:
        return []
    if facts.to_account_id is not None:
        return [{"account": facts.to_account_id}]
    team = _team(db, facts, now) if facts.kind in FOR_TEAM else []
    return [{"account": key} for key in (*_coordinators(db, facts), *team)]


def shop_readers(db: Session, shift_id: int, now: datetime) -> list[Mapping[str, int]]:
    """Raters of a coming shift, as refs."""
    facts = shift_facts(db, shift_id, now)
    if facts is None:
        return []
    found = shop_raters(db, {facts.site_id}, {facts.placement_id}, now)
    keys = {
        rater.rater_id
        for rater in found
        if rater.rates(facts.site_id, facts.placement_id, facts.day) and rater.wants(MailKind.NOTICES)
    }
    return [{"rater": key} for key in sorted(keys)]


def _coordinators(db: Session, facts: NoticeFacts) -> list[int]:
    return list(
        db.scalars(
            select(Account.id)
            .join(Membership, Membership.account_id == Account.id)
            .where(
                Membership.program_id == facts.program_id,
                Membership.role == Role.COORDINATOR,
                Membership.archived_at.is_(None),
                Account.archived_at.is_(None),
            )
            .order_by(Account.id)
        )
    )


def _team(db: Session, facts: NoticeFacts, now: datetime) -> list[int]:
    """Therapists and coaches assigned or covering today who are not coordinators, too."""
    today = now.date()
    coordinators = select(Membership.account_id).where(
        Membership.program_id == facts.program_id,
        Membership.role == Role.COORDINATOR,
        Membership.archived_at.is_(None),
    )
    return list(
        db.scalars(
            select(Account.id)
            .join(Assignment, Assignment.account_id == Account.id)
            .join(
                Membership,
                (Membership.account_id == Account.id) & (Membership.program_id == Assignment.program_id),
            )
            .where(
                Assignment.participant_id == facts.participant_id,
                Assignment.program_id == facts.program_id,
                Assignment.first_day <= today,
                or_(Assignment.last_day.is_(None), Assignment.last_day >= today),
                Membership.role.in_(ASSIGNED_ROLES),
                Membership.archived_at.is_(None),
                Account.archived_at.is_(None),
                Account.id.not_in(coordinators),
            )
            .distinct()
            .order_by(Account.id)
        )
    )
