"""Limits and plans in use: planning refuses what is past them, the participant decides, too many hours are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.limits import PlanMove
from placement.domain.notices import NoticeKind
from placement.domain.placements import Move, PlacementKind
from placement.domain.shifts import Attendance
from placement.domain.week import Span, from_spans
from placement.models.limits.limits import StepPlan, WorkLimit
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.pattern import ShiftPattern
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries.limits.rules import rules_of
from placement.queries.limits.unfit import fingerprint, unfit_shifts
from placement.usecases.limits.fit import bring_back, cancel_unfit
from placement.usecases.limits.own import answer_plan, move_plan
from placement.usecases.limits.plan import AddPlan, NewStage, add_plan, employer_agrees, write_result
from placement.usecases.limits.record import AddLimit, LimitValues, add_limit, edit_limit, remove_limit
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.usecases.shifts.ahead import plan_ahead
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.shifts.change import MoveShift, cancel_shift, move_shift, restore_shift
from placement.usecases.shifts.pattern import SetPattern, set_pattern
from placement.usecases.shifts.plan import AddShift, add_shift
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make

#: The Monday after the clock's.
MONDAY = date(2026, 11, 30)
MORNINGS = from_spans([Span(day, time(9), time(12)) for day in range(5)])


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


@pytest.fixture
def kim(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.kim)


def placed(make: Make, cast: Cast, kind: PlacementKind = PlacementKind.GRADED_LOAD) -> Placement:
    opening = make.opening(make.site(cast.a.employer, "North"), pattern=MORNINGS)
    first, last = date(2026, 11, 1), date(2027, 6, 30)
    return make.placement(cast.kim, opening, kind=kind, first_day=first, last_day=last, pattern=MORNINGS)


def limit(work: Work, actor: Actor, cast: Cast, **values: object) -> str:
    said = LimitValues("Dr. Weber, GP", date(2026, 11, 1), **values)  # type: ignore[arg-type]
    return add_limit(work, actor, AddLimit(cast.kim.public_id, said, f"key-{sorted(values)}"))


def plan(work: Work, actor: Actor, placement: Placement, key: str = "plan-key-1", hours: float = 3) -> str:
    stages = (
        NewStage(MONDAY, hours, 5, "no till yet"),
        NewStage(MONDAY + timedelta(days=14), hours + 2, 5),
    )
    return add_plan(work, actor, AddPlan(placement.public_id, "Dr. Weber", MONDAY + timedelta(days=27), stages, key))


def agreed(work: Work, cora: Actor, kim: Actor, placement: Placement, key: str = "plan-key-1") -> str:
    made = plan(work, cora, placement, key)
    answer_plan(work, kim, made, agrees=True)
    row = _plan_version(work, made)
    employer_agrees(work, cora, made, row, "Ms. Kern, owner")
    return made


def _plan_version(work: Work, public_id: str) -> int:
    with work.transaction() as session:
        return session.scalars(select(StepPlan.version).where(StepPlan.public_id == public_id)).one()


def shift(placement: Placement, day: date, hours: int = 3, start: int = 9) -> AddShift:
    return AddShift(placement.public_id, day, time(start), time(start + hours))


def unfit(work: Work, cast: Cast, now: datetime) -> list[date]:
    with work.transaction() as session:
        return [row.day for row in unfit_shifts(session, cast.kim.id, now, rules_of(session, cast.kim.id))]


def seen(work: Work, cast: Cast, now: datetime) -> str:
    with work.transaction() as session:
        return fingerprint(unfit_shifts(session, cast.kim.id, now, rules_of(session, cast.kim.id)))


def standing(make: Make, placement: Placement) -> list[date]:
    rows = make.all(
        select(Shift).where(Shift.placement_id == placement.id, Shift.cancelled_at.is_(None)).order_by(Shift.day)
    )
    return [row.day for row in rows]


def notices(make: Make, cast: Cast, kind: NoticeKind) -> list[Notice]:
    mine = (Notice.participant_id == cast.kim.id, Notice.kind == kind)
    return make.all(select(Notice).where(*mine).order_by(Notice.id))


def test_a_single_shift_a_move_and_a_restored_one_keep_to_the_limits(
    cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    placement = placed(make, cast, PlacementKind.INTERNSHIP)
    limit(work, cora, cast, hours_day=3, no_nights=True)
    made = add_shift(work, cora, shift(placement, MONDAY))
    with pytest.raises(Refused, match="hours a day are allowed") as refused:
        add_shift(work, cora, shift(placement, MONDAY + timedelta(days=1), hours=4))
    assert refused.value.field == "day"
    # Twice three hours on one day are six.
    with pytest.raises(Refused):
        add_shift(work, cora, shift(placement, MONDAY, start=14))
    with pytest.raises(Refused):
        move_shift(work, cora, MoveShift(made, 1, MONDAY, time(9), time(13)))
    with pytest.raises(Refused, match="no work at night"):
        move_shift(work, cora, MoveShift(made, 1, MONDAY, time(20), time(23)))
    move_shift(work, cora, MoveShift(made, 1, MONDAY + timedelta(days=1), time(9), time(12)))
    cancel_shift(work, cora, made, 2)
    limit(work, cora, cast, hours_day=2)
    with pytest.raises(Refused):
        restore_shift(work, cora, made, 3)
    assert standing(make, placement) == []


def test_a_pattern_leaves_out_what_is_past_the_step_and_is_refused_where_nothing_fits(
    cast: Cast, make: Make, work: Work, cora: Actor, kim: Actor
) -> None:
    placement = placed(make, cast)
    wish = SetPattern(placement.public_id, 0, MONDAY, None, MORNINGS, until=MONDAY + timedelta(days=27))
    with pytest.raises(Refused, match="needs a step plan"):
        set_pattern(work, cora, wish)
    made = plan(work, cora, placement)
    with pytest.raises(Refused, match="participant has not agreed"):
        set_pattern(work, cora, wish)
    answer_plan(work, kim, made, agrees=True)
    with pytest.raises(Refused, match="employer has not agreed"):
        set_pattern(work, cora, wish)
    employer_agrees(work, cora, made, 2, "Ms. Kern")
    longer = from_spans([Span(day, time(9), time(14)) for day in range(5)])
    shown = set_pattern(work, cora, replace(wish, week=longer))
    # Five hours a day fit from the second step on; before it, each shift is left out, with the reason.
    assert standing(make, placement)[0] == MONDAY + timedelta(days=14)
    assert len(shown.past) == 10
    assert shown.past[0].params == {"day": MONDAY, "hours": 5.0, "most": 3.0}
    assert standing(make, placement)[-1] < MONDAY + timedelta(days=28)


def test_hold_waits_and_going_on_brings_back(
    cast: Cast, make: Make, work: Work, cora: Actor, kim: Actor, clock: Clock
) -> None:
    placement = placed(make, cast)
    made = agreed(work, cora, kim, placement)
    set_pattern(
        work, cora, SetPattern(placement.public_id, 0, MONDAY, None, MORNINGS, until=MONDAY + timedelta(days=6))
    )
    assert len(standing(make, placement)) == 5
    move_plan(work, kim, made, PlanMove.HOLD)
    move_plan(work, kim, made, PlanMove.HOLD)
    told = notices(make, cast, NoticeKind.PLAN_CHANGED)
    assert len(told) == 1
    assert (told[0].text, told[0].to_account_id, told[0].done_at) == ("", None, None)
    # Nothing is taken away by itself, nothing new is planned, and one yes takes out all of them.
    assert len(unfit(work, cast, clock.now)) == 5
    with pytest.raises(Refused, match="holds the plan"):
        add_shift(work, cora, shift(placement, MONDAY + timedelta(days=7)))
    clock.advance(days=2)
    assert plan_ahead(work) == 0
    with pytest.raises(Stale):
        cancel_unfit(work, cora, cast.kim.public_id, "another list")
    assert cancel_unfit(work, cora, cast.kim.public_id, seen(work, cast, clock.now)) == 5
    assert standing(make, placement) == []
    assert bring_back(work, cora, cast.kim.public_id) == 0
    move_plan(work, kim, made, PlanMove.GO_ON)
    assert bring_back(work, cora, cast.kim.public_id) == 5
    assert len(standing(make, placement)) == 5
    # The worker goes on with the pattern, within the plan's steps.
    pattern = make.one(select(ShiftPattern.planned_until).where(ShiftPattern.placement_id == placement.id))
    assert plan_ahead(work) > 0
    assert pattern is not None
    assert max(standing(make, placement)) < MONDAY + timedelta(days=28)


def test_reduce_stop_and_whose_decision_it_is(
    cast: Cast, make: Make, work: Work, cora: Actor, kim: Actor, clock: Clock
) -> None:
    placement = placed(make, cast)
    made = agreed(work, cora, kim, placement)
    add_shift(work, cora, shift(placement, MONDAY))
    for wrong in (None, 0.0, 3.0, 5.0):
        with pytest.raises(Refused):
            move_plan(work, kim, made, PlanMove.REDUCE, wrong)
    move_plan(work, kim, made, PlanMove.REDUCE, 2)
    assert unfit(work, cast, clock.now) == [MONDAY]
    with pytest.raises(Refused, match="the plan has at most"):
        add_shift(work, cora, shift(placement, MONDAY + timedelta(days=1)))
    # The next step does not jump up by itself.
    with pytest.raises(Refused):
        add_shift(work, cora, shift(placement, MONDAY + timedelta(days=15), hours=4))
    add_shift(work, cora, shift(placement, MONDAY + timedelta(days=1), hours=2))
    for other in (cora, make.actor(cast.accounts.coach)):
        with pytest.raises(Forbidden):
            move_plan(work, other, made, PlanMove.STOP)
    for outside in (cast.accounts.ben, cast.accounts.noa, cast.accounts.outsider_coordinator, cast.accounts.supervisor):
        with pytest.raises(NotFound):
            move_plan(work, make.actor(outside), made, PlanMove.STOP)
    move_plan(work, kim, made, PlanMove.STOP)
    with pytest.raises(Refused, match="stopped"):
        move_plan(work, kim, made, PlanMove.GO_ON)
    with pytest.raises(Refused, match="has stopped the plan"):
        add_shift(work, cora, shift(placement, MONDAY + timedelta(days=2), hours=1))
    assert len(notices(make, cast, NoticeKind.PLAN_CHANGED)) == 2
    # A new plan, agreed anew, is the way on.
    agreed(work, cora, kim, placement, "plan-key-2")
    add_shift(work, cora, shift(placement, MONDAY + timedelta(days=2)))
    with pytest.raises(Refused, match="newer plan"):
        move_plan(work, kim, made, PlanMove.HOLD)


def test_no_has_no_consequence_and_can_become_yes(cast: Cast, make: Make, work: Work, cora: Actor, kim: Actor) -> None:
    placement = placed(make, cast, PlacementKind.INTERNSHIP)
    made = plan(work, cora, placement)
    answer_plan(work, kim, made, agrees=False)
    # Nothing holds, and work goes on as before.
    add_shift(work, cora, shift(placement, MONDAY, hours=6))
    with pytest.raises(Refused):
        employer_agrees(work, cora, made, _plan_version(work, made), "Ms. Kern")
    answer_plan(work, kim, made, agrees=True)
    employer_agrees(work, cora, made, _plan_version(work, made), "Ms. Kern")
    with pytest.raises(Refused, match="hold it or stop it"):
        answer_plan(work, kim, made, agrees=False)
    with pytest.raises(Stale):
        employer_agrees(work, cora, made, 1, "Ms. Kern")


def test_more_hours_than_allowed_are_told_at_once_and_settle_when_corrected(
    cast: Cast, make: Make, work: Work, cora: Actor, clock: Clock
) -> None:
    placement = placed(make, cast, PlacementKind.INTERNSHIP)
    made = add_shift(work, cora, shift(placement, MONDAY))
    limit(work, cora, cast, hours_day=3)
    clock.set(datetime(2026, 11, 30, 16, tzinfo=UTC))

    def worked(end: time) -> None:
        version = make.one(
            select(Shift.version).join(Occasion, Occasion.id == Shift.id).where(Occasion.public_id == made)
        )
        set_attendance(work, cora, SetAttendance(made, version, Attendance.HERE, time(9), end))

    worked(time(12, 4))
    assert notices(make, cast, NoticeKind.OVER_PLAN) == []
    worked(time(13, 30))
    worked(time(14))
    (notice,) = notices(make, cast, NoticeKind.OVER_PLAN)
    assert notice.done_at is None
    assert notice.created_at.date() == MONDAY
    worked(time(12))
    (notice,) = notices(make, cast, NoticeKind.OVER_PLAN)
    assert notice.done_at is not None
    worked(time(14))
    (notice,) = notices(make, cast, NoticeKind.OVER_PLAN)
    assert notice.done_at is None


def test_a_graded_load_ends_with_a_written_result(cast: Cast, make: Make, work: Work, cora: Actor, kim: Actor) -> None:
    placement = placed(make, cast)
    made = agreed(work, cora, kim, placement)
    with pytest.raises(Refused, match="written result"):
        move_placement(work, cora, MovePlacement(placement.public_id, placement.version, Move.COMPLETE))
    with pytest.raises(Refused):
        write_result(work, cora, made, _plan_version(work, made), " ")
    write_result(work, cora, made, _plan_version(work, made), "Four hours a day went well.")
    move_placement(work, cora, MovePlacement(placement.public_id, placement.version, Move.COMPLETE))


def test_limits_are_written_corrected_and_taken_back_by_those_who_may(
    cast: Cast, make: Make, work: Work, cora: Actor, kim: Actor
) -> None:
    made = limit(work, cora, cast, hours_day=3)
    assert limit(work, cora, cast, hours_day=3) == made
    values = LimitValues("Dr. Weber, GP", date(2026, 11, 1), hours_day=4)
    edit_limit(work, make.actor(cast.accounts.coach), made, 1, values)
    with pytest.raises(Stale) as stale:
        edit_limit(work, cora, made, 1, values)
    assert stale.value.current["hours_day"] == 4
    with pytest.raises(Forbidden):
        edit_limit(work, kim, made, 2, values)
    for outside in (cast.accounts.noa, cast.accounts.ben, cast.accounts.outsider_coordinator):
        with pytest.raises(NotFound):
            edit_limit(work, make.actor(outside), made, 2, values)
    for name, wrong in (("hours_day", 25.0), ("hours_week", 0.0), ("lift_kg", -1), ("given_by", " ")):
        with pytest.raises(Refused) as refused:
            edit_limit(work, cora, made, 2, replace(values, **{name: wrong}))  # type: ignore[arg-type]
        assert refused.value.field == name
    remove_limit(work, cora, made)
    assert make.one(select(WorkLimit.archived_at).where(WorkLimit.public_id == made)) is not None
    remove_limit(work, cora, made, removed=False)
    assert make.one(select(WorkLimit.archived_at).where(WorkLimit.public_id == made)) is None
    assert make.one(select(Participant.id).where(Participant.id == cast.kim.id)) == cast.kim.id
