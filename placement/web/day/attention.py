"""What needs a coordinator: each thing in words, with the page where it can be dealt with."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import url_for

from placement.domain.words import say, say_n
from placement.queries.day.coordinator import CoordinatorDay
from placement.queries.day.decisions import Decision
from placement.queries.day.waiting import Ending
from placement.web.day import notice_lines, placement_lines, progress_lines
from placement.web.day.thing import Thing, some


def things_of(day: CoordinatorDay, today: date, whose: str = "") -> list[Thing]:
    """Everything that needs the coordinator, what others wait for first. ``whose``: the filter, for links."""
    kinds = (
        notice_lines.first(day.notices, day.incidents, today),
        some([row for row in day.milestones if row.to_tell], progress_lines.to_tell),
        notice_lines.then(day.notices, day.missing),
        some(day.owed, placement_lines.owed),
        some(day.slips, progress_lines.slip),
        some([row for row in day.decisions if placement_lines.is_talk(row)], placement_lines.talk),
        placement_lines.proposals(day.decisions),
        some([row for row in day.decisions if placement_lines.is_answer(row)], placement_lines.answer),
        some(
            [row for row in day.decisions if row.step is not None and row.step_due is not None],
            partial(placement_lines.step, today),
        ),
        some(day.endings, partial(_ending, today)),
        some([row for row in day.decisions if row.ends_soon], partial(placement_lines.end, today)),
        some(day.checks, progress_lines.check),
        some(day.watched, progress_lines.watched),
        _follow_ups(day, whose),
        _updates(day),
        placement_lines.free(day),
        some(progress_lines.news(day.milestones), progress_lines.celebrate),
    )
    return [thing for kind in kinds for thing in kind]


def called_for(day: CoordinatorDay, today: date) -> tuple[int, int]:
    """How many people, by name, and how many shops wait for the coordinator: a call, a word, an answer, a late step.

    News and what can wait are no call, however many lines they are.
    """
    people = {
        *(row.name for row in day.notices if row.kind in notice_lines.URGENT),
        *(row.name for row in day.incidents),
        *(row.name for row in day.milestones if row.to_tell),
        *(row.name for row in day.missing),
        *(row.name for row in day.decisions if placement_lines.is_talk(row) or _is_late(row, today)),
        *(row.name for row in day.watched),
    }
    return len(people), len({row.site for row in day.owed})


def _is_late(row: Decision, today: date) -> bool:
    return row.step is not None and row.step_due is not None and row.step_due < today


def _ending(today: date, row: Ending) -> Thing:
    """Limits or a plan with nothing after them: to be asked about before nobody knows what holds."""
    if row.kind == "employer":
        href = url_for("employers.history", public_id=row.participant)
        text = say("To come back to since %(day)s", day=row.day)
        return Thing(say("employer"), "todo", row.name, text, say("Look"), href)
    if row.kind == "check":
        href = url_for("checklists.show", public_id=row.participant)
        text = say("A paper of the checklist holds until %(day)s", day=row.day)
        if row.day < today:
            text = say("A paper of the checklist held until %(day)s", day=row.day)
        return Thing(say("papers"), "todo" if row.day < today else None, row.name, text, say("Look"), href)
    if row.kind in ("approval", "units", "follow_up"):
        return _paid(today, row)
    if row.kind == "plan":
        text = say("The step plan ended on %(day)s", day=row.day)
        if row.day >= today:
            text = say("The step plan ends on %(day)s", day=row.day)
    else:
        text = say("The work limits were known until %(day)s", day=row.day)
        if row.day >= today:
            text = say("The work limits are known until %(day)s", day=row.day)
    kind = "todo" if row.day < today else None
    return Thing(say("limits"), kind, row.name, text, say("Look"), url_for("limits.show", public_id=row.participant))


def _paid(today: date, row: Ending) -> Thing:
    """What a funder approved comes to its end; somebody who left is to be asked how it goes."""
    href, late = url_for("enrollments.show", public_id=row.participant), row.day < today
    match row.kind:
        case "follow_up":
            text = say("Ask how it goes after the program; due since %(day)s", day=row.day)
            return Thing(say("follow-up"), "todo", row.name, text, say("Look"), href)
        case "units":
            text = say("Most of what is approved until %(day)s is delivered", day=row.day)
        case _ if late:
            text = say("The approval ended on %(day)s", day=row.day)
        case _:
            text = say("The approval ends on %(day)s", day=row.day)
    return Thing(say("funding"), "todo" if late else None, row.name, text, say("Look"), href)


def _follow_ups(day: CoordinatorDay, whose: str) -> list[Thing]:
    count = day.figures.follow_ups
    if not count:
        return []
    title = say_n("%(n)s thing to come back to", "%(n)s things to come back to", count)
    text = say("Written down at a contact, for today or a day before")
    href = url_for("contacts.due", whose=whose or None)
    return [Thing(say("follow-up"), "todo", title, text, say("Look"), href)]


def _updates(day: CoordinatorDay) -> list[Thing]:
    count = day.figures.updates
    if not count:
        return []
    title = say_n("%(n)s profile could be brought up to date", "%(n)s profiles could be brought up to date", count)
    text = say("What was seen at work speaks for other levels")
    return [Thing(say("profiles"), None, title, text, say("Look"), url_for("matching.suggestions"))]
