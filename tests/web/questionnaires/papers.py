"""Questionnaires handed out and filled in, written through the use cases."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.questionnaires.questionnaire import Questionnaire
from placement.usecases.questionnaires.answer import FillIn, fill_in
from placement.usecases.questionnaires.give import GiveOut, give_out
from placement.usecases.questionnaires.load import load_questionnaires
from tests.factories.make import Make

#: The questions of our own check-in.
KEYS = ("try_new", "ask", "mistake", "own_view", "hide", "trust_hands", "others_better", "proud")


def key() -> str:
    return str(uuid4())


def load(make: Make, program_id: int, wanted: str = "self_confidence") -> str:
    """The catalog's questionnaires for a program; the public id of the one wanted."""
    load_questionnaires(make.work, program_id)
    found = select(Questionnaire.public_id).where(
        Questionnaire.program_id == program_id, Questionnaire.key == wanted, Questionnaire.archived_at.is_(None)
    )
    return str(make.one(found))


def give(
    make: Make, person: Participant, therapist: Account, reader: Account | None = None, days: int = 7,
    wanted: str = "self_confidence",
) -> str:  # fmt: skip
    """A handout; its public id."""
    asked = load(make, person.program_id, wanted)
    command = GiveOut(person.public_id, asked, (reader or therapist).public_id, make.day(days), None, key())
    return give_out(make.work, make.actor(therapist), command)


def hand_in(make: Make, handout: str, own: Account, value: int = 3) -> None:
    """Answer every question alike and hand it in."""
    fill_in(make.work, make.actor(own), FillIn(handout, dict.fromkeys(KEYS, value), hand_in=True))


def paper_rows(make: Make, person: Participant, own: Account, therapist: Account) -> dict[str, str]:
    """One handed in, one still open, and the questionnaire: kind of object → public id."""
    given, waiting = give(make, person, therapist), give(make, person, therapist)
    hand_in(make, given, own)
    return {"paper": given, "paper_open": waiting, "questionnaire": load(make, person.program_id)}
