"""Things made and played, with words and pictures, written through the use cases."""

from __future__ import annotations

from uuid import uuid4

from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.usecases.activities.reflect import Reflect, reflect
from placement.usecases.activities.shares import ShareWords, share_activity, share_reflection
from placement.usecases.activities.words import SayWords, say_words
from placement.usecases.activities.write import Told, WriteActivity, write_activity
from tests.factories.make import Make


def key() -> str:
    return str(uuid4())


def told(make: Make, name: str = "Painting stones", occasion: str | None = None, days: int = -1) -> Told:
    return Told(make.day(days), name, "Doing something with the hands while talking", 40, occasion)


def made(make: Make, by: Actor, person: Participant, name: str = "Painting stones", days: int = -1) -> str:
    """Something written down by staff; its public id."""
    return write_activity(make.work, by, WriteActivity(person.public_id, told(make, name, days=days), key()))


def activity_rows(make: Make, person: Participant, account: Account, reader: Account) -> dict[str, str]:
    """Yesterday's activity with words shared with whoever wrote it down, and a picture: kind of object → public id."""
    own, by = make.actor(account), make.actor(reader)
    activity = made(make, by, person)
    say_words(make.work, own, SayWords(activity, "Quiet hands."))
    share = share_activity(make.work, own, ShareWords(activity, reader.public_id))
    said = reflect(make.work, own, Reflect(2, "A pond in the morning", True, key(), activity))
    share_reflection(make.work, own, ShareWords(said, reader.public_id))
    return {"activity": activity, "activity_share": share, "reflection": said}
