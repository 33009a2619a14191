"""What the first participant who signs in asked about their record, and what became of it; who looked. Somebody who
decides by law for the second one."""

from __future__ import annotations

from datetime import date, timedelta

from placement.cli.demo.asked_words import WORDS
from placement.cli.demo.desk import Desk
from placement.domain.rights import ConsentPurpose, RepresentationScope, RequestState
from placement.domain.story import Intern
from placement.policy.actor import Actor
from placement.queries.rights.notes import own_notes
from placement.usecases.rights.answer import AnswerRequest, answer_request
from placement.usecases.rights.ask import AskCorrection, ask_correction, ask_note
from placement.usecases.rights.consents import set_consent
from placement.usecases.rights.representatives import AddRepresentative, add_representative
from placement.usecases.system.reads import record_read

_LEADER = "coordinator1"
#: Who looked, how many days ago, at which page; None: the therapist.
_LOOKS = (
    (9, None, "participants.show"), (9, None, "sessions.show"), (6, _LEADER, "participants.show"),
    (6, _LEADER, "placements.show"), (2, None, "participants.show"), (2, None, "progress.show"),
)  # fmt: skip


def write_asked(desk: Desk) -> None:
    people = [row for row in desk.story.interns if row.account]
    for intern in people[:1]:
        _corrections(desk, intern)
        therapist = next((staff for staff, away in intern.assigned if staff.startswith("therapist") and not away), None)
        if therapist is not None:
            _notes(desk, intern, therapist)
            _looks(desk, intern, therapist)
        set_consent(desk.on(_today(desk) - timedelta(days=30)), _own(desk, intern), ConsentPurpose.WORK_PHOTOS, True)
    for intern in people[1:2]:
        words = WORDS[desk.story.locale]
        command = AddRepresentative(
            desk.interns[intern.key], words.court, (RepresentationScope.MONEY, RepresentationScope.MAIL),
            "0381 555 0187", words.left,
        )  # fmt: skip
        add_representative(desk.on(_today(desk) - timedelta(days=40)), desk.actor(_LEADER), command)


def _corrections(desk: Desk, intern: Intern) -> None:
    """One that was answered, and one that waits."""
    words, own, today = WORDS[desk.story.locale], _own(desk, intern), _today(desk)
    asked = ask_correction(desk.on(today - timedelta(days=24)), own, AskCorrection("profile", words.wrong))
    _answer(desk, _LEADER, asked, today - timedelta(days=21), RequestState.DONE, words.righted)
    ask_correction(desk.on(today - timedelta(days=2)), own, AskCorrection("contacts", words.waits))


def _notes(desk: Desk, intern: Intern, therapist: str) -> None:
    """The oldest note was opened, the next one is kept back with a ground, the latest is asked for."""
    words, own, today = WORDS[desk.story.locale], _own(desk, intern), _today(desk)
    notes = own_notes(desk.reads, own)
    answers = ((RequestState.DONE, ""), (RequestState.REFUSED, words.ground))
    for note, (state, answer) in zip(reversed(notes[1:]), answers, strict=False):
        if note.day < today - timedelta(days=12):
            asked = ask_note(desk.on(today - timedelta(days=11)), own, note.public_id)
            _answer(desk, therapist, asked, today - timedelta(days=8), state, answer)
    for note in notes[:1]:
        ask_note(desk.on(today - timedelta(days=1)), own, note.public_id)


def _looks(desk: Desk, intern: Intern, therapist: str) -> None:
    for days, who, page in _LOOKS:
        when = desk.on(_today(desk) - timedelta(days=days), hour=10)
        record_read(when, desk.actor(who or therapist), page, _own(desk, intern).participant_id)


def _answer(desk: Desk, who: str, asked: str, day: date, state: RequestState, answer: str) -> None:
    answer_request(desk.on(day), desk.actor(who), AnswerRequest(asked, 1, state, answer))


def _own(desk: Desk, intern: Intern) -> Actor:
    return desk.actor(intern.account or "")


def _today(desk: Desk) -> date:
    return desk.work.clock().date()
