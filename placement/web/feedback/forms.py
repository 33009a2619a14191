"""The form of one shift: fixed fields here, one question for each task beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from placement.catalog.read import scale
from placement.domain.support import NotTodayReason
from placement.queries.feedback.correction import Correction
from placement.queries.feedback.form import FeedbackForm, FormTask
from placement.queries.feedback.own_view import OwnViewForm
from placement.usecases.feedback.submit import LONGEST, TaskRating
from placement.usecases.feedback.withdraw import LONGEST as LONGEST_REASON
from placement.web.forms import Form, VersionedForm, trimmed
from placement.web.words import wording

NOT_TODAY = "not_today"
#: The questions shown at once; further tasks wait behind "more tasks".
SHOWN = 6


class AnswersForm(Form):
    """``key``: made for every form that is shown, so that a double tap is one answer."""

    key = HiddenField()
    attendance = HiddenField()
    late = BooleanField(_l("Came later"))
    went_well = TextAreaField(_l("What went well?"), filters=[trimmed], validators=[Length(max=LONGEST)])
    try_next = TextAreaField(_l("What to try next time?"), filters=[trimmed], validators=[Length(max=LONGEST)])
    note = TextAreaField(_l("Something for the coordinator?"), filters=[trimmed], validators=[Length(max=LONGEST)])


class OwnAnswersForm(Form):
    """``key``: made for every form that is shown."""

    key = HiddenField()


class CorrectForm(VersionedForm):
    reason = StringField(
        _l("Why?"),
        filters=[trimmed],
        validators=[InputRequired(_l("Please say in a few words why.")), Length(max=LONGEST_REASON)],
    )


class WithdrawForm(Form):
    reason = StringField(
        _l("Why?"), filters=[trimmed], validators=[InputRequired(_l("Please say in a few words why.")),
        Length(max=LONGEST_REASON)],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer as the page shows it."""

    value: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One task's question, with what is chosen; ``name`` is the field's name."""

    name: str
    words: Mapping[str, str]
    sentence: Mapping[str, str]
    value: str | None
    reason: str | None
    #: Name of the field, words of the step, and the level chosen for it.
    steps: tuple[tuple[str, Mapping[str, str], str | None], ...] = ()


def choices(shift: FeedbackForm | Correction | OwnViewForm) -> list[Choice]:
    """The program's levels, from alone to most help."""
    return [Choice(level.public_id, level.name) for level in shift.levels]


def reasons() -> list[tuple[str, str]]:
    """Why not today; nobody has to say."""
    named = {reason.key: wording(reason.name) for reason in scale().reasons}
    return [
        (reason.value, named.get(reason.value, "–"))
        for reason in sorted(NotTodayReason, key=lambda r: r.value in named)
    ]


def questions(shift: FeedbackForm | Correction | OwnViewForm, posted: Mapping[str, str] | None) -> list[Question]:
    """One for each task: with what was just posted, else with what this rater said before, else empty."""
    by_rank = {level.rank: level.public_id for level in shift.levels}
    return [_question(task, by_rank, posted) for task in shift.tasks]


def ratings(shift: FeedbackForm | Correction | OwnViewForm, posted: Mapping[str, str]) -> tuple[TaskRating, ...]:
    """What was answered. A value that is no answer counts as none given."""
    levels = {level.public_id for level in shift.levels}
    found = []
    for task in shift.tasks:
        value = posted.get(field_name(task), "")
        if value == NOT_TODAY:
            found.append(TaskRating(task.public_id, not_today=_reason(posted.get(f"{field_name(task)}-reason"))))
        elif steps := _steps_said(task, posted, levels):
            found.append(TaskRating(task.public_id, steps=steps))
        elif value in levels:
            found.append(TaskRating(task.public_id, value))
    return tuple(found)


def field_name(task: FormTask) -> str:
    return f"task-{task.public_id}"


def _question(task: FormTask, by_rank: Mapping[int, str], posted: Mapping[str, str] | None) -> Question:
    name, answer = field_name(task), task.answer
    value: str | None
    if posted is not None:
        value, reason = posted.get(name), posted.get(f"{name}-reason")
    elif answer is None:
        value, reason = None, None
    elif answer.rank is None:
        value, reason = NOT_TODAY, answer.not_today
    else:
        value, reason = by_rank.get(answer.rank), None
    steps = tuple(
        (
            step_name(task, step.position),
            step.name,
            posted.get(step_name(task, step.position)) if posted is not None else _level(by_rank, step.rank),
        )
        for step in task.steps
    )
    return Question(name, task.name, task.sentence, value, reason or NotTodayReason.UNSAID, steps)


def _level(by_rank: Mapping[int, str], rank: int | None) -> str | None:
    return None if rank is None else by_rank.get(rank)


def step_name(task: FormTask, position: int) -> str:
    return f"{field_name(task)}-step-{position}"


def _steps_said(task: FormTask, posted: Mapping[str, str], levels: set[str]) -> dict[int, str]:
    """Position → level of the steps that were rated; the task's level follows from them."""
    said = {step.position: posted.get(step_name(task, step.position), "") for step in task.steps}
    return {position: level for position, level in said.items() if level in levels}


def _reason(value: str | None) -> NotTodayReason:
    return NotTodayReason(value) if value in set(NotTodayReason) else NotTodayReason.UNSAID
