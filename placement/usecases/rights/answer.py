"""Answering what somebody asked about their record: by a named person, a no with its ground."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.notices import NoticeKind, subject_of
from placement.domain.rights import LONGEST_ANSWER, RequestKind, RequestState, ensure_answer
from placement.domain.words import say
from placement.models.notices.notice import Notice
from placement.models.rights.rights import RightsRequest
from placement.models.sessions.one_to_one import OneToOne, SessionNote
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.erasure import forget
from placement.usecases.effects.log import audit
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    request: str
    version: int
    state: RequestState
    answer: str


def answer_request(work: Work, actor: Actor, command: AnswerRequest) -> RequestState:
    """Answer it; what it became. Yes to a note opens it to the participant; yes to being forgotten forgets them.

    Raises NotFound, Forbidden, Stale and Refused with the field's name.
    """
    with work.transaction() as session:
        row = session.scalar(
            select(RightsRequest)
            .where(RightsRequest.public_id == command.request, scope.rights_requests(actor, actor.today(work.clock())))
            .with_for_update()
        )
        if row is None:
            raise NotFound
        _ensure(session, actor, row)
        if row.state is not RequestState.OPEN:
            raise Refused(say("This was answered already."))
        ensure_answer(row.kind, command.state, command.answer)
        check_version(row, command.version, {"answer": row.answer})
        row.state, row.answer = command.state, command.answer
        row.answered_at, row.answered_by_id = work.clock(), actor.account_id
        _close_notice(session, work, actor, row)
        person, kind = row.participant_id, row.kind
        audit(
            session, work, actor, "rights.answer", "rights_request", row.id,
            participant_id=person, kind=kind.value, state=command.state.value,
        )  # fmt: skip
        if kind is RequestKind.READ_NOTE:
            _answer_note(session, work, actor, row)
        elif kind is RequestKind.ERASURE and command.state is not RequestState.REFUSED:
            kept = forget(session, work, actor, person, row.id)
            row.state = RequestState.PARTLY if kept.anything else RequestState.DONE
        return row.state


def withhold_note(work: Work, actor: Actor, session_id: str, ground: str) -> None:
    """Keep one's own note out of what its subject takes along, with the ground; without one, no longer.

    Raises NotFound, Forbidden and Refused with the field's name.
    """
    if len(ground) > LONGEST_ANSWER:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_ANSWER), "ground")
    with work.transaction() as session:
        row = session.scalar(
            select(SessionNote)
            .join(OneToOne, OneToOne.id == SessionNote.session_id)
            .where(
                OneToOne.public_id == session_id,
                scope.held_sessions(actor),
                SessionNote.by_account_id == actor.account_id,
            )
            .with_for_update(of=SessionNote)
        )
        if row is None:
            raise NotFound
        ensure(
            actor, Permission.SESSION_NOTE_WRITE,
            Facts(row.program_id, row.participant_id, account_id=row.by_account_id),
        )  # fmt: skip
        _withhold(work, actor, row, ground)
        action = "session_note.withhold" if ground else "session_note.release"
        audit(session, work, actor, action, "session_note", row.id, participant_id=row.participant_id)


def _withhold(work: Work, actor: Actor, row: SessionNote, ground: str) -> None:
    row.withheld_ground = ground
    row.withheld_at = work.clock() if ground else None
    row.withheld_by_id = actor.account_id if ground else None


def _ensure(session: Session, actor: Actor, row: RightsRequest) -> None:
    facts = Facts(row.program_id, row.participant_id)
    permission = Permission.RIGHTS_CORRECT if row.kind is RequestKind.CORRECTION else Permission.RIGHTS_ERASE
    if row.kind is RequestKind.READ_NOTE:
        permission = Permission.RIGHTS_NOTE
        author = session.scalar(select(SessionNote.by_account_id).where(SessionNote.id == row.note_id))
        # The scope has let in the author and their deputies of today, nobody else.
        facts = Facts(row.program_id, row.participant_id, account_id=author, current=author != actor.account_id)
    ensure(actor, permission, facts)


def _answer_note(session: Session, work: Work, actor: Actor, row: RightsRequest) -> None:
    note = session.get_one(SessionNote, row.note_id)
    if row.state is RequestState.DONE:
        note.opened_to_participant_at = work.clock()
        _withhold(work, actor, note, "")
    else:
        note.opened_to_participant_at = None
        _withhold(work, actor, note, row.answer)


def _close_notice(session: Session, work: Work, actor: Actor, row: RightsRequest) -> None:
    subject = subject_of(NoticeKind.RIGHTS_REQUEST, row.id)
    session.execute(
        update(Notice)
        .where(Notice.program_id == row.program_id, Notice.subject == subject, Notice.done_at.is_(None))
        .values(done_at=work.clock(), done_by_id=actor.account_id, version=Notice.version + 1)
    )
