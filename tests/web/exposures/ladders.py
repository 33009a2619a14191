"""A small ladder, written through the use cases."""

from __future__ import annotations

from uuid import uuid4

from placement.domain.exposures import TryWords
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.usecases.exposures.steps import AddStep, add_step
from placement.usecases.exposures.tries import Plan, PlanTry, WriteTry, plan_try, write_try
from tests.factories.make import Make


def key() -> str:
    return str(uuid4())


def step(make: Make, actor: Actor, person: Participant, text: str, expected: int | None = 60) -> str:
    """A step on top of somebody's ladder; its public id."""
    return add_step(make.work, actor, AddStep(person.public_id, text, expected, key()))


def faced(
    make: Make, actor: Actor, of: str, days: int, told: tuple[int | None, int | None, int | None], words: TryWords
) -> str:
    """A try some days from today, written down; its public id. ``told``: predicted, peak, at the end."""
    made = plan_try(make.work, actor, PlanTry(of, Plan(make.day(days), told[0]), key()))
    write_try(make.work, actor, WriteTry(made, 1, told[1], told[2], 20, words))
    return made


def ladder_rows(make: Make, person: Participant, therapist: Account) -> dict[str, str]:
    """Two steps; the lower one was faced once and is planned for tomorrow: kind of object → public id."""
    actor = make.actor(therapist)
    low = step(make, actor, person, "Ask where the milk is", 40)
    step(make, actor, person, "Stand at the full counter", 80)
    faced(make, actor, low, -3, (60, 40, 20), TryWords("Held the trolley", "Nobody laughed"))
    planned = plan_try(make.work, actor, PlanTry(low, Plan(make.day(1), 50), key()))
    return {"exposure_step": low, "exposure_try": planned}
