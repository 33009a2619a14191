"""Figures out of the database: the same cohort as in the rules, frozen, and the same a year later."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.enrollments import ExpenseKind, ListKind, Reached, Unit
from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.outcomes import Verdict, figures, packed
from placement.domain.placements import PlacementState
from placement.models.enrollments.enrollment import Expense, FollowUp
from placement.models.system.log import Audit
from placement.policy.actor import Actor
from placement.queries.outcomes.facts import missing_exits, outcome_facts
from placement.queries.outcomes.frozen import frozen, frozen_list
from placement.queries.outcomes.months import activity, month_page, months_of
from placement.usecases.outcomes.freeze import freeze_report
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.enrollments.rows import approval_row, enrollment_row, entry_row, job_row


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def year(make: Make) -> tuple[date, date]:
    return date(make.today.year, 1, 1), date(make.today.year, 12, 31)


def counts(reads: Session, actor: Actor, make: Make) -> dict[str, dict[str, object]]:
    first, last = year(make)
    return {one.key: packed(one) for one in figures(outcome_facts(reads, actor, first, last, make.today))}


def cohort(make: Make, cast: Cast) -> None:
    """Noa is here; Kim left for a job; Lee waits; Ben is of another program."""
    here = enrollment_row(make, cast.a.participant)
    approval_row(make, here)
    left = enrollment_row(make, cast.kim, exited_on=make.day(-200))
    job_row(
        make, left, started_on=make.day(-190), four_hours=True, subsidised=False, integrated=True, seasonal=False,
        prevailing_wage=True,
    )  # fmt: skip
    make.add(
        FollowUp(
            program_id=left.program_id, participant_id=left.participant_id, enrollment_id=left.id, number=2,
            asked_on=make.today, reached=Reached.REACHED, employed=True, earnings=4000, by_account_id=1,
            created_at=make.clock.now,
        )
    )  # fmt: skip
    enrollment_row(make, cast.lee, entered_on=None)
    enrollment_row(make, cast.b.participant)


def test_figures_of_the_record(cast: Cast, make: Make, cora: Actor, reads: Session) -> None:
    cohort(make, cast)
    found = counts(reads, cora, make)
    assert found["served"]["base"] == 2
    assert (found["ips_employed"]["yes"], found["ips_employed"]["no"]) == (1, 1)
    assert found["job_starts"]["yes"] == 1
    assert (found["wioa_q2"]["yes"], found["wioa_q2"]["base"]) == (1, 1)
    assert found["earnings"]["value"] == 4000
    assert found["employers_served"]["yes"] == 1
    bea = make.actor(cast.accounts.outsider_coordinator)
    assert counts(reads, bea, make)["served"]["base"] == 1


def test_a_frozen_report_stays_whatever_is_corrected(
    cast: Cast, make: Make, cora: Actor, work: Work, reads: Session
) -> None:
    cohort(make, cast)
    first, last = year(make)
    key = freeze_report(work, cora, first, last)
    before = frozen(reads, cora, key)
    assert {one["key"]: one for one in before.figures} == counts(reads, cora, make)
    enrollment_row(make, make.participant(cast.a.program, "Ida"))
    assert counts(reads, cora, make)["served"]["base"] == 3
    make.clock.now = make.clock.now.replace(year=make.clock.now.year + 1)
    assert frozen(reads, cora, key) == before
    assert [row.public_id for row in frozen_list(reads, cora, None).rows] == [key]
    assert len(make.all(select(Audit).where(Audit.action == "outcomes.freeze"))) == 1
    # Nobody can be found in it.
    assert cast.kim.public_id not in str(before.figures)
    assert all(not isinstance(value, list | dict) for one in before.figures for value in one.values())


def test_who_may_freeze_and_read(cast: Cast, make: Make, cora: Actor, work: Work, reads: Session) -> None:
    first, last = year(make)
    with pytest.raises(Refused):
        freeze_report(work, cora, make.day(1), make.day(2))
    with pytest.raises(Refused):
        freeze_report(work, cora, last, first)
    key = freeze_report(work, cora, first, last)
    for account in (cast.accounts.therapist, cast.accounts.admin, cast.accounts.noa):
        with pytest.raises(Forbidden):
            frozen(reads, make.actor(account), key)
        with pytest.raises(Forbidden):
            outcome_facts(reads, make.actor(account), first, last, make.today)
    with pytest.raises(NotFound):
        frozen(reads, make.actor(cast.accounts.outsider_coordinator), key)


def test_who_never_got_an_exit_date_is_told(cast: Cast, make: Make, cora: Actor, reads: Session) -> None:
    enrollment_row(make, cast.lee)
    opening = make.opening(make.site(cast.a.employer, "North"))
    make.placement(cast.lee, opening, PlacementState.COMPLETED, first_day=make.day(-200), last_day=make.day(-120))
    assert missing_exits(reads, cora, make.day(-100)) == 1
    assert missing_exits(reads, cora, make.day(-130)) == 0
    # Noa still works; nobody waits for a date of hers.
    enrollment_row(make, cast.a.participant)
    assert missing_exits(reads, cora, make.day(-100)) == 1


def test_a_month_by_funder_person_and_costs(cast: Cast, make: Make, cora: Actor, reads: Session) -> None:
    row = enrollment_row(make, cast.a.participant)
    month = cast.a.rated.day.replace(day=1)
    before = month_page(reads, cora, month)
    assert [name for name, _ in before.funders] == [""]
    approval_row(make, row, first_day=month, unit=Unit.DAYS, units=20.0)
    for amount in (40.0, 20.5):
        make.add(
            Expense(
                program_id=row.program_id, participant_id=row.participant_id, month=month, kind=ExpenseKind.STIPEND,
                amount=amount, by_account_id=1, created_at=make.clock.now,
            )
        )  # fmt: skip
    found = month_page(reads, cora, month)
    assert [(name, total.people) for name, total in found.funders] == [("Pension fund", 1)]
    assert found.funders[0][1].minutes == before.funders[0][1].minutes == sum(line.minutes for line in found.hours)
    assert [(line.kind, line.amount) for line in found.costs] == [(ExpenseKind.STIPEND, 60.5)]
    assert [(line.funder, line.unit) for line in found.approvals] == [("Pension fund", Unit.DAYS)]
    assert month_page(reads, make.actor(cast.accounts.outsider_coordinator), month).costs == ()


def test_month_by_month_and_reasons(cast: Cast, make: Make, cora: Actor, reads: Session) -> None:
    reason = entry_row(make, cast.a.program, ListKind.EXIT_REASON, "Moved away")
    enrollment_row(make, cast.kim, exited_on=make.day(-1), exit_reason_id=reason.id)
    enrollment_row(make, cast.lee, exited_on=make.day(-1))
    enrollment_row(make, make.participant(cast.a.program, "Ida"), entered_on=None, exited_on=make.day(-1))
    first = cast.a.rated.day.replace(day=1)
    found = activity(reads, cora, first, make.today)
    assert sum(line.shifts for line in found.months) >= 1
    assert sum(line.with_feedback for line in found.months) == 1
    assert sum(line.milestones for line in found.months) == 1
    assert sorted((name or {}).get("en", "unknown") for name, _ in found.reasons) == ["Moved away", "unknown"]
    assert [count for _, count in found.reasons] == [1, 1]
    assert months_of(date(2025, 11, 30), date(2026, 2, 1)) == [
        date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1),
    ]  # fmt: skip


def test_every_number_adds_up(cast: Cast, make: Make, cora: Actor, reads: Session) -> None:
    cohort(make, cast)
    for one in counts(reads, cora, make).values():
        assert one["base"] == sum(int(str(one[verdict.value])) for verdict in Verdict)
