"""The placements: how they came about, and what became of their shifts."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.domain.patterns import Holidays
from placement.domain.placements import Answer, Move
from placement.domain.story import Sent, Stay, Turn
from placement.queries.programs import demo
from placement.usecases.demo.bulk import Keys, write_history
from placement.usecases.feedback.submit import SubmitFeedback, TaskRating, submit_feedback
from placement.usecases.placements.answer import AnswerPlacement, answer_placement
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.usecases.placements.propose import ProposePlacement, propose_placement
from placement.usecases.placements.steps import AddStep, FinishStep, add_step, finish_step
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.shifts.pattern import SetPattern, set_pattern
from placement.usecases.transaction import Work


def write_stays(desk: Desk) -> None:
    """Every placement of the story from its proposal to today."""
    for stay in desk.story.stays:
        _stay(desk, stay)


def _stay(desk: Desk, stay: Stay) -> None:
    proposal = ProposePlacement(
        participant=desk.interns[stay.intern],
        opening=desk.places[stay.place],
        first_day=stay.first_day,
        last_day=stay.last_day,
    )
    public_id = propose_placement(desk.on(stay.proposed_on), desk.actor("coordinator1"), proposal)
    desk.stays[stay.key] = public_id
    ends = {Move.PAUSE, Move.COMPLETE}
    _moves(desk, stay, public_id, [row for row in stay.moves if row[0] not in ends])
    _steps(desk, stay, public_id)
    _turns(desk, stay, public_id)
    _moves(desk, stay, public_id, [row for row in stay.moves if row[0] in ends])


def _moves(desk: Desk, stay: Stay, public_id: str, moves: list[tuple[Move, date]]) -> None:
    intern = next(row for row in desk.story.interns if row.key == stay.intern)
    for move, day in moves:
        if move is Move.PARTICIPANT_YES:
            who = desk.actor(intern.account or "")
            answer_placement(desk.on(day), who, AnswerPlacement(public_id, Answer.YES))
            continue
        version = demo.version_of(desk.reads, public_id)
        command = MovePlacement(public_id, version, move, on=day)
        move_placement(desk.on(day, 6 if move is Move.START else 19), desk.actor("coordinator1"), command)


def _steps(desk: Desk, stay: Stay, public_id: str) -> None:
    who = desk.actor("coordinator1")
    for kind, due, done in stay.steps:
        step = add_step(desk.on(stay.proposed_on), who, AddStep(public_id, kind, due))
        if done is not None:
            finish_step(desk.on(done), who, FinishStep(step, done))


def _turns(desk: Desk, stay: Stay, public_id: str) -> None:
    if stay.planned_until is None and not stay.turns:
        return
    planned, who = desk.on(stay.proposed_on + timedelta(days=6)), desk.actor("coordinator1")
    if desk.bulk and stay.turns:
        write_history(planned, who, public_id, planned.clock(), stay.turns, _keys(desk))
    if stay.turns:
        # Holidays too: the story tells of every shift of the week.
        _pattern(desk, stay, planned, public_id, 0, stay.first_day, stay.turns[-1].day, Holidays.WORK)
    if not desk.bulk:
        shifts = demo.shift_ids(desk.reads, public_id)
        for turn in stay.turns:
            _turn(desk, shifts[turn.day], turn)
    if stay.planned_until is not None:
        last = stay.turns[-1].day if stay.turns else None
        first, at = (stay.first_day, planned) if last is None else (last + timedelta(days=1), desk.on(last))
        _pattern(desk, stay, at, public_id, 0 if last is None else 1, first, stay.planned_until, Holidays.OFF)


def _pattern(
    desk: Desk, stay: Stay, at: Work, public_id: str, version: int, first: date, until: date, holidays: Holidays
) -> None:
    if stay.last_day is not None and first > stay.last_day:
        return
    week = next(place.pattern for place in desk.story.places if place.key == stay.place)
    command = SetPattern(public_id, version, first, None, week, holidays=holidays, until=until)
    set_pattern(at, desk.actor("coordinator1"), command)


def _turn(desk: Desk, shift: str, turn: Turn) -> None:
    for sent in turn.feedback:
        submit_feedback(desk.at(sent.at), desk.actor(sent.rater), _feedback(desk, shift, sent))
    if turn.attendance is not None and turn.entered_at is not None:
        command = SetAttendance(shift, 1, turn.attendance)
        set_attendance(desk.at(turn.entered_at), desk.actor("coordinator1"), command)


def _feedback(desk: Desk, shift: str, sent: Sent) -> SubmitFeedback:
    ratings = tuple(
        TaskRating(
            desk.tasks[rated.task],
            level=None if rated.rank is None else desk.levels[rated.rank],
            not_today=rated.not_today,
        )
        for rated in sent.ratings
    )
    key = str(uuid5(NAMESPACE_URL, f"{shift}:{sent.rater}"))
    return SubmitFeedback(
        shift,
        key,
        attendance=sent.attendance,
        ratings=ratings,
        went_well=sent.went_well,
        try_next=sent.try_next,
        note=sent.note,
    )


def _keys(desk: Desk) -> Keys:
    by_email = demo.rater_ids(desk.reads, desk.program)
    raters = {key: by_email[email] for key, email in desk.emails.items() if email in by_email}
    roles = {person.key: next(iter(person.roles)) for person in desk.story.people}
    return Keys(raters, roles, desk.task_ids, desk.level_ids)
