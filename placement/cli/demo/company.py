"""How the people of a story were accompanied: coaching that gets less, calls, what to come back to, steps back."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.domain.contacts import ContactKind
from placement.domain.placements import Move
from placement.domain.story import Stay, Turn
from placement.usecases.contacts.add import AddContact, add_contact
from placement.usecases.effects.contacts import ContactValues
from placement.usecases.progress.fading import TakeStep, hold_step, take_step

#: Stays that are told in such detail; a page shows one at a time.
MOST_STAYS = 24
#: Shifts before today that are told.
MOST_TURNS = 30
#: How much of a shift in ten is coached, by fortnight.
SHARES = (10, 8, 6, 5, 4, 3, 2)
_CALL = {
    "en": (
        "A short call about the way there.",
        "Talked about the break room.",
        "Asked how it goes.",
    ),
    "de": ("Kurz über den Weg gesprochen.", "Über den Pausenraum gesprochen, er ist jetzt ruhiger.", "Nachgefragt."),
}
_STEP = {
    "en": "The coach comes later and leaves after the first hour.",
    "de": "Die Begleitung kommt später und geht nach der ersten Stunde.",
}


def write_company(desk: Desk) -> None:
    """For the first running stays of the story."""
    running = [stay for stay in desk.story.stays if stay.turns and _runs(stay)]
    for number, stay in enumerate(running[:MOST_STAYS]):
        team = next(row for row in desk.story.interns if row.key == stay.intern).assigned
        coach = next((key for key, _ in team if key.startswith("coach")), None)
        therapist = next((key for key, _ in team if key.startswith("therapist")), None)
        if coach is not None:
            _coaching(desk, stay, coach)
            _steps(desk, stay, coach, number)
        if therapist is not None:
            _calls(desk, stay, therapist, number)


def _runs(stay: Stay) -> bool:
    moves = {move for move, _ in stay.moves}
    return Move.START in moves and not moves & {Move.COMPLETE, Move.PAUSE, Move.END_EARLY}


def _coaching(desk: Desk, stay: Stay, coach: str) -> None:
    """Whole shifts, ever fewer of ten."""
    first = stay.turns[0].day
    for number, turn in list(enumerate(stay.turns))[-MOST_TURNS:]:
        share = SHARES[min(len(SHARES) - 1, (turn.day - first).days // 14)]
        if turn.feedback and (number + 1) * share // 10 > number * share // 10:
            _write(desk, coach, stay, turn.day, ContactKind.COACHING, _minutes(turn))


def _calls(desk: Desk, stay: Stay, therapist: str, number: int) -> None:
    """Every second week; the last one leaves something to come back to with every fourth person."""
    texts = _CALL[desk.story.locale]
    last = stay.turns[-1].day
    days = [last - timedelta(days=14 * back) for back in range(3)]
    for back, day in enumerate(day for day in days if day > stay.first_day):
        follow_up = last + timedelta(days=1) if back == 0 and number % 4 == 0 else None
        note = texts[(number + back) % len(texts)]
        _write(desk, therapist, stay, day, ContactKind.CALL, 15, note, follow_up)


def _steps(desk: Desk, stay: Stay, coach: str, number: int) -> None:
    """The first step holds; the next one is watched, for every third person long enough."""
    last = stay.turns[-1].day
    taken = last - timedelta(days=14 + 6 if number % 3 else 8)
    if (taken - stay.first_day).days < 35:
        return
    who, note = desk.actor(coach), _STEP[desk.story.locale]
    early = taken - timedelta(days=28)
    step = take_step(desk.on(early), who, TakeStep(desk.stays[stay.key], 80, 55, early + timedelta(days=14), note))
    hold_step(desk.on(early + timedelta(days=14)), who, step)
    if number % 2 == 0:
        take_step(desk.on(taken), who, TakeStep(desk.stays[stay.key], 50, 35, taken + timedelta(days=14)))


def _write(
    desk: Desk, who: str, stay: Stay, day: date, kind: ContactKind, minutes: int, note: str = "",
    follow_up: date | None = None,
) -> None:  # fmt: skip
    key = str(uuid5(NAMESPACE_URL, f"{stay.key}:{day}:{kind}:{who}"))
    values = ContactValues(kind, day, minutes, note=note, follow_up_on=follow_up)
    add_contact(desk.on(day, 19), desk.actor(who), AddContact(desk.interns[stay.intern], values, key))


def _minutes(turn: Turn) -> int:
    return (turn.end.hour * 60 + turn.end.minute) - (turn.start.hour * 60 + turn.start.minute)
