"""How two people say they work together: the latest answers and their course, for the two of them alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.sealed import Cipher, Place
from placement.domain.sessions import CheckIn, unpack_check_in
from placement.models.accounts.account import Account
from placement.models.sessions.one_to_one import OneToOne, SessionCheckIn
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.sealed import opened
from placement.queries.sessions.listing import person_of

#: Sessions a course shows, the latest.
MOST = 100


@dataclass(frozen=True, slots=True)
class Said:
    """After one session; ``answers`` None: its seal is broken."""

    session: str
    day: date
    answers: CheckIn | None


@dataclass(frozen=True, slots=True)
class Course:
    """With one therapist or coach (``by``), in order of time."""

    by: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Together:
    participant_id: int
    public_id: str
    name: str
    courses: tuple[Course, ...]


def own_courses(db: Session, actor: Actor, cipher: Cipher) -> Together:
    """Of the participant who asks, with everybody. Raises NotFound for somebody else. One statement."""
    if actor.participant_id is None:
        raise NotFound
    return Together(actor.participant_id, "", actor.name, _courses(db, cipher, scope.own_sessions(actor)))


def course_with(db: Session, actor: Actor, cipher: Cipher, public_id: str) -> Together:
    """The actor's own with somebody they look after. Raises NotFound out of sight. Two statements."""
    person = person_of(db, actor, public_id, Permission.SESSION_PLAN)
    mine = scope.held_sessions(actor) & (OneToOne.participant_id == person.id)
    return Together(person.id, public_id, person.name, _courses(db, cipher, mine))


def said_after(db: Session, cipher: Cipher, session_id: int) -> CheckIn:
    """What was said after a session that is in sight; everything skipped where nothing was said. One statement."""
    row = db.execute(
        select(SessionCheckIn.public_id, SessionCheckIn.answers_sealed).where(SessionCheckIn.session_id == session_id)
    ).one_or_none()
    return CheckIn() if row is None else answers_of(cipher, *row) or CheckIn()


def answers_of(cipher: Cipher, public_id: str, sealed: bytes) -> CheckIn | None:
    """The answers; None where the seal is broken."""
    words = opened(cipher, sealed, Place("session_check_in", "answers_sealed", public_id))
    return None if words.broken else unpack_check_in(words.text)


def _courses(db: Session, cipher: Cipher, seen: ColumnElement[bool]) -> tuple[Course, ...]:
    rows: list[Any] = list(
        db.execute(
            select(
                OneToOne.public_id, OneToOne.day, Account.id, Account.name,
                SessionCheckIn.public_id, SessionCheckIn.answers_sealed,
            )
            .join(SessionCheckIn, SessionCheckIn.session_id == OneToOne.id)
            .join(Account, Account.id == OneToOne.account_id)
            .where(seen)
            .order_by(OneToOne.day.desc(), OneToOne.start.desc(), OneToOne.id.desc())
            .limit(MOST)
        )
    )  # fmt: skip
    found: dict[int, tuple[str, list[Said]]] = {}
    for session, day, account, name, key, sealed in reversed(rows):
        found.setdefault(account, (name, []))[1].append(Said(session, day, answers_of(cipher, key, sealed)))
    return tuple(Course(name, tuple(said)) for name, said in found.values())
