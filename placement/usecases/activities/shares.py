"""Who may read one's words about an activity or a picture: decided by the participant, withdrawn at any time."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.errors import Refused
from placement.domain.shares import ShareKind
from placement.domain.words import say
from placement.models.activities.activity import Activity, Reflection
from placement.policy.actor import Actor
from placement.usecases.effects.activities import own_activity, own_reflection
from placement.usecases.effects.shares import Shown, add_share, end_share
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class ShareWords:
    """``of``: public id of the activity, or of the words about a picture. ``reader``: of an account."""

    of: str
    reader: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Public id of what nobody of them reads any more; one of the two."""

    activity: str | None
    reflection: str | None


def share_activity(work: Work, actor: Actor, command: ShareWords) -> str:
    """Let somebody read one's words about an activity; the share's public id.

    Raises NotFound, Forbidden and Refused with the field's name; also while there are no words.
    """
    with work.transaction() as session:
        row = own_activity(session, actor, command.of)
        if row.words_sealed is None or row.archived_at is not None:
            raise Refused(say("There is nothing to share yet."), "reader")
        shown = Shown(ShareKind.ACTIVITY, activity_id=row.id)
        return add_share(session, work, actor, shown, command.reader).public_id


def share_reflection(work: Work, actor: Actor, command: ShareWords) -> str:
    """The same for words about a picture."""
    with work.transaction() as session:
        row = own_reflection(session, actor, command.of)
        shown = Shown(ShareKind.REFLECTION, reflection_id=row.id)
        return add_share(session, work, actor, shown, command.reader).public_id


def stop_sharing(work: Work, actor: Actor, public_id: str) -> Stopped:
    """End it at once; twice changes nothing. What it showed. Raises NotFound."""
    with work.transaction() as session:
        row = end_share(session, work, actor, public_id)
        activity = session.get(Activity, row.activity_id) if row.activity_id is not None else None
        reflection = session.get(Reflection, row.reflection_id) if row.reflection_id is not None else None
        return Stopped(
            activity.public_id if activity is not None else None,
            reflection.public_id if reflection is not None else None,
        )
