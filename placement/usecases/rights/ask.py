"""What a participant asks about their record; somebody named answers within its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from placement.domain.data_groups import BY_KEY
from placement.domain.errors import NotFound, Refused
from placement.domain.notices import NoticeKind, subject_of
from placement.domain.rights import ANSWER_WITHIN, LONGEST_REQUEST, MOST_OPEN, RequestKind, RequestState
from placement.domain.words import say
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from placement.models.rights.rights import RightsRequest
from placement.models.sessions.one_to_one import SessionNote
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AskCorrection:
    """``about``: key of a group of data (``domain.data_groups``)."""

    about: str
    text: str


def ask_correction(work: Work, actor: Actor, command: AskCorrection) -> str:
    """Ask for a correction; the request's public id. Raises NotFound, Forbidden and Refused with the field's name."""
    if command.about not in BY_KEY:
        raise Refused(say("Choose what it is about."), "about")
    if not command.text.strip():
        raise Refused(say("Please write a few words."), "text")
    if len(command.text) > LONGEST_REQUEST:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_REQUEST), "text")
    with work.transaction() as session:
        program, person = _me(session, actor)
        same = (RightsRequest.about == command.about, RightsRequest.text == command.text.strip())
        known = _open(session, person, RequestKind.CORRECTION, *same)
        if known is not None:
            return known
        row = RightsRequest(about=command.about, text=command.text.strip())
        return _ask(session, work, actor, row, RequestKind.CORRECTION, program, person)


def ask_note(work: Work, actor: Actor, note: str) -> str:
    """Ask to read a private note; its author answers. Asked already: the same request. Raises NotFound and Refused."""
    with work.transaction() as session:
        program, person = _me(session, actor)
        found = session.execute(
            select(SessionNote.id, SessionNote.by_account_id, SessionNote.opened_to_participant_at).where(
                SessionNote.public_id == note, scope.own_notes(actor)
            )
        ).one_or_none()
        if found is None:
            raise NotFound
        if found.opened_to_participant_at is not None:
            raise Refused(say("You can read this note already."))
        known = _open(session, person, RequestKind.READ_NOTE, RightsRequest.note_id == found.id)
        if known is not None:
            return known
        row = RightsRequest(note_id=found.id, about="notes")
        return _ask(session, work, actor, row, RequestKind.READ_NOTE, program, person, found.by_account_id)


def ask_erasure(work: Work, actor: Actor) -> str:
    """Ask to be forgotten; no reason is asked. Asked already: the same request. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        program, person = _me(session, actor)
        known = _open(session, person, RequestKind.ERASURE)
        if known is not None:
            return known
        return _ask(session, work, actor, RightsRequest(), RequestKind.ERASURE, program, person)


def take_back_request(work: Work, actor: Actor, public_id: str) -> None:
    """Take it back while nobody has answered. Raises NotFound, Forbidden and Refused."""
    with work.transaction() as session:
        row = session.scalar(
            select(RightsRequest)
            .where(RightsRequest.public_id == public_id, scope.own_requests(actor))
            .with_for_update()
        )
        if row is None:
            raise NotFound
        ensure(actor, Permission.RIGHTS_OWN, Facts(row.program_id, row.participant_id))
        if row.state is not RequestState.OPEN:
            raise Refused(say("This was answered already."))
        subject = subject_of(NoticeKind.RIGHTS_REQUEST, row.id)
        session.execute(delete(Notice).where(Notice.program_id == row.program_id, Notice.subject == subject))
        audit(session, work, actor, "rights.take_back", "rights_request", row.id, participant_id=row.participant_id)
        session.delete(row)


def _me(session: Session, actor: Actor) -> tuple[int, int]:
    """Program and key of the participant who asks, locked so that a double tap is one question."""
    row = session.scalar(
        select(Participant)
        .where(scope.participants(actor), Participant.id == (actor.participant_id or 0))
        .with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.RIGHTS_OWN, Facts(row.program_id, row.id))
    return row.program_id, row.id


def _open(session: Session, person: int, kind: RequestKind, *more: object) -> str | None:
    mine = (RightsRequest.participant_id == person, RightsRequest.state == RequestState.OPEN)
    found: str | None = session.scalar(
        select(RightsRequest.public_id).where(*mine, RightsRequest.kind == kind, *more).limit(1)  # type: ignore[arg-type]
    )
    return found


def _ask(
    session: Session, work: Work, actor: Actor, row: RightsRequest, kind: RequestKind, program: int, person: int,
    to: int | None = None,
) -> str:  # fmt: skip
    waiting = select(func.count()).where(
        RightsRequest.participant_id == person, RightsRequest.state == RequestState.OPEN
    )
    if (session.scalar(waiting) or 0) >= MOST_OPEN:
        raise Refused(say("Many questions of yours wait for an answer. Please wait for the first ones."), "text")
    now = work.clock()
    row.program_id, row.participant_id, row.kind, row.created_at = program, person, kind, now
    row.due_on = actor.today(now) + ANSWER_WITHIN[kind]
    session.add(row)
    session.flush()
    audit(session, work, actor, "rights.ask", "rights_request", row.id, participant_id=person, kind=kind.value)
    raise_notice(
        session, work, kind=NoticeKind.RIGHTS_REQUEST, participant_id=person, program_id=program,
        from_account_id=actor.account_id, to_account_id=to, subject=subject_of(NoticeKind.RIGHTS_REQUEST, row.id),
        due_at=datetime.combine(row.due_on, time(12), ZoneInfo(actor.zone)),
    )  # fmt: skip
    return row.public_id
