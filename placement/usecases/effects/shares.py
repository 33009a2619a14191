"""What a participant shows of their own words to one reader: made and ended by themself alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.shares import ShareKind, ensure_read_by
from placement.domain.words import say
from placement.models.base import new_public_id
from placement.models.rights.share import Share
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.diary.readers import readers
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shared: a kind, with the key of the one thing it names, or from which day on (None: everything)."""

    kind: ShareKind
    entry_id: int | None = None
    activity_id: int | None = None
    reflection_id: int | None = None
    since_day: date | None = None


def add_share(
    session: Session, work: Work, actor: Actor, shown: Shown, reader: str, read_by: date | None = None
) -> Share:
    """Let somebody who looks after the actor today read it; shared with them already, the day is the new one.

    ``reader``: the account's public id. Raises Forbidden and Refused with the field's name (reader, read_by).
    """
    ensure(actor, Permission.DIARY_OWN, Facts(actor.program, actor.participant_id))
    person, today = actor.participant_id or 0, actor.today(work.clock())
    ensure_read_by(read_by, today)
    account = next((one.account_id for one in readers(session, person, today) if one.public_id == reader), None)
    if account is None:
        raise Refused(say("Choose who may read it."), "reader")
    row = _standing(session, actor, shown, account)
    if row is None:
        row = Share(
            public_id=new_public_id(), program_id=actor.program, participant_id=person, kind=shown.kind,
            entry_id=shown.entry_id, activity_id=shown.activity_id, reflection_id=shown.reflection_id,
            reader_account_id=account, created_at=work.clock(),
        )  # fmt: skip
        session.add(row)
    row.since_day, row.read_by = shown.since_day, read_by
    session.flush()
    audit(
        session, work, actor, "share.add", "share", row.id,
        participant_id=person, kind=shown.kind.value, reader_account_id=account,
    )  # fmt: skip
    return row


def end_share(session: Session, work: Work, actor: Actor, public_id: str) -> Share:
    """Withdraw it: from now on the reader does not see it. Twice changes nothing. Raises NotFound."""
    row = session.scalar(select(Share).where(Share.public_id == public_id, scope.own_shares(actor)).with_for_update())
    if row is None:
        raise NotFound
    ensure(actor, Permission.DIARY_OWN, Facts(row.program_id, row.participant_id))
    if row.withdrawn_at is None:
        row.withdrawn_at = work.clock()
        audit(
            session, work, actor, "share.withdraw", "share", row.id,
            participant_id=row.participant_id, kind=row.kind.value, reader_account_id=row.reader_account_id,
        )  # fmt: skip
    return row


def drop_shares_of(
    session: Session,
    *,
    entry_id: int | None = None,
    activity_id: int | None = None,
    reflection_id: int | None = None,
) -> None:
    """Forget who could read one thing that is being deleted; the audit keeps who could."""
    for column, key in (
        (Share.entry_id, entry_id), (Share.activity_id, activity_id), (Share.reflection_id, reflection_id),
    ):  # fmt: skip
        if key is not None:
            session.execute(delete(Share).where(column == key))


def _standing(session: Session, actor: Actor, shown: Shown, account: int) -> Share | None:
    return session.scalar(
        select(Share)
        .where(
            scope.own_shares(actor),
            Share.kind == shown.kind,
            Share.reader_account_id == account,
            Share.withdrawn_at.is_(None),
            Share.entry_id.is_(None) if shown.entry_id is None else Share.entry_id == shown.entry_id,
            Share.activity_id.is_(None) if shown.activity_id is None else Share.activity_id == shown.activity_id,
            Share.reflection_id.is_(None)
            if shown.reflection_id is None
            else Share.reflection_id == shown.reflection_id,
        )
        .limit(1)
        .with_for_update()
    )
