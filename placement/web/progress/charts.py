"""A progress record turned into what the template draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from placement.charts.levels import Level, LevelChart, LevelPoint, Mark, level_chart
from placement.domain.trend import trend_words
from placement.domain.words import Say
from placement.queries.progress.records import OwnProgress, Reached, StaffProgress, TaskProgress
from placement.web.current import today
from placement.web.progress.phase_lines import phase_line
from placement.web.progress.sentences import kept, proof, task_sentence, task_verdict, title, upkeep
from placement.web.words import say


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task with its sentence; ``chart`` None for one that is only listed.

    ``trend`` and ``verdict``, what its latest stretch says, are for staff.
    """

    task: TaskProgress
    sentence: Say
    trend: Say
    verdict: Say
    chart: LevelChart | None


@dataclass(frozen=True, slots=True)
class MilestoneCard:
    milestone: Reached
    title: Say
    proof: Say | None
    #: How a mastered task stands today; for the participant only how long it was kept.
    upkeep: Say | None


def task_cards(progress: OwnProgress | StaffProgress) -> list[TaskCard]:
    """One card a task; none while the program has no scale to draw on."""
    levels = [Level(level.rank, level.name) for level in progress.levels]
    if len(levels) < 2:
        return []
    return [_card(task, levels, progress) for task in progress.tasks]


def milestone_cards(progress: OwnProgress | StaffProgress) -> list[MilestoneCard]:
    """Newest first."""
    own, day = isinstance(progress, OwnProgress), today()
    return [
        MilestoneCard(milestone, title(milestone), proof(milestone), kept(milestone) if own else upkeep(milestone, day))
        for milestone in progress.milestones
    ]


def view_of(progress: OwnProgress | StaffProgress) -> dict[str, Any]:
    """What the template needs besides the sentences that differ by reader."""
    return {
        "progress": progress,
        "tasks": task_cards(progress),
        "milestones": milestone_cards(progress),
        "shift_links": shift_links(progress),
    }


def shift_links(progress: OwnProgress | StaffProgress) -> dict[str, str]:
    """Occasion → address of its shift, for table rows and for what proves a milestone."""
    # One address built, the others derived: building each costs more than drawing the table.
    pattern = url_for("shifts.show", public_id="-0-")
    keys = {point.key for task in progress.tasks for point in task.points if point.key}
    keys |= {proof.occasion for reached in progress.milestones for proof in reached.evidence if proof.occasion}
    return {key: pattern.replace("-0-", key) for key in keys}


def point_note(where: Say | None, note: str) -> str:
    """What stands at a point: the occasion's name where it is no shift, and what staff wrote."""
    return " · ".join(part for part in (say(where), note) if part)


def _card(task: TaskProgress, levels: list[Level], progress: OwnProgress | StaffProgress) -> TaskCard:
    sentence, trend, verdict = task_sentence(task, levels), trend_words(task.trend), task_verdict(task)
    if not task.points:
        return TaskCard(task, sentence, trend, verdict, None)
    chart = level_chart(
        [
            LevelPoint(point.at, point.rank, point.key, point.count, point_note(point.where, point.note))
            for point in task.points
        ],
        levels,
        [Mark(reached.day, title(reached)) for reached in progress.milestones if reached.task_id == task.id],
        [phase_line(event) for event in progress.events if event.task_id in (None, task.id)],
        weekly=task.weekly,
    )
    return TaskCard(task, sentence, trend, verdict, replace(chart, summary=sentence))
