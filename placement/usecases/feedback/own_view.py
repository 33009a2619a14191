"""The participant's own view of a shift: observations by themself, which count nowhere."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from placement.domain.attendance import is_away
from placement.domain.errors import Refused
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries.feedback.own_view import closed_words
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.observations import Answer, drop_observations, write_observations
from placement.usecases.effects.raters import ensure_self_rater
from placement.usecases.effects.shifts import Found, find_shift
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class GiveOwnView:
    """``shift``: its public id. ``key``: made for every form that is shown. Tasks not named keep what was said."""

    shift: str
    key: str
    answers: tuple[Answer, ...]


def give_own_view(work: Work, actor: Actor, command: GiveOwnView) -> None:
    """Store it, or change it. It touches no attendance, milestone, summary or verdict, and owes nobody anything.

    The same key and body change nothing. Raises NotFound, Forbidden, KeyReused and Refused.
    """
    again_if_taken(_give, work, actor, command)


def take_back_own_view(work: Work, actor: Actor, shift: str) -> None:
    """Drop what was said about a shift; twice changes nothing. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        found = _found(session, actor, work.clock(), shift)
        rater = ensure_self_rater(session, work, actor)
        if drop_observations(session, work, found.occasion.id, rater.id):
            _audit(session, work, actor, found, "own_view.take_back")


def _give(work: Work, actor: Actor, command: GiveOwnView) -> None:
    body = asdict(command)
    with work.transaction() as session:
        if first_answer(session, actor, command.key, body) is not None:
            return
        now = work.clock()
        found = _found(session, actor, now, command.shift)
        occasion = found.occasion
        closed = closed_words(
            occasion.starts_at, occasion.ends_at, found.shift.cancelled_at is not None,
            is_away(occasion.attendance), now,
        )  # fmt: skip
        if closed is not None:
            raise Refused(closed)
        if not command.answers:
            raise Refused(say("Please answer for at least one task, or go back."))
        rater = ensure_self_rater(session, work, actor)
        write_observations(session, work, actor, occasion, rater, command.answers)
        _audit(session, work, actor, found, "own_view.give")
        keep_answer(session, work, actor, command.key, body, {})


def _found(session: Session, actor: Actor, now: datetime, shift: str) -> Found:
    found = find_shift(session, actor, now, shift)
    ensure(actor, Permission.OWN_VIEW_GIVE, found.facts)
    return found


def _audit(session: Session, work: Work, actor: Actor, found: Found, verb: str) -> None:
    audit(session, work, actor, verb, "occasion", found.occasion.id, participant_id=found.occasion.participant_id)
