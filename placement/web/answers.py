"""Questions about tasks as a page asks them, and the answers that come back: one question for each task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from placement.catalog.read import scale
from placement.domain.support import NotTodayReason
from placement.queries.feedback.form import FormTask
from placement.queries.programs.scale import LevelRow
from placement.usecases.effects.feedback import Unlisted
from placement.usecases.effects.observations import Answer
from placement.web.words import wording

NOT_TODAY = "not_today"
#: The questions shown at once; further tasks wait behind "more tasks".
SHOWN = 6


class Posted(Protocol):
    """A posted form: several values under one name, ``get`` the first of them."""

    def get(self, key: str, /) -> str | None: ...
    def getlist(self, key: str, /) -> list[str]: ...


class Asking(Protocol):
    """Whatever asks about tasks in the words of a scale."""

    @property
    def tasks(self) -> Sequence[FormTask]: ...
    @property
    def levels(self) -> Sequence[LevelRow]: ...


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


def choices(shift: Asking) -> list[Choice]:
    """The program's levels, from alone to most help."""
    return [Choice(level.public_id, level.name) for level in shift.levels]


def reasons() -> list[tuple[str, str]]:
    """Why not today; nobody has to say."""
    named = {reason.key: wording(reason.name) for reason in scale().reasons}
    return [
        (reason.value, named.get(reason.value, "–"))
        for reason in sorted(NotTodayReason, key=lambda r: r.value in named)
    ]


def questions(shift: Asking, posted: Posted | None) -> list[Question]:
    """One for each task: with what was just posted, else with what this rater said before, else empty."""
    by_rank = {level.rank: level.public_id for level in shift.levels}
    return [_question(task, by_rank, posted) for task in shift.tasks]


def ratings(shift: Asking, posted: Posted) -> tuple[Answer, ...]:
    """What was answered. A value that is no answer counts as none given."""
    levels = {level.public_id for level in shift.levels}
    found = []
    for task in shift.tasks:
        value = posted.get(field_name(task)) or ""
        if value == NOT_TODAY:
            found.append(Answer(task.public_id, None, _reason(posted.get(f"{field_name(task)}-reason"))))
        elif steps := _steps_said(task, posted, levels):
            found.append(Answer(task.public_id, None, None, steps=steps))
        elif value in levels:
            found.append(Answer(task.public_id, value, None))
    return tuple(found)


def field_name(task: FormTask) -> str:
    return f"task-{task.public_id}"


def _question(task: FormTask, by_rank: Mapping[int, str], posted: Posted | None) -> Question:
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


def _steps_said(task: FormTask, posted: Posted, levels: set[str]) -> dict[int, str]:
    """Position → level of the steps that were rated; the task's level follows from them."""
    said = {step.position: posted.get(step_name(task, step.position)) or "" for step in task.steps}
    return {position: level for position, level in said.items() if level in levels}


def _reason(value: str | None) -> NotTodayReason:
    return NotTodayReason(value) if value in set(NotTodayReason) else NotTodayReason.UNSAID


def unlisted(posted: Posted, asking: Asking) -> tuple[Unlisted, ...]:
    """Tasks somebody added themself; a name alone says that it was done."""
    levels = {level.public_id for level in asking.levels}
    names, said = posted.getlist("unlisted"), posted.getlist("unlisted_level")
    pairs = zip(names, [*said, *[""] * len(names)], strict=False)
    return tuple(Unlisted(name.strip(), level if level in levels else "") for name, level in pairs if name.strip())
