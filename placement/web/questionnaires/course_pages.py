"""Scores over time beside milestones: for the participant, and for the reader who was named."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.charts.picture import Chart
from placement.charts.scores import Mark, Scored, scores_chart
from placement.domain.milestone_words import milestone_words
from placement.domain.questionnaires import change_words, missing_words
from placement.policy.permissions import Permission
from placement.queries.questionnaires.course import Course, Courses, courses_of, own_courses
from placement.web.current import actor, cipher, reads
from placement.web.gate import record, requires
from placement.web.questionnaires.blueprint import questionnaires


@questionnaires.get("/questionnaires/course")
@requires(Permission.HANDOUT_OWN)
def my_course() -> ResponseReturnValue:
    found = own_courses(reads(), actor(), cipher())
    record(found.participant_id)
    return _page(found, own=True)


@questionnaires.get("/participants/<public_id>/questionnaires/course")
@requires(Permission.HANDOUT_READ)
def course(public_id: str) -> ResponseReturnValue:
    """What the actor was named to read."""
    found = courses_of(reads(), actor(), cipher(), public_id)
    record(found.participant_id)
    return _page(found, own=False)


def _page(found: Courses, *, own: bool) -> ResponseReturnValue:
    marks = [
        Mark(
            one.day,
            milestone_words(
                one.kind, task=one.task, percent=one.percent, occasions=one.occasions, amount=one.amount, name=one.name
            ),
        )
        for one in found.milestones
    ]
    parts = [(one, _chart(one, marks)) for one in found.courses]
    return render_template("questionnaires/course.html", found=found, parts=parts, own=own)


def _chart(one: Course, marks: list[Mark]) -> Chart:
    """What can't be read is left out."""
    scored = [
        Scored(filled.day, filled.score.value, filled.handout) for filled in one.filled if filled.score is not None
    ]
    notes = [change_words(one.asked.smallest_change), missing_words(one.asked.scale)]
    return scores_chart(one.name, one.asked.scale.range, scored, marks, notes)
