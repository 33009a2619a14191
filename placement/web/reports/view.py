"""A report's record turned into what its page, its PDF and its spreadsheet say alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from placement.charts.level_drawing import NARROW, WIDE, Shape
from placement.charts.levels import Level, LevelChart, LevelPoint, Mark, PhaseLine, level_chart
from placement.charts.scale import LevelScale, Words
from placement.domain.events import event_words
from placement.domain.maintenance import kept_words, upkeep_words
from placement.domain.milestone_words import milestone_words
from placement.domain.milestones import RuleKind
from placement.domain.support import is_alone
from placement.domain.trend import change_sentence, change_sentence_for_staff, trend_words
from placement.domain.verdict import verdict_sentence
from placement.domain.words import Say
from placement.queries.progress.records import LevelName
from placement.queries.reports.records import (
    EmployerReport,
    Head,
    ParticipantReport,
    Reached,
    Report,
    ShopMilestone,
    StaffTaskLine,
    TaskLine,
    TherapistReport,
)
from placement.web.words import hours, number, say

#: Tasks drawn; the others stand in the table alone.
DRAWN = 6
PAGE = (NARROW, WIDE)
PAPER = (Shape("paper", 640, 150, 22, 8),)


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task's row; ``chart`` None for those that are only listed, ``verdict`` for staff alone."""

    line: TaskLine
    start: Words
    now: Words
    trend: Say | None
    verdict: Say | None
    chart: LevelChart | None


@dataclass(frozen=True, slots=True)
class MilestoneCard:
    title: Say
    day: date
    #: For how long it was kept; for staff how it stands.
    upkeep: Say | None


@dataclass(frozen=True, slots=True)
class ShopCard:
    """A task as the shop saw it; ``share`` 0–100."""

    name: Words
    times: int
    alone: int
    share: float
    last: Words


@dataclass(frozen=True, slots=True)
class View:
    """``title`` names the document, ``sentence`` is what matters, ``figures`` are (value, label)."""

    title: str
    sentence: str
    figures: tuple[tuple[str, str], ...]
    tasks: tuple[TaskCard, ...]
    shop_tasks: tuple[ShopCard, ...]
    milestones: tuple[MilestoneCard, ...]
    #: What one must know to read the charts, each once.
    notes: tuple[Say, ...] = ()


def view_of(head: Head, report: Report, shapes: Sequence[Shape], today: date) -> View:
    """The same for page and paper, but for the shapes of the charts."""
    if isinstance(report, EmployerReport):
        return _for_employer(report)
    staff = isinstance(report, TherapistReport)
    sentence = change_sentence_for_staff if staff else change_sentence
    tasks = tuple(_card(nth, line, report, shapes) for nth, line in enumerate(report.tasks))
    return View(
        title=_("Progress report for %(name)s", name=report.name),
        sentence=say(sentence(report.change, report.shifts)),
        figures=_figures(report),
        tasks=tasks,
        shop_tasks=(),
        milestones=tuple(_milestone(one, today if staff else None) for one in report.milestones),
        notes=_notes(tasks),
    )


def _notes(tasks: Sequence[TaskCard]) -> tuple[Say, ...]:
    every = [note for card in tasks if card.chart for note in card.chart.notes]
    return tuple(note for nth, note in enumerate(every) if note not in every[:nth])


def milestone_title(one: Reached) -> Say:
    own = one.words if one.kind is RuleKind.OWN_WORDS else None
    return milestone_words(
        one.kind, task=one.task, percent=one.percent, occasions=one.occasions, amount=one.amount, name=own
    )


def _for_employer(report: EmployerReport) -> View:
    levels = _levels(report.levels)
    scale = LevelScale.of(levels) if levels else None
    figures = [
        (number(report.shifts), ngettext("shift", "shifts", report.shifts)),
        (hours(report.minutes), _("of work")),
        (number(len(report.tasks)), ngettext("task", "tasks", len(report.tasks))),
    ]
    return View(
        title=_("%(name)s at %(employer)s", name=report.first_name, employer=report.place.employer),
        sentence=_shop_sentence(report),
        figures=tuple(figures),
        tasks=(),
        shop_tasks=tuple(
            ShopCard(task.name, task.times, task.alone, 100 * task.alone / task.times, scale.words(task.last))
            for task in report.tasks
            if scale is not None
        ),
        milestones=tuple(MilestoneCard(_shop_title(one), one.day, None) for one in report.milestones),
    )


