"""Writing down a session: who came, what was talked about, the shared summary, and how agreed tasks went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.sessions import LONGEST_HELPED, LONGEST_SUMMARY, SAID, AgreedState, ensure_short
from placement.domain.shifts import Attendance, was_present
from placement.domain.words import say
from placement.models.sessions.one_to_one import AgendaItem, AgreedTask, OneToOne
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries.sealed import opened_summary
from placement.queries.sessions.items import agenda_of, coming_back
from placement.usecases.effects.log import audit
from placement.usecases.effects.sessions import ensure_on, held_session, seal
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Review:
    """How an agreed task went; ``state`` None: not looked at."""

    state: AgreedState | None
    helped: str = ""


@dataclass(frozen=True, slots=True)
class HoldSession:
    """``talked``: public ids of agenda items. ``reviews``: public id of an agreed task → how it went."""

    session: str
    version: int
    attendance: Attendance
    summary: str = ""
    talked: frozenset[str] = frozenset()
    reviews: Mapping[str, Review] = field(default_factory=dict)


def hold_session(work: Work, actor: Actor, command: HoldSession) -> None:
    """Write it down, or correct it. What was not talked about waits for the next session by itself.

    Raises NotFound, Forbidden, Stale and Refused with the field's name.
    """
    now = work.clock()
    with work.transaction() as session:
        row, occasion = held_session(session, actor, command.session, Permission.SESSION_HOLD)
        ensure_on(row)
        _check(command, occasion, now)
        check_version(row, command.version, _current(work, row, occasion))
        occasion.attendance = command.attendance
        row.summary_sealed = seal(work, row, "summary_sealed", command.summary) if command.summary else None
        talked = _talked(session, row, command.talked, now)
        reviewed = _review(session, work, row, command.reviews)
        audit(
            session, work, actor, "session.hold", "one_to_one", row.id, participant_id=row.participant_id,
            attendance=command.attendance, talked=talked, reviewed=reviewed, summary=bool(command.summary),
        )  # fmt: skip


def _check(command: HoldSession, occasion: Occasion, now: datetime) -> None:
    if occasion.starts_at > now:
        raise Refused(say("This session has not begun yet."))
    ensure_short(command.summary, LONGEST_SUMMARY, "summary")
    if not was_present(command.attendance) and (command.talked or command.reviews):
        raise Refused(say("Who was not there can't have talked about anything. Please check who came."), "attendance")
    for review in command.reviews.values():
        if review.state is not None and review.state not in SAID:
            raise Refused(say("Choose one of the answers."))
        ensure_short(review.helped, LONGEST_HELPED, "reviews")


def _talked(session: Session, row: OneToOne, wanted: frozenset[str], now: datetime) -> int:
    """Take items to this session, and give back those that are no longer ticked. How many were talked about."""
    items = {item.public_id: item for item in session.scalars(select(AgendaItem).where(agenda_of(row)))}
    if not wanted <= items.keys():
        raise NotFound
    for public_id, item in items.items():
        if public_id in wanted:
            item.session_id, item.talked_at = row.id, item.talked_at or now
        else:
            item.session_id, item.talked_at = None, None
    return len(wanted)


def _review(session: Session, work: Work, row: OneToOne, wanted: Mapping[str, Review]) -> int:
    """How tasks agreed at earlier sessions went. How many were looked at."""
    tasks = {task.public_id: task for task in session.scalars(select(AgreedTask).where(coming_back(row)))}
    if not wanted.keys() <= tasks.keys():
        raise NotFound
    seen = 0
    for public_id, review in wanted.items():
        task = tasks[public_id]
        if review.state is None:
            task.reviewed_session_id = None
            continue
        task.state, task.reviewed_session_id = review.state, row.id
        task.helped_sealed = seal(work, task, "helped_sealed", review.helped) if review.helped else None
        task.said_at = task.said_at or work.clock()
        task.version += 1
        seen += 1
    return seen


def _current(work: Work, row: OneToOne, occasion: Occasion) -> dict[str, object]:
    """What is saved now, keyed like the form's fields."""
    summary = opened_summary(work.cipher, row.summary_sealed, row.public_id)
    return {"attendance": occasion.attendance.value, "summary": summary.text}
