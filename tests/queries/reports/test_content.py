"""What each reader may know, by type and by row."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound
from placement.domain.maintenance import Standing
from placement.domain.milestones import RuleKind
from placement.domain.occasions import Audience
from placement.domain.placements import PlacementState
from placement.domain.reports import ReportReader
from placement.domain.shifts import Attendance
from placement.domain.support import RaterKind
from placement.domain.trend import ThenNow
from placement.domain.verdict import Trend
from placement.models.accounts.account import Account
from placement.models.programs.catalog import Task
from placement.queries.progress.records import EventRow, GoalLine
from placement.queries.reports.content import report_content
from placement.queries.reports.head import report_head, shop_reports
from placement.queries.reports.records import EmployerReport, ParticipantReport, Report, Said, TherapistReport
from tests.factories.cast import Cast
from tests.factories.make import Make


def held_types(kind: Any, seen: set[Any] | None = None) -> set[Any]:
    """Every type a record can hold, however deep."""
    seen = set() if seen is None else seen
    for part in (get_origin(kind), *get_args(kind)):
        if part is not None:
            held_types(part, seen)
    if kind not in seen and isinstance(kind, type):
        seen.add(kind)
        if is_dataclass(kind):
            for hint in get_type_hints(kind).values():
                held_types(hint, seen)
    return seen


def held_names(kind: type) -> set[str]:
    return {field.name for one in held_types(kind) if is_dataclass(one) for field in fields(one)}


def read(reads: Session, make: Make, account: Account, public_id: str) -> Report:
    actor = make.actor(account)
    return report_content(reads, actor, report_head(reads, actor, public_id))


def test_an_employers_record_has_no_room_for_what_is_none_of_their_business() -> None:
    assert held_types(EmployerReport) & {Trend, ThenNow, Said, EventRow, GoalLine, Standing, Attendance} == set()
    assert held_names(EmployerReport) == {
        "first_name", "program", "place", "first_day", "last_day", "shifts", "minutes", "levels", "tasks", "milestones",
        "role", "employer", "site", "rank", "name", "times", "alone", "last",
        "kind", "percent", "occasions", "task", "day",
    }  # fmt: skip


def test_the_participants_record_has_no_verdict_and_no_absences() -> None:
    assert held_types(ParticipantReport) & {Trend, Attendance} == set()
    assert held_names(ParticipantReport) & {"absent", "excused", "trend", "trend_nap"} == set()


def test_the_therapists_record_quotes_nobody() -> None:
    assert Said not in held_types(TherapistReport)
    assert held_names(TherapistReport) & {"comment", "note", "went_well", "try_next"} == set()


def add_what_the_shop_may_not_know(cast: Cast, make: Make) -> None:
    """The coach's view of the same shift, a task between two people, and work in another shop."""
    a = cast.a
    coach = make.rater(a.program.id, cast.accounts.coach, RaterKind.COACH)
    make.feedback(a.rated, coach, {a.catalog.tasks[0]: 2, a.catalog.tasks[3]: 3}, a.catalog, went_well="Was anxious.")
    private = make.add(
        Task(
            program_id=a.program.id, key="own", area="care", name={"en": "Washing"}, sentence={"en": "x"},
            audience=Audience.PRIVATE, participant_id=a.participant.id,
        )
    )  # fmt: skip
    thea = make.rater(a.program.id, cast.accounts.therapist, RaterKind.THERAPIST)
    make.feedback(a.rated, thea, {private: 6}, a.catalog)
    elsewhere = make.opening(cast.other_site, "Bakery helper", tasks=a.catalog.tasks[:2])
    other = make.placement(a.participant, elsewhere, PlacementState.COMPLETED)
    shift = make.shift(other, make.day(-9), attendance=Attendance.HERE)
    omar = make.rater(a.program.id, cast.accounts.other_supervisor, RaterKind.SUPERVISOR)
    make.feedback(shift, omar, {a.catalog.tasks[1]: 6}, a.catalog)
    make.milestone(a.participant, a.catalog.rules[0], shift, a.catalog.tasks[1])


def test_a_shop_reads_what_its_own_people_saw_in_it(reads: Session, cast: Cast, make: Make) -> None:
    add_what_the_shop_may_not_know(cast, make)
    report = make.report(cast.a.placement, cast.accounts.coach, released_at=make.clock.now)
    found = read(reads, make, cast.accounts.supervisor, report.public_id)
    assert isinstance(found, EmployerReport)
    names = [task.name["en"] for task in cast.a.catalog.tasks[:3]]
    assert [(task.name["en"], task.times, task.alone, task.last) for task in found.tasks] == [
        (names[0], 1, 1, 6), (names[1], 1, 0, 4), (names[2], 1, 0, 2),
    ]  # fmt: skip
    assert (found.first_name, found.shifts, found.minutes) == ("Noa", 1, 240)
    assert [(one.kind, one.task["en"]) for one in found.milestones] == [(RuleKind.FIRST_ALONE, names[0])]


