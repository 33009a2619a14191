"""What an abstract picture is for somebody: kept with their yes alone, and gone as soon as they take it back."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from placement.domain.abstract_pictures import SEEDS
from placement.domain.activities import LONGEST_WORDS, ensure_text
from placement.domain.errors import NotFound, Refused
from placement.domain.rights import ConsentPurpose
from placement.domain.sealed import Place
from placement.domain.words import say
from placement.models.activities.activity import Reflection
from placement.models.base import new_public_id
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.activities import own_activity, own_reflection
from placement.usecases.effects.consents import give_consent, has_consent, withdraw_consent
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import check_not_archived
from placement.usecases.effects.shares import drop_shares_of
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Reflect:
    """``keep``: yes, keep such words; needed once. ``activity``: public id of what it is said beside, if anything.

    ``key``: made for every form that is shown, so that a double tap is one.
    """

    seed: int
    text: str
    keep: bool
    key: str
    activity: str | None = None


def reflect(work: Work, actor: Actor, command: Reflect) -> str:
    """Keep it; its public id. Same key and body: the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name: without a yes nothing is written.
    """
    return again_if_taken(_reflect, work, actor, command)


def remove_reflection(work: Work, actor: Actor, public_id: str) -> None:
    """Delete one at once, with whoever could read it. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = own_reflection(session, actor, public_id)
        drop_shares_of(session, reflection_id=row.id)
        audit(session, work, actor, "reflection.remove", "reflection", row.id, participant_id=row.participant_id)
        session.delete(row)


def stop_keeping(work: Work, actor: Actor) -> None:
    """Take the yes back: every such word is deleted at once. Raises Forbidden."""
    ensure(actor, Permission.ACTIVITY_OWN, Facts(actor.program, actor.participant_id))
    with work.transaction() as session:
        withdraw_consent(session, work, actor, actor.participant_id or 0, ConsentPurpose.REFLECTIONS)


def _reflect(work: Work, actor: Actor, command: Reflect) -> str:
    body = asdict(command)
    ensure(actor, Permission.ACTIVITY_OWN, Facts(actor.program, actor.participant_id))
    person = actor.participant_id or 0
    if command.seed not in SEEDS:
        raise NotFound
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["reflection"])
        check_not_archived(session, person)
        ensure_text(command.text, LONGEST_WORDS, "text")
        activity_id = own_activity(session, actor, command.activity).id if command.activity else None
        if command.keep:
            give_consent(session, work, actor, person, ConsentPurpose.REFLECTIONS)
        elif not has_consent(session, person, ConsentPurpose.REFLECTIONS):
            raise Refused(say("Without your yes nothing is kept. Say yes here, or leave the page."), "keep")
        row = Reflection(
            public_id=new_public_id(), program_id=actor.program, participant_id=person, activity_id=activity_id,
            seed=command.seed, created_at=work.clock(),
        )  # fmt: skip
        row.words_sealed = work.cipher.seal(command.text, Place("reflection", "words_sealed", row.public_id))
        session.add(row)
        session.flush()
        audit(session, work, actor, "reflection.add", "reflection", row.id, participant_id=person)
        keep_answer(session, work, actor, command.key, body, {"reflection": row.public_id})
        return row.public_id
