"""The participant's own words about an activity: written, changed and taken away by themself alone.

They are no version of the activity: whoever wrote it down must not learn that there are some.
"""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.activities import LONGEST_WORDS, ensure_text
from placement.domain.sealed import Place
from placement.policy.actor import Actor
from placement.usecases.effects.activities import own_activity
from placement.usecases.effects.log import audit
from placement.usecases.effects.shares import drop_shares_of
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class SayWords:
    activity: str
    text: str


def say_words(work: Work, actor: Actor, command: SayWords) -> None:
    """Write them, or write them anew. Raises NotFound, Forbidden and Refused with the field's name."""
    ensure_text(command.text, LONGEST_WORDS, "text")
    with work.transaction() as session:
        row = own_activity(session, actor, command.activity)
        row.words_sealed = work.cipher.seal(command.text, Place("activity", "words_sealed", row.public_id))
        row.words_at = work.clock()
        audit(session, work, actor, "activity.say", "activity", row.id, participant_id=row.participant_id)


def remove_words(work: Work, actor: Actor, public_id: str) -> None:
    """Remove them at once, with whoever could read them: what is written later is shared anew, or not.

    Twice changes nothing. Raises NotFound and Forbidden.
    """
    with work.transaction() as session:
        row = own_activity(session, actor, public_id, archived=True)
        drop_shares_of(session, activity_id=row.id)
        if row.words_sealed is None:
            return
        row.words_sealed = row.words_at = None
        audit(session, work, actor, "activity.unsay", "activity", row.id, participant_id=row.participant_id)
