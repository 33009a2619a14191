"""A ladder between two people: sealed, theirs alone, paused without a therapist, carried by a shift unseen."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.exposures import Told, TryWords
from placement.models.accounts.account import Assignment
from placement.models.exposures.exposure import ExposureStep, ExposureTry
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.log import Audit
from placement.policy.actor import Actor
from placement.queries.exposures.ladder import Ladder, ladder, shifts_to_carry, step_page
from placement.queries.exposures.people import climber_of, own_climber
from placement.usecases.exposures.steps import AddStep, EditStep, add_step, drop_step, edit_step, move_step, reach_step
from placement.usecases.exposures.tries import (
    ChangePlan,
    Plan,
    PlanTry,
    WriteTry,
    change_plan,
    plan_try,
    remove_try,
    write_try,
)
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.usecases.sessions.test_course import _dump
from tests.web.exposures.ladders import faced, key, ladder_rows, step


def own(reads: Session, work: Work, actor: Actor) -> Ladder:
    return ladder(reads, actor, work.cipher, own_climber(reads, actor, actor.today(work.clock())))


def test_both_build_the_ladder_and_the_order_holds(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    person = cast.a.participant
    keys = [step(make, actor, person, text) for actor, text in ((thea, "low"), (noa, "middle"), (thea, "high"))]
    move_step(work, noa, keys[0], up=True)
    move_step(work, thea, keys[2], up=True)
    assert [row.words.text for row in own(reads, work, noa).steps] == ["middle", "low", "high"]
    found = climber_of(reads, thea, thea.today(work.clock()), person.public_id)
    assert ladder(reads, thea, work.cipher, found).steps == own(reads, work, noa).steps
    with pytest.raises(Stale) as stale:
        edit_step(work, noa, EditStep(keys[0], 7, "lower", 10))
    assert stale.value.current == {"text": "low", "expected": 60}
    edit_step(work, noa, EditStep(keys[0], 1, "lower", None))
    reach_step(work, thea, keys[1])
    assert [(row.words.text, row.expected) for row in own(reads, work, noa).steps][1] == ("lower", None)
    assert own(reads, work, noa).steps[0].reached_on == make.day(0)


def test_a_double_tap_is_one_step(cast: Cast, make: Make, work: Work) -> None:
    command = AddStep(cast.a.participant.public_id, "The bus", 50, key())
    thea = make.actor(cast.accounts.therapist)
    assert add_step(work, thea, command) == add_step(work, thea, command)
    assert len(make.all(select(ExposureStep.id))) == 1


def test_only_the_participant_puts_a_step_aside_and_says_no_reason(
    cast: Cast, make: Make, work: Work, reads: Session
) -> None:
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    of = ladder_rows(make, cast.a.participant, cast.accounts.therapist)["exposure_step"]
    with pytest.raises(Forbidden):
        drop_step(work, thea, of)
    drop_step(work, noa, of)
    assert [row.public_id for row in own(reads, work, noa).aside] == [of]
    for change in (
        lambda: plan_try(work, thea, PlanTry(of, Plan(make.day(1), 10), key())),
        lambda: edit_step(work, thea, EditStep(of, 2, "Again", 10)),
    ):
        with pytest.raises(Refused):
            change()
    drop_step(work, noa, of, again=True)
    assert not own(reads, work, noa).aside


def test_everybody_else_finds_nothing_and_writes_nothing(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    rows = ladder_rows(make, cast.a.participant, cast.accounts.therapist)
    accounts = cast.accounts
    others = (
        accounts.admin, accounts.coordinator, accounts.coach, accounts.supervisor, accounts.other_supervisor,
        accounts.kim, accounts.outsider_coordinator, accounts.outsider_therapist, accounts.ben, accounts.site_admin,
    )  # fmt: skip
    for account in others:
        actor = make.actor(account)
        for absent in (rows["exposure_step"], "A" * 16):
            with pytest.raises(NotFound):
                step_page(reads, actor, work.cipher, work.clock(), absent)
            with pytest.raises(NotFound):
                drop_step(work, actor, absent)
            with pytest.raises(NotFound):
                plan_try(work, actor, PlanTry(absent, Plan(make.day(1), 1), key()))
        with pytest.raises(NotFound):
            write_try(work, actor, WriteTry(rows["exposure_try"], 1, 5, 5))
        with pytest.raises((NotFound, Forbidden)):
            add_step(work, actor, AddStep(cast.a.participant.public_id, "Mine now", 5, key()))
    assert len(make.all(select(ExposureStep.id))) == 2


def test_it_is_paused_when_the_assignment_ends(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    rows = ladder_rows(make, cast.a.participant, cast.accounts.therapist)
    of, planned = rows["exposure_step"], rows["exposure_try"]
    make.do(lambda session: session.execute(
        update(Assignment).where(Assignment.account_id == cast.accounts.therapist.id).values(last_day=make.day(-1))
    ))  # fmt: skip
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    with pytest.raises(NotFound):
        step_page(reads, thea, work.cipher, work.clock(), of)
    # The coach still looks after Noa, and accompanies nothing.
    found = own(reads, work, noa)
    assert (found.climber.helpers, found.climber.goes_on, len(found.steps)) == ((), False, 2)
    for change in (
        lambda: add_step(work, noa, AddStep(cast.a.participant.public_id, "New", 5, key())),
        lambda: plan_try(work, noa, PlanTry(of, Plan(make.day(1), 5), key())),
        lambda: change_plan(work, noa, ChangePlan(planned, 1, Plan(make.day(2), 5))),
        lambda: move_step(work, noa, of, up=True),
        lambda: reach_step(work, noa, of),
        lambda: edit_step(work, noa, EditStep(of, 1, "Other", 5)),
    ):
        with pytest.raises(Refused):
            change()
    write_try(work, noa, WriteTry(planned, 1, 30, 10))
    drop_step(work, noa, of)
    (aside,) = own(reads, work, noa).aside
    assert (aside.tries, aside.last_end) == (2, 10)


def test_a_shift_carries_a_step_and_moves_with_it(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    noa, person = make.actor(cast.accounts.noa), cast.a.participant
    of = step(make, noa, person, "The till")
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.future.id))
    climber = own_climber(reads, noa, noa.today(work.clock()))
    assert shift in {one.public_id for one in shifts_to_carry(reads, noa, work.clock(), climber)}
    made = plan_try(work, noa, PlanTry(of, Plan(None, 70, shift), key()))
    (planned,) = step_page(reads, noa, work.cipher, work.clock(), of).tries
    assert planned.shift is not None
    assert (planned.day, planned.shift.public_id) == (cast.a.future.day, shift)
    make.do(lambda session: session.execute(
        update(Occasion).where(Occasion.id == cast.a.future.id).values(local_day=make.day(9))
    ))  # fmt: skip
    assert step_page(reads, noa, work.cipher, work.clock(), of).tries[0].day == make.day(9)
    assert own(reads, work, noa).steps[0].next_day == make.day(9)
    # Written down before the shift was: it was another time, today.
    write_try(work, noa, WriteTry(made, 1, 40, 30))
    (done,) = step_page(reads, noa, work.cipher, work.clock(), of).tries
    assert (done.day, done.shift) == (make.day(0), None)


def test_no_shift_of_somebody_else_and_none_that_is_cancelled(cast: Cast, make: Make, work: Work) -> None:
    noa = make.actor(cast.accounts.noa)
    of = step(make, noa, cast.a.participant, "The till")
    foreign = make.one(select(Occasion.public_id).where(Occasion.id == cast.b.future.id))
    off = make.shift(cast.a.placement, make.day(3), time(9), time(12), cancelled_at=work.clock())
    cancelled = make.one(select(Occasion.public_id).where(Occasion.id == off.id))
    assert make.one(select(Shift.cancelled_at).where(Shift.id == off.id)) is not None
    for shift in (foreign, cancelled, "A" * 16):
        with pytest.raises(NotFound):
            plan_try(work, noa, PlanTry(of, Plan(None, 70, shift), key()))
    for day in (None, make.day(0) + timedelta(days=400)):
        with pytest.raises(Refused) as refused:
            plan_try(work, noa, PlanTry(of, Plan(day, 70), key()))
        assert refused.value.field == "day"
    assert make.all(select(ExposureTry.id)) == []


def test_everything_may_be_skipped_and_corrected(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    noa = make.actor(cast.accounts.noa)
    of = step(make, noa, cast.a.participant, "The till", None)
    made = plan_try(work, noa, PlanTry(of, Plan(make.day(-1), None), key()))
    write_try(work, noa, WriteTry(made, 1))
    (one,) = step_page(reads, noa, work.cipher, work.clock(), of).tries
    assert (one.told, one.minutes, one.words, one.done, one.day) == (Told(), None, TryWords(), True, make.day(-1))
    with pytest.raises(Stale):
        write_try(work, noa, WriteTry(made, 1, 50))
    write_try(work, noa, WriteTry(made, 2, 50, 20, 10, TryWords("Sang", "")))
    with pytest.raises(Refused):
        change_plan(work, noa, ChangePlan(made, 3, Plan(make.day(1), 10)))
    (one,) = step_page(reads, noa, work.cipher, work.clock(), of).tries
    assert (one.told.peak, one.words) == (50, TryWords("Sang"))
    remove_try(work, noa, made)
    assert step_page(reads, noa, work.cipher, work.clock(), of).tries == ()


def test_the_raw_rows_hold_none_of_the_words(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    noa = make.actor(cast.accounts.noa)
    of = step(make, noa, cast.a.participant, "Xylophone step")
    edit_step(work, noa, EditStep(of, 1, "Xylophone otherwise", 50))
    faced(make, noa, of, -1, (60, 50, 40), TryWords("Xylophone safety", "Xylophone learned"))
    dump = b"".join(_dump(make))
    assert b"Corner Grocery" in dump
    assert b"ylophone" not in dump
    page = step_page(reads, noa, work.cipher, work.clock(), of)
    assert page.step.words.text == "Xylophone otherwise"
    assert page.tries[0].words == TryWords("Xylophone safety", "Xylophone learned")
    details = [str(row.detail) for row in make.all(select(Audit).where(Audit.action.like("exposure.%")))]
    assert details
    assert not any("60" in one or "Xylo" in one for one in details)


def test_swapped_seals_are_told_calmly(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    noa = make.actor(cast.accounts.noa)
    keys = [step(make, noa, cast.a.participant, text) for text in ("One", "Two")]
    for of, text in zip(keys, ("First", "Second"), strict=True):
        faced(make, noa, of, -1, (60, 50, 40), TryWords(text))

    def swap(session: Session) -> None:
        for table, column in ((ExposureStep, "text_sealed"), (ExposureTry, "words_sealed")):
            one, two = session.scalars(select(table).order_by(table.id))  # type: ignore[attr-defined]
            first, second = getattr(one, column), getattr(two, column)
            setattr(one, column, second)
            setattr(two, column, first)

    make.do(swap)
    for of in keys:
        page = step_page(reads, noa, work.cipher, work.clock(), of)
        assert page.step.words.broken
        assert [(one.words, one.told.peak) for one in page.tries] == [(None, 50)]
