"""Words written for a participant: when they read them, their answer, and that a comment hurt."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.comments import LONGEST_ANSWER, Reads
from placement.domain.errors import NotFound, Refused
from placement.domain.notices import NoticeKind, subject_of
from placement.domain.words import say
from placement.models.feedback.observation import Feedback
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import mail_notice, raise_notice
from placement.usecases.transaction import Work


def choose_reading(work: Work, actor: Actor, reads: Reads) -> None:
    """At once, or with their coach first. At once shows what still waits, too. Raises Forbidden."""
    with work.transaction() as session:
        ensure(actor, Permission.COMMENTS_CHOOSE, Facts(actor.program, actor.participant_id))
        row = session.get_one(Participant, actor.participant_id, with_for_update={"key_share": True})
        if row.reads_comments is reads:
            return
        row.reads_comments = reads
        row.version += 1
        if reads is Reads.AT_ONCE:
            of_them = select(Occasion.id).where(Occasion.participant_id == row.id)
            session.execute(
                update(Feedback)
                .where(Feedback.occasion_id.in_(of_them), Feedback.released_at.is_(None))
                .values(released_at=work.clock())
                .execution_options(synchronize_session=False)
            )
        audit(session, work, actor, "comments.choose", "participant", row.id, reads=reads.value)


def release_words(work: Work, actor: Actor, feedback: str) -> None:
    """Staff have read them together with the participant; twice changes nothing. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row, facts = _find(session, actor, feedback)
        ensure(actor, Permission.COMMENTS_RELEASE, facts)
        if row.released_at is None:
            row.released_at = work.clock()
            audit(session, work, actor, "comments.release", "feedback", row.id)


def answer_words(work: Work, actor: Actor, feedback: str, answer: str) -> None:
    """The participant's answer; empty takes it back. Raises NotFound (also for what they can't read yet), Refused."""
    if len(answer) > LONGEST_ANSWER:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_ANSWER), "answer")
    with work.transaction() as session:
        row, facts = _find(session, actor, feedback)
        _ensure_reads(actor, row, facts)
        row.answer = answer.strip()
        row.answered_at = work.clock() if row.answer else None
        audit(session, work, actor, "comments.answer", "feedback", row.id)


def mark_hurt(work: Work, actor: Actor, feedback: str, *, hurt: bool = True) -> None:
    """The words hurt them: coordinators take care of it. Taken back, so is the notice. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row, facts = _find(session, actor, feedback)
        _ensure_reads(actor, row, facts)
        if (row.hurt_at is not None) == hurt:
            return
        row.hurt_at = work.clock() if hurt else None
        _tell(session, work, actor, row, facts, hurt)
        audit(session, work, actor, "comments.hurt" if hurt else "comments.hurt_no_more", "feedback", row.id)


def _find(session: Session, actor: Actor, public_id: str) -> tuple[Feedback, Facts]:
    found: Any = session.execute(
        select(Feedback, Occasion.participant_id)
        .join(Occasion, Occasion.id == Feedback.occasion_id)
        .where(Feedback.public_id == public_id, Feedback.withdrawn_at.is_(None), scope.words_about(actor))
        .with_for_update(of=Feedback, key_share=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], Facts(found[0].program_id, found[1], account_id=actor.account_id)


def _ensure_reads(actor: Actor, row: Feedback, facts: Facts) -> None:
    ensure(actor, Permission.COMMENTS_ANSWER, facts)
    if row.released_at is None:
        raise NotFound


def _tell(session: Session, work: Work, actor: Actor, row: Feedback, facts: Facts, hurt: bool) -> None:
    subject = subject_of(NoticeKind.HURT_ME, row.id)
    known = session.scalar(select(Notice).where(Notice.program_id == row.program_id, Notice.subject == subject))
    if known is not None:
        known.done_at, known.done_by_id = (None, None) if hurt else (work.clock(), None)
        known.version += 1
        if hurt:
            mail_notice(session, work, known)
    elif hurt:
        raise_notice(
            session,
            work,
            kind=NoticeKind.HURT_ME,
            participant_id=facts.participant_id or 0,
            program_id=row.program_id,
            placement_id=session.scalar(select(Shift.placement_id).where(Shift.id == row.occasion_id)),
            occasion_id=row.occasion_id,
            from_account_id=actor.account_id,
            subject=subject,
        )