def test_the_others_read_every_shop_but_no_task_between_two_people(reads: Session, cast: Cast, make: Make) -> None:
    add_what_the_shop_may_not_know(cast, make)
    for reader, who in (
        (ReportReader.PARTICIPANT, cast.accounts.noa),
        (ReportReader.THERAPIST, cast.accounts.therapist),
    ):
        report = make.report(cast.a.placement, cast.accounts.coach, reader)
        found = read(reads, make, who, report.public_id)
        assert not isinstance(found, EmployerReport)
        assert "Washing" not in {task.name["en"] for task in found.tasks}
        assert {place.site for place in found.places} == {"Market Street", "Harbor"}
        # Among raters of one shift, the one who saw more support counts.
        first = next(task for task in found.tasks if task.id == cast.a.catalog.tasks[0].id)
        assert (first.course.times, first.course.now) == (1, 2.0)


def test_only_days_of_the_period_count(reads: Session, cast: Cast, make: Make) -> None:
    report = make.report(
        cast.a.placement, cast.accounts.coach, ReportReader.THERAPIST, first_day=make.day(-5), last_day=make.day(-1)
    )
    found = read(reads, make, cast.accounts.coach, report.public_id)
    assert isinstance(found, TherapistReport)
    assert (found.tasks, found.milestones, found.shifts, found.planned, found.events) == ((), (), 0, 1, ())


def test_what_the_periods_last_stretch_says_is_for_staff(reads: Session, cast: Cast, make: Make) -> None:
    task = cast.a.catalog.tasks[3]
    for place, rank in enumerate((2, 3, 2, 3, 2, 5, 6, 6, 5, 6, 6, 6)):
        shift = make.shift(cast.a.placement, make.day(place - 25), attendance=Attendance.HERE)
        make.feedback(shift, cast.a.rater, {task: rank}, cast.a.catalog)
    report = make.report(cast.a.placement, cast.accounts.coach, ReportReader.THERAPIST)
    found = read(reads, make, cast.accounts.therapist, report.public_id)
    assert isinstance(found, TherapistReport)
    line = found.tasks[0]
    assert (line.id, line.trend, line.course.start, line.course.now) == (task.id, Trend.GROWING, 2.0, 6.0)
    assert found.change is not None
    assert (found.change.tasks, found.change.alone_then, found.change.alone_now) == (1, 0, 1)


def test_nobody_but_the_person_opens_an_employers_report_before_the_yes(reads: Session, cast: Cast, make: Make) -> None:
    report = make.report(cast.a.placement, cast.accounts.coordinator).public_id
    assert isinstance(read(reads, make, cast.accounts.noa, report), EmployerReport)
    for who in (cast.accounts.coordinator, cast.accounts.therapist, cast.accounts.coach):
        with pytest.raises(Forbidden):
            read(reads, make, who, report)
    with pytest.raises(NotFound):
        read(reads, make, cast.accounts.supervisor, report)


def test_after_taking_it_back_it_is_as_before(reads: Session, cast: Cast, make: Make) -> None:
    now = make.clock.now
    report = make.report(cast.a.placement, cast.accounts.coach, released_at=now, withdrawn_at=now).public_id
    with pytest.raises(Forbidden):
        read(reads, make, cast.accounts.coach, report)
    with pytest.raises(NotFound):
        read(reads, make, cast.accounts.supervisor, report)
    assert shop_reports(reads, make.actor(cast.accounts.supervisor)).rows == []


def test_a_released_one_opens_for_its_own_shop_alone(reads: Session, cast: Cast, make: Make) -> None:
    report = make.report(cast.a.placement, cast.accounts.coach, released_at=make.clock.now).public_id
    sol, omar = cast.accounts.supervisor, cast.accounts.other_supervisor
    assert [row.public_id for row in shop_reports(reads, make.actor(sol)).rows] == [report]
    assert isinstance(read(reads, make, sol, report), EmployerReport)
    assert shop_reports(reads, make.actor(omar)).rows == []
    for who in (omar, cast.accounts.kim, cast.accounts.outsider_coordinator):
        with pytest.raises(NotFound):
            read(reads, make, who, report)


def test_the_person_knows_that_there_is_one_for_therapists_but_it_is_theirs(
    reads: Session, cast: Cast, make: Make
) -> None:
    report = make.report(cast.a.placement, cast.accounts.coach, ReportReader.THERAPIST).public_id
    with pytest.raises(Forbidden):
        read(reads, make, cast.accounts.noa, report)
