"""Loading a step or a try for a change: scope, authority, lock, and whether somebody accompanies the participant."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.exposures.exposure import ExposureStep, ExposureTry
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.exposures.people import therapists_of
from placement.usecases.effects.people import check_not_archived


def locked_step(session: Session, actor: Actor, public_id: str, permission: Permission) -> ExposureStep:
    """A step, locked. Raises NotFound out of sight, Forbidden, and Refused for an archived record."""
    row = session.scalar(
        select(ExposureStep).where(ExposureStep.public_id == public_id, scope.exposure_steps(actor)).with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, permission, Facts(row.program_id, row.participant_id))
    check_not_archived(session, row.participant_id)
    return row


def locked_try(session: Session, actor: Actor, public_id: str) -> ExposureTry:
    """A try, locked. Raises NotFound out of sight, Forbidden, and Refused for an archived record."""
    row = session.scalar(
        select(ExposureTry).where(ExposureTry.public_id == public_id, scope.exposure_tries(actor)).with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.EXPOSURE_EDIT, Facts(row.program_id, row.participant_id))
    check_not_archived(session, row.participant_id)
    return row


def ensure_accompanied(session: Session, participant_id: int, today: date) -> None:
    """Refuse what is new while no therapist looks after the participant: nobody is left alone with it."""
    if not therapists_of(session, participant_id, today):
        raise Refused(say("Your steps are paused until a therapist accompanies you again. Nothing is lost."))


def ensure_live(row: ExposureStep) -> None:
    """Refuse what can't be done with a step that was put aside."""
    if row.dropped_at is not None:
        raise Refused(say("This step was put aside."))
