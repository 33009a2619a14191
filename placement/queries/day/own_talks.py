"""A participant's next one-to-one session, and what they agreed to until then: parts of their day's one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Date, LargeBinary, Time, bindparam, cast, literal, null, select

from placement.domain.sealed import Cipher, Place
from placement.domain.sessions import AgreedState
from placement.models.accounts.account import Account
from placement.models.sessions.one_to_one import AgreedTask, OneToOne
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.sealed import Words, opened
from placement.queries.sessions.items import AWAY

MOST_AGREED = 12


@dataclass(frozen=True, slots=True)
class OwnTalk:
    """With whom, and when by local time."""

    public_id: str
    name: str
    day: date
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class OwnAgreed:
    """``name``: with whom it was agreed. ``due_on`` None: until next time."""

    public_id: str
    name: str
    due_on: date | None
    words: Words


def no_seal() -> Any:
    """The column of :func:`agreed` that other parts of one statement have not."""
    return cast(null(), LargeBinary).label("sealed")


def next_talk(actor: Actor) -> Any:
    """The session that is going on, or comes next."""
    return (
        select(
            literal("talk").label("what"), OneToOne.public_id, Account.name, OneToOne.day,
            cast(null(), Date).label("rated_on"), OneToOne.start, OneToOne.end,
            cast(null(), Date).label("was_day"), cast(null(), Time).label("was_start"), no_seal(),
        )
        .join(Occasion, Occasion.id == OneToOne.id)
        .join(Account, Account.id == OneToOne.account_id)
        .where(
            scope.own_sessions(actor),
            Occasion.ends_at > bindparam("now"),
            Occasion.attendance.not_in(AWAY),
            OneToOne.cancelled_at.is_(None),
        )
        .order_by(Occasion.starts_at)
        .limit(1)
        .subquery()
    )  # fmt: skip


def agreed(actor: Actor) -> Any:
    """Agreed tasks nobody has said anything about, the oldest first."""
    return (
        select(
            literal("agreed").label("what"), AgreedTask.public_id, Account.name, AgreedTask.due_on.label("day"),
            cast(null(), Date).label("rated_on"), cast(null(), Time).label("start"), cast(null(), Time).label("end"),
            cast(null(), Date).label("was_day"), cast(null(), Time).label("was_start"),
            AgreedTask.text_sealed.label("sealed"),
        )
        .join(OneToOne, OneToOne.id == AgreedTask.session_id)
        .join(Account, Account.id == OneToOne.account_id)
        .where(
            scope.own_sessions(actor),
            AgreedTask.state == AgreedState.OPEN,
            AgreedTask.reviewed_session_id.is_(None),
            OneToOne.cancelled_at.is_(None),
        )
        .order_by(AgreedTask.id)
        .limit(MOST_AGREED)
        .subquery()
    )  # fmt: skip


def agreed_row(cipher: Cipher, row: Any) -> OwnAgreed:
    """A row of :func:`agreed`, opened."""
    words = opened(cipher, row.sealed, Place("agreed_task", "text_sealed", row.public_id))
    return OwnAgreed(row.public_id, row.name, row.day, words)
