"""What stands in a report, read when it is opened; at most six statements, whatever the history."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.domain.attendance import is_away
from placement.domain.errors import Forbidden
from placement.domain.milestones import RuleKind
from placement.domain.reports import ReportReader, change_over
from placement.domain.shifts import Attendance
from placement.domain.summaries import task_summaries
from placement.domain.support import RaterKind
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries.progress.beside import beside
from placement.queries.reports import reading
from placement.queries.reports.head import OPENS
from placement.queries.reports.reading import About, Rows
from placement.queries.reports.records import (
    EmployerReport,
    Head,
    ParticipantReport,
    Report,
    Said,
    ShopMilestone,
    ShopTask,
    StaffTaskLine,
    TaskLine,
    TherapistReport,
)

MOST_SAID = 8
#: What an employer reads of: milestones of tasks, which their own shifts prove.
IN_SHOPS = (RuleKind.FIRST_ALONE, RuleKind.CONSECUTIVE_TASK)


def report_content(db: Session, actor: Actor, head: Head) -> Report:
    """What the report says to its reader. Raises Forbidden for whoever may not open it (yet).

    ``head`` is this actor's (see :func:`report_head`), so it was in sight.
    """
    if not head.opens:
        raise Forbidden(OPENS[head.reader])
    about = About(actor.program, head.participant_id, head.first_day, head.last_day, head.placement_id)
    if head.reader is ReportReader.PARTICIPANT:
        return _for_participant(db, actor, head, about)
    if head.reader is ReportReader.THERAPIST:
        return _for_therapist(db, actor, head, about)
    return _for_employer(db, actor, head, about)


def _for_participant(db: Session, actor: Actor, head: Head, about: About) -> ParticipantReport:
    lines, shifts = reading.task_lines(reading.points(db, about)), reading.shifts(db, about)
    return ParticipantReport(
        **_period(db, actor, head, shifts, lines),
        tasks=tuple(lines),
        milestones=tuple(reading.reached(row) for row in reading.milestones(db, about)),
        said=_said(db, about),
    )


def _for_therapist(db: Session, actor: Actor, head: Head, about: About) -> TherapistReport:
    rows, shifts = reading.points(db, about), reading.shifts(db, about)
    lines = reading.task_lines(rows)
    not_done = {(row.occasion, row.id) for row in rows if row.rank is None}
    summaries = task_summaries(reading.task_points(rows), reading.shift_points(shifts), not_done)
    return TherapistReport(
        **_period(db, actor, head, shifts, lines),
        tasks=tuple(_for_staff(line, summaries[line.id]) for line in lines),
        milestones=tuple(reading.reached(row) for row in reading.milestones(db, about)),
        planned=len(shifts),
        absent=sum(row.attendance is Attendance.ABSENT for row in shifts),
        excused=sum(is_away(row.attendance) and row.attendance is not Attendance.ABSENT for row in shifts),
    )


def _for_employer(db: Session, actor: Actor, head: Head, about: About) -> EmployerReport:
    rows = reading.points(db, about, shop=True)
    shifts, minutes = reading.worked(reading.shifts(db, about))
    if head.place is None:
        raise LookupError("an employer's report is about a placement")
    return EmployerReport(
        first_name=head.first_name,
        program=actor.program_name,
        place=head.place,
        first_day=head.first_day,
        last_day=head.last_day,
        shifts=shifts,
        minutes=minutes,
        levels=head.levels,
        tasks=_shop_tasks(rows),
        milestones=_shop_milestones(reading.milestones(db, about, IN_SHOPS), rows),
    )


def _period(db: Session, actor: Actor, head: Head, shifts: Rows, lines: list[TaskLine]) -> dict[str, Any]:
    """The fields of ``records.Period``; phase lines and goals in one statement."""
    count, minutes = reading.worked(shifts)
    also = beside(db, actor, head.participant_id, head.last_day)
    drawn = {None, *(line.id for line in lines)}
    return {
        "name": head.name,
        "program": actor.program_name,
        "first_day": head.first_day,
        "last_day": head.last_day,
        "levels": head.levels,
        "shifts": count,
        "minutes": minutes,
        "change": change_over((line.course for line in lines), head.first_day),
        "places": reading.places(shifts),
        "events": tuple(
            event for event in also.events if event.task_id in drawn and head.first_day <= event.day <= head.last_day
        ),
        "goals": also.goals,
    }


def _for_staff(line: TaskLine, summary: Any) -> StaffTaskLine:
    return StaffTaskLine(
        line.id, line.public_id, line.name, line.course, line.points, summary.trend, summary.trend_nap,
        summary.trend_size, summary.trend_rated, summary.trend_shifts,
    )  # fmt: skip


def _said(db: Session, about: About) -> tuple[Said, ...]:
    """The latest words of others, written for the participant to read."""
    rows = db.execute(
        select(Occasion.local_day, Rater.name, Feedback.went_well, Feedback.try_next)
        .join(Feedback, Feedback.occasion_id == Occasion.id)
        .join(Rater, Rater.id == Feedback.rater_id)
        .where(
            about.days(),
            Rater.kind != RaterKind.SELF,
            Feedback.withdrawn_at.is_(None),
            # Whoever reads with their coach first finds it in no report before.
            Feedback.released_at.is_not(None),
            or_(Feedback.went_well != "", Feedback.try_next != ""),
        )
        .order_by(Occasion.starts_at.desc(), Feedback.id)
        .limit(MOST_SAID)
    )
    return tuple(Said(*row) for row in rows)


def _shop_tasks(rows: Rows) -> tuple[ShopTask, ...]:
    return tuple(
        ShopTask(line.name, line.course.times, line.course.alone, _last(line)) for line in reading.task_lines(rows)
    )


def _last(line: TaskLine) -> int:
    return next(point.rank for point in reversed(line.points) if point.rank is not None)


def _shop_milestones(found: Rows, rows: Rows) -> tuple[ShopMilestone, ...]:
    """The latest of each task that the shop's own shifts prove; another shop's are none of its business."""
    seen: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.rank is not None:
            seen[row.id].add(row.occasion)
    latest: dict[int, ShopMilestone] = {}
    for row in found:
        if row.task_id is not None and row.evidence and set(row.evidence) <= seen[row.task_id]:
            latest.setdefault(
                row.task_id, ShopMilestone(row.kind, row.percent, row.occasions, row.task, row.reached_on)
            )
    return tuple(latest.values())
