"""The ladder: a step is added, reworded, moved and reached by either of the two, and put aside by the participant."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.exposures import MOST_STEPS, ensure_step
from placement.domain.sealed import Place
from placement.domain.words import say
from placement.models.base import new_public_id
from placement.models.exposures.exposure import ExposureStep
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries.exposures.ladder import step_words
from placement.usecases.effects.exposures import ensure_accompanied, ensure_live, locked_step
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import person_to_add_to
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddStep:
    """``participant``: public id. ``key``: made for every form that is shown, so that a double tap is one step."""

    participant: str
    text: str
    expected: int | None
    key: str


@dataclass(frozen=True, slots=True)
class EditStep:
    step: str
    version: int
    text: str
    expected: int | None


def add_step(work: Work, actor: Actor, command: AddStep) -> str:
    """Put a step on top of the ladder; its public id. Same key and body: the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_add, work, actor, command)


def edit_step(work: Work, actor: Actor, command: EditStep) -> None:
    """Say it in other words. Raises NotFound, Forbidden, Stale and Refused with the field's name."""
    ensure_step(command.text, command.expected)
    with work.transaction() as session:
        row = _changeable(session, work, actor, command.step)
        was = {"text": step_words(work.cipher, row.public_id, row.text_sealed).text, "expected": row.expected}
        check_version(row, command.version, was)
        row.text_sealed, row.expected = _sealed(work, row, command.text), command.expected
        audit(session, work, actor, "exposure.edit", "exposure_step", row.id, participant_id=row.participant_id)


def move_step(work: Work, actor: Actor, public_id: str, *, up: bool) -> None:
    """Change places with the next one up (harder) or down; at an end nothing happens. Raises NotFound, Refused."""
    with work.transaction() as session:
        row = _changeable(session, work, actor, public_id)
        live = list(
            session.scalars(
                select(ExposureStep)
                .where(ExposureStep.participant_id == row.participant_id, ExposureStep.dropped_at.is_(None))
                .order_by(ExposureStep.position, ExposureStep.id)
                .with_for_update()
            )
        )
        nth = live.index(row)
        other = nth + (1 if up else -1)
        if not 0 <= other < len(live):
            return
        live[nth], live[other] = live[other], live[nth]
        for position, one in enumerate(live, 1):
            one.position = position
        audit(session, work, actor, "exposure.move", "exposure_step", row.id, participant_id=row.participant_id)


def reach_step(work: Work, actor: Actor, public_id: str, *, reached: bool = True) -> None:
    """Say that it is reached, or not yet after all. Raises NotFound, Forbidden and Refused."""
    with work.transaction() as session:
        row = _changeable(session, work, actor, public_id)
        if (row.reached_on is not None) == reached:
            return
        row.reached_on = actor.today(work.clock()) if reached else None
        row.version += 1
        verb = "exposure.reach" if reached else "exposure.not_yet"
        audit(session, work, actor, verb, "exposure_step", row.id, participant_id=row.participant_id)


def drop_step(work: Work, actor: Actor, public_id: str, *, again: bool = False) -> None:
    """Put a step aside, without a reason and at any time; ``again``: take it up again. The participant's alone.

    Raises NotFound, Forbidden and Refused.
    """
    with work.transaction() as session:
        row = locked_step(session, actor, public_id, Permission.EXPOSURE_OWN)
        if (row.dropped_at is None) == again:
            return
        row.dropped_at = None if again else work.clock()
        row.version += 1
        verb = "exposure.take_up" if again else "exposure.drop"
        audit(session, work, actor, verb, "exposure_step", row.id, participant_id=row.participant_id)


def _add(work: Work, actor: Actor, command: AddStep) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["step"])
        person = person_to_add_to(session, actor, command.participant, Permission.EXPOSURE_EDIT)
        ensure_step(command.text, command.expected)
        ensure_accompanied(session, person.id, actor.today(work.clock()))
        live, top = session.execute(
            select(
                func.count().filter(ExposureStep.dropped_at.is_(None)),
                func.coalesce(func.max(ExposureStep.position), 0),
            ).where(ExposureStep.participant_id == person.id)
        ).one()  # fmt: skip
        if live >= MOST_STEPS:
            raise Refused(say("That is a long ladder already. Put a step aside first."))
        row = ExposureStep(
            public_id=new_public_id(), program_id=person.program_id, participant_id=person.id,
            by_account_id=actor.account_id, position=top + 1, expected=command.expected, created_at=work.clock(),
        )  # fmt: skip
        row.text_sealed = _sealed(work, row, command.text)
        session.add(row)
        session.flush()
        audit(session, work, actor, "exposure.add", "exposure_step", row.id, participant_id=person.id)
        keep_answer(session, work, actor, command.key, body, {"step": row.public_id})
        return row.public_id


def _changeable(session: Session, work: Work, actor: Actor, public_id: str) -> ExposureStep:
    """A live step of somebody who is accompanied today."""
    row = locked_step(session, actor, public_id, Permission.EXPOSURE_EDIT)
    ensure_live(row)
    ensure_accompanied(session, row.participant_id, actor.today(work.clock()))
    return row


def _sealed(work: Work, row: ExposureStep, text: str) -> bytes:
    return work.cipher.seal(text, Place("exposure_step", "text_sealed", row.public_id))
