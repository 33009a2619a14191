"""A log that is open, with entries and shares written through the use cases."""

from __future__ import annotations

from uuid import uuid4

from placement.domain.diary import Body, DayBody, ThoughtBody
from placement.models.accounts.account import Account
from placement.models.programs.program import HelpContact
from placement.policy.actor import Actor
from placement.usecases.diary.shares import ShareEntry, share_entry
from placement.usecases.diary.write import WriteEntry, write_entry
from tests.factories.make import Make


def key() -> str:
    return str(uuid4())


def open_log(make: Make, program_id: int) -> None:
    """The program has entered whom to call."""
    make.add(HelpContact(program_id=program_id, position=1, label={"en": "Our clinic"}, phone="030 5550 77", hours=""))


def write(make: Make, actor: Actor, body: Body, days: int = 0, shift: str = "") -> str:
    """An entry about a day so far from today; its public id."""
    return write_entry(make.work, actor, WriteEntry(body, make.day(days), key(), shift))


def diary_rows(make: Make, program_id: int, account: Account, reader: Account) -> dict[str, str]:
    """Two entries, the older one shared: kind of object → public id."""
    open_log(make, program_id)
    own = make.actor(account)
    shared = write(make, own, ThoughtBody("The queue", "afraid", 70, "They all look at me"), -1)
    entry = write(make, own, DayBody(4, 2, "Quiet morning"))
    share = share_entry(make.work, own, ShareEntry(shared, reader.public_id, make.day(3)))
    return {"diary_entry": entry, "share": share, "shared_entry": shared}
