"""Questionnaires of the first participant who signs in: weeks of answers, one to fill in, one that is not wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.domain.story import Intern
from placement.queries.questionnaires.catalog import catalog_lines
from placement.usecases.questionnaires.answer import FillIn, decline, fill_in, mark_read
from placement.usecases.questionnaires.give import GiveOut, give_out

CONFIDENCE, USEFUL, ENGLISH_ONLY = "self_confidence", "being_useful", "rosenberg"
#: In the order of :data:`_WAYS`: two of the questions count the other way.
_ASKED = {
    CONFIDENCE: ("try_new", "ask", "mistake", "own_view", "hide", "trust_hands", "others_better", "proud"),
    USEFUL: ("matters", "counted_on", "noticed", "in_the_way", "give_back"),
}
#: Questionnaire, days ago, answers in the order of the questions; None: skipped. A slow way up with a dip.
_WAYS: tuple[tuple[str, int, tuple[int | None, ...]], ...] = (
    (CONFIDENCE, 60, (1, 1, 1, 0, 3, 2, 3, 1)),
    (USEFUL, 53, (2, 1, 1, 3, 1)),
    (CONFIDENCE, 46, (1, 2, 1, 1, 3, 2, 3, 2)),
    (CONFIDENCE, 32, (2, 3, 2, 1, 2, 2, 2, None)),
    (USEFUL, 25, (3, 2, 2, 2, 2)),
    (CONFIDENCE, 18, (1, 2, 2, 1, 3, 2, 2, 2)),
    (CONFIDENCE, 4, (3, 3, 3, 2, 1, 3, 2, 3)),
)
#: A reader has so long.
_READ = timedelta(days=7)


def write_papers(desk: Desk) -> None:
    """Handed out by the therapist, who reads what is about confidence; what is about being useful, the coach."""
    for intern in [row for row in desk.story.interns if row.account][:1]:
        staff = [key for key, away in intern.assigned if not away]
        therapist = next((key for key in staff if key.startswith("therapist")), None)
        if therapist is not None:
            coach = next((key for key in staff if key.startswith("coach")), therapist)
            _course(desk, intern, therapist, {CONFIDENCE: therapist, USEFUL: coach})


def _course(desk: Desk, intern: Intern, therapist: str, readers: dict[str, str]) -> None:
    today = desk.work.clock().date()
    lines = catalog_lines(desk.reads, desk.actor(therapist))
    known = {line.key: line.public_id for line in lines if desk.story.locale in line.languages}
    ways = [(key, today - timedelta(days=ago), answers) for key, ago, answers in _WAYS]
    held = [way for way in ways if way[1] > desk.story.began.date()]
    for nth, (key, day, answers) in enumerate(held, 1):
        made = _give(desk, intern, therapist, readers[key], known[key], day)
        _answer(desk, intern, made, key, day, answers)
        # The latest waits to be read.
        if nth < len(held):
            mark_read(desk.on(day + timedelta(days=3)), desk.actor(readers[key]), made)
    yesterday = today - timedelta(days=1)
    if ENGLISH_ONLY in known:
        unwanted = _give(desk, intern, therapist, therapist, known[ENGLISH_ONLY], yesterday)
        decline(desk.on(yesterday, 12), desk.actor(intern.account or ""), unwanted)
    _give(desk, intern, therapist, readers[USEFUL], known[USEFUL], yesterday)


def _give(desk: Desk, intern: Intern, therapist: str, reader: str, asked: str, day: date) -> str:
    key = str(uuid5(NAMESPACE_URL, f"paper:{intern.key}:{asked}:{day}"))
    command = GiveOut(desk.interns[intern.key], asked, desk.accounts[reader], day + _READ, day + timedelta(days=3), key)
    return give_out(desk.on(day), desk.actor(therapist), command)


def _answer(desk: Desk, intern: Intern, made: str, key: str, day: date, answers: Sequence[int | None]) -> None:
    """In the evening of the same day."""
    chosen = {item: value for item, value in zip(_ASKED[key], answers, strict=True) if value is not None}
    fill_in(desk.on(day, 18), desk.actor(intern.account or ""), FillIn(made, chosen, hand_in=True))