def _shop_sentence(report: EmployerReport) -> str:
    count, name = len(report.tasks), report.first_name
    alone = sum(is_alone(task.last) for task in report.tasks)
    if not count:
        return _("%(name)s worked here.", name=name)
    if not alone:
        return ngettext("%(name)s worked on %(num)s task.", "%(name)s worked on %(num)s tasks.", count, name=name)
    if alone == count:
        return ngettext(
            "%(name)s worked on %(num)s task, alone the last time.",
            "%(name)s worked on %(num)s tasks, all of them alone the last time.",
            count,
            name=name,
        )
    return ngettext(
        "%(name)s worked on %(num)s task, %(alone)s of them alone the last time.",
        "%(name)s worked on %(num)s tasks, %(alone)s of them alone the last time.",
        count,
        name=name,
        alone=number(alone),
    )


def _shop_title(one: ShopMilestone) -> Say:
    return milestone_words(one.kind, task=one.task, percent=one.percent, occasions=one.occasions)


def _figures(report: ParticipantReport | TherapistReport) -> tuple[tuple[str, str], ...]:
    if isinstance(report, TherapistReport):
        alone = sum(is_alone(line.course.now) for line in report.tasks)
        done = (_("%(alone)s of %(count)s", alone=alone, count=len(report.tasks)), _("tasks alone now"))
    else:
        # One's own figures only grow.
        alone = sum(line.course.alone for line in report.tasks)
        done = (number(alone), ngettext("time alone", "times alone", alone))
    return (
        (number(report.shifts), ngettext("shift", "shifts", report.shifts)),
        (hours(report.minutes), _("of work")),
        done,
        (number(len(report.milestones)), ngettext("milestone", "milestones", len(report.milestones))),
    )


def _card(nth: int, line: TaskLine, report: ParticipantReport | TherapistReport, shapes: Sequence[Shape]) -> TaskCard:
    levels = _levels(report.levels)
    scale = LevelScale.of(levels) if levels else None
    staff = line if isinstance(line, StaffTaskLine) else None
    return TaskCard(
        line=line,
        start=scale.words(line.course.start) if scale else "",
        now=scale.words(line.course.now) if scale else "",
        trend=trend_words(staff.trend) if staff else None,
        verdict=_verdict(staff) if staff else None,
        chart=_chart(line, report, levels, shapes) if levels and nth < DRAWN else None,
    )


def _verdict(line: StaffTaskLine) -> Say:
    return verdict_sentence(line.trend, line.trend_nap, line.trend_size, line.trend_rated, line.trend_shifts)


def _chart(
    line: TaskLine, report: ParticipantReport | TherapistReport, levels: list[Level], shapes: Sequence[Shape]
) -> LevelChart:
    return level_chart(
        [LevelPoint(point.day, point.rank, point.key) for point in line.points],
        levels,
        [Mark(one.day, milestone_title(one)) for one in report.milestones if one.task_id == line.id],
        [
            # Said in the reader's language already: how long a label is decides whether it fits.
            PhaseLine(event.day, event.text or say(event_words(event.kind)))
            for event in report.events
            if event.task_id in (None, line.id)
        ],
        shapes=shapes,
    )


def _levels(names: Sequence[LevelName]) -> list[Level]:
    """Levels to draw on; none while the program has no scale."""
    found = [Level(level.rank, level.name) for level in names]
    return found if len(found) >= 2 else []


def _milestone(one: Reached, today: date | None) -> MilestoneCard:
    checks = one.checks
    if checks is None:
        return MilestoneCard(milestone_title(one), one.day, None)
    if today is not None:
        return MilestoneCard(milestone_title(one), one.day, upkeep_words(checks, one.day, today))
    return MilestoneCard(milestone_title(one), one.day, kept_words(checks.kept, one.day) if checks.kept else None)
