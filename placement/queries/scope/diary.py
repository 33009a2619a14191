"""The daily log: its writer's, and what they share with whoever looks after them today; concerns of staff."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, or_, true

from placement.domain.notices import NoticeKind
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.domain.shares import ENTRIES, ShareKind
from placement.models.diary.entry import DiaryEntry
from placement.models.notices.notice import Notice
from placement.models.rights.share import Share
from placement.policy.actor import Actor
from placement.queries.scope.program import in_program


def own_entries(actor: Actor) -> ColumnElement[bool]:
    """Entries of the participant who asks."""
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    return and_(in_program(actor, DiaryEntry.program_id), DiaryEntry.participant_id == actor.participant_id)


def own_shares(actor: Actor) -> ColumnElement[bool]:
    """What the participant who asks shares, also what they withdrew."""
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    return and_(in_program(actor, Share.program_id), Share.participant_id == actor.participant_id)


def standing_shares(actor: Actor) -> ColumnElement[bool]:
    """What people the actor looks after today share with them, and did not withdraw."""
    if not actor.roles & ASSIGNED_ROLES:
        return false()
    return and_(
        in_program(actor, Share.program_id),
        Share.reader_account_id == actor.account_id,
        Share.withdrawn_at.is_(None),
        Share.participant_id.in_(sorted(actor.caseload)),
    )


def shared_entries(actor: Actor) -> ColumnElement[bool]:
    """Entries that such a share shows, one by one or by kind."""
    if not actor.roles & ASSIGNED_ROLES:
        return false()
    one = and_(Share.kind == ShareKind.ENTRY, Share.entry_id == DiaryEntry.id)
    since = or_(Share.since_day.is_(None), Share.since_day <= DiaryEntry.day)
    kinds = [and_(Share.kind == kind, DiaryEntry.kind == of, since) for kind, of in ENTRIES.items()]
    shared = exists().where(standing_shares(actor), Share.participant_id == DiaryEntry.participant_id, or_(one, *kinds))
    return and_(in_program(actor, DiaryEntry.program_id), shared.correlate(DiaryEntry))


def charted_days(actor: Actor) -> ColumnElement[bool]:
    """Days of which a share shows the picture of mood and energy; nothing of the words."""
    if not actor.roles & ASSIGNED_ROLES:
        return false()
    shared = exists().where(
        standing_shares(actor),
        Share.participant_id == DiaryEntry.participant_id,
        Share.kind == ShareKind.MOOD_CHART,
        or_(Share.since_day.is_(None), Share.since_day <= DiaryEntry.day),
    )
    return and_(in_program(actor, DiaryEntry.program_id), shared.correlate(DiaryEntry))


def concerns(actor: Actor) -> ColumnElement[bool]:
    """Concerns the actor owns, or wrote about somebody whose record they see."""
    if Role.COORDINATOR not in actor.roles and not actor.roles & ASSIGNED_ROLES:
        return false()
    seen = true() if Role.COORDINATOR in actor.roles else Notice.participant_id.in_(sorted(actor.caseload))
    wrote = and_(Notice.from_account_id == actor.account_id, seen)
    mine = or_(Notice.to_account_id == actor.account_id, wrote)
    return and_(in_program(actor, Notice.program_id), Notice.kind == NoticeKind.CONCERN, mine)
