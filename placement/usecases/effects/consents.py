"""A participant's yes that can be taken back at any time: what rested on it goes in the same moment."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from placement.domain.rights import ConsentPurpose
from placement.models.activities.activity import Reflection
from placement.models.rights.rights import Consent
from placement.models.rights.share import Share
from placement.policy.actor import Actor
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def has_consent(session: Session, participant_id: int, purpose: ConsentPurpose) -> bool:
    """Whether a yes stands."""
    return _standing(session, participant_id, purpose) is not None


def give_consent(session: Session, work: Work, actor: Actor, participant_id: int, purpose: ConsentPurpose) -> None:
    """Write the yes down; one that stands stays."""
    if has_consent(session, participant_id, purpose):
        return
    row = Consent(
        program_id=actor.program, participant_id=participant_id, purpose=purpose, created_at=work.clock()
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit(
        session, work, actor, "consent.give", "consent", row.id, participant_id=participant_id, purpose=purpose.value
    )  # fmt: skip


def withdraw_consent(session: Session, work: Work, actor: Actor, participant_id: int, purpose: ConsentPurpose) -> None:
    """Take the yes back, and delete what was kept because of it. Twice changes nothing."""
    row = _standing(session, participant_id, purpose)
    if row is None:
        return
    row.withdrawn_at = work.clock()
    if purpose is ConsentPurpose.REFLECTIONS:
        mine = select(Reflection.id).where(Reflection.participant_id == participant_id)
        session.execute(delete(Share).where(Share.reflection_id.in_(mine)))
        session.execute(delete(Reflection).where(Reflection.participant_id == participant_id))
    audit(
        session, work, actor, "consent.withdraw", "consent", row.id,
        participant_id=participant_id, purpose=purpose.value,
    )  # fmt: skip


def _standing(session: Session, participant_id: int, purpose: ConsentPurpose) -> Consent | None:
    return session.scalar(
        select(Consent)
        .where(
            Consent.participant_id == participant_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
        )
        .with_for_update()
    )  # fmt: skip
