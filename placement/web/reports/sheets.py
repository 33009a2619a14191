"""A report as a spreadsheet: the same figures as on its page, no more."""

from __future__ import annotations

from flask_babel import gettext as _

from placement.adapters.spreadsheet import Sheet, Value
from placement.queries.reports.records import EmployerReport, Report, TherapistReport
from placement.web.reports.view import TaskCard, View
from placement.web.words import day_short, say


def sheets_of(report: Report, view: View) -> list[Sheet]:
    """What was done, the tasks, the milestones. Rows behind the figures stay inside the application."""
    tasks = (
        _shop_tasks(view) if isinstance(report, EmployerReport) else _tasks(view, isinstance(report, TherapistReport))
    )
    return [_overview(report, view), tasks, _milestones(view)]


def _overview(report: Report, view: View) -> Sheet:
    rows: list[list[Value]] = [
        [_("Report"), view.title],
        [_("From"), day_short(report.first_day)],
        [_("To"), day_short(report.last_day)],
        [_("Shifts"), report.shifts],
        [_("Hours"), round(report.minutes / 60, 1)],
    ]
    if isinstance(report, EmployerReport):
        rows.append([_("Role"), report.place.role])
    if isinstance(report, TherapistReport):
        rows += [
            [_("Shifts planned"), report.planned],
            [_("did not come"), report.absent],
            [_("excused"), report.excused],
        ]
    rows.append([_("In a sentence"), view.sentence])
    return Sheet(_("Overview"), [_("What"), _("Value")], rows)


def _tasks(view: View, staff: bool) -> Sheet:
    columns = [_("Task"), _("Times"), _("Times alone"), _("At the start"), _("Now")]
    return Sheet(
        _("Tasks"), [*columns, *([_("What the ratings say")] if staff else [])], [_task(one) for one in view.tasks]
    )


def _task(card: TaskCard) -> list[Value]:
    course = card.line.course
    verdict = [] if card.verdict is None else [say(card.verdict)]
    return [say(card.line.name), course.times, course.alone, say(card.start), say(card.now), *verdict]


def _shop_tasks(view: View) -> Sheet:
    rows: list[list[Value]] = [[say(one.name), one.times, one.alone, say(one.last)] for one in view.shop_tasks]
    return Sheet(_("Tasks"), [_("Task"), _("Times"), _("Times alone"), _("The last time")], rows)


def _milestones(view: View) -> Sheet:
    rows: list[list[Value]] = [
        [say(one.title), day_short(one.day), say(one.upkeep) if one.upkeep else ""] for one in view.milestones
    ]
    return Sheet(_("Milestones"), [_("Milestone"), _("Reached on"), _("Since then")], rows)
