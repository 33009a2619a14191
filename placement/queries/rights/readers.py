"""The names behind the readers of each group of data about a participant, as they are today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, literal, or_, select, union_all
from sqlalchemy.orm import Session

from placement.domain.data_groups import Reader
from placement.domain.notices import NoticeKind
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.domain.shares import ShareKind
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.feedback.rater import Rater
from placement.models.notices.notice import Notice
from placement.models.practice.practice import FamilyLink
from placement.models.questionnaires.questionnaire import Handout
from placement.models.rights.share import Share
from placement.policy.actor import Actor
from placement.queries import scope

#: What the participant tells one person of their choice.
TOLD = (NoticeKind.HOW_IT_WAS, NoticeKind.SOMETHING_WRONG, NoticeKind.HURT_ME)


def readers_of_kinds(
    db: Session, actor: Actor, me: int, today: date, shop: Iterable[str]
) -> dict[Reader, tuple[str, ...]]:
    """Names behind each kind of reader, as far as it has names; ``shop``: those of the shops. One statement."""
    runs = or_(Assignment.last_day.is_(None), Assignment.last_day >= today)
    mine = and_(
        Assignment.account_id == Account.id, Assignment.participant_id == me, Assignment.first_day <= today, runs
    )
    rows = db.execute(
        select(Account.name, Membership.role, Assignment.id.is_not(None))
        .join(Membership, Membership.account_id == Account.id)
        .outerjoin(Assignment, mine)
        .where(
            scope.in_program(actor, Membership.program_id),
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
            or_(Membership.role.in_((Role.COORDINATOR, Role.ADMIN)), Assignment.id.is_not(None)),
        )
        .order_by(Account.sort_key, Account.id)
    ).all()
    team = _unique(name for name, role, ours in rows if ours and role in ASSIGNED_ROLES)
    return {
        Reader.COORDINATORS: _unique(name for name, role, _ in rows if role is Role.COORDINATOR),
        Reader.ADMINS: _unique(name for name, role, _ in rows if role is Role.ADMIN),
        Reader.TEAM: team,
        Reader.SESSION: team,
        Reader.AUTHOR: team,
        Reader.THERAPISTS: _unique(name for name, role, ours in rows if ours and role is Role.THERAPIST),
        Reader.SHOP: _unique(shop),
    }


def readers_of_single(db: Session, me: int, today: date) -> dict[tuple[Reader, str], tuple[str, ...]]:
    """Readers of single things, by group of data, as far as they look after the person today: of shares that stand,
    of answers to questionnaires, of concerns; of what was told to one person; family with an invitation. One statement.
    """
    ours = exists().where(
        Assignment.account_id == Account.id, Assignment.participant_id == me, Assignment.first_day <= today,
        or_(Assignment.last_day.is_(None), Assignment.last_day >= today),
    )  # fmt: skip
    made = Share.kind.in_((ShareKind.ACTIVITY, ShareKind.REFLECTION))
    shares = (
        _named(Reader.CHOSEN, case((made, "activities"), else_="diary"))
        .join(Share, Share.reader_account_id == Account.id)
        .where(Share.participant_id == me, Share.withdrawn_at.is_(None), ours)
    )
    answers = (
        _named(Reader.NAMED, literal("questionnaires"))
        .join(Handout, Handout.reader_account_id == Account.id)
        .where(Handout.participant_id == me, Handout.taken_back_at.is_(None), Handout.declined_at.is_(None), ours)
    )
    told = (
        _named(Reader.CHOSEN, literal("notices"))
        .join(Notice, Notice.to_account_id == Account.id)
        .where(Notice.participant_id == me, Notice.kind.in_(TOLD))
    )
    concerns = (
        _named(Reader.CONCERNED, literal("notices"))
        .join(Notice, or_(Notice.to_account_id == Account.id, Notice.from_account_id == Account.id))
        .where(Notice.participant_id == me, Notice.kind == NoticeKind.CONCERN)
    )
    family = (
        select(literal(Reader.FAMILY.value), literal("practice"), Rater.name)
        .join(FamilyLink, FamilyLink.rater_id == Rater.id)
        .where(FamilyLink.participant_id == me, FamilyLink.revoked_at.is_(None))
    )
    found: dict[tuple[Reader, str], list[str]] = {}
    for row in db.execute(union_all(shares, answers, told, concerns, family)).all():
        found.setdefault((Reader(row[0]), str(row[1])), []).append(str(row[2]))
    return {key: _unique(sorted(names)) for key, names in found.items()}


def _named(reader: Reader, key: ColumnElement[str]) -> Any:
    return select(literal(reader.value), key, Account.name).select_from(Account)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
