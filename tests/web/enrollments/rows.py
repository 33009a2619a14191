"""Somebody's way through the program, written straight into the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from placement.domain.enrollments import ExpenseKind, ListKind, Unit
from placement.models.enrollments.enrollment import Approval, Employment, Enrollment, Expense, ListEntry
from placement.models.outcomes.frozen import FrozenReport
from placement.models.participants.participant import Participant
from placement.models.programs.program import Program
from tests.factories.make import Make


def enrollment_row(make: Make, person: Participant, **columns: Any) -> Enrollment:
    """Referred a year ago, in the program since ten months ago."""
    defaults = {"referred_on": make.day(-365), "entered_on": make.day(-300), "referred_by": "Ms. Kern"}
    row = Enrollment(
        program_id=person.program_id, participant_id=person.id, created_at=make.clock.now, **(defaults | columns)
    )
    return make.add(row)


def approval_row(make: Make, enrollment: Enrollment, **columns: Any) -> Approval:
    """A hundred hours, from two weeks ago on."""
    defaults = {
        "funder": "Pension fund", "funder_key": "pension fund", "unit": Unit.HOURS, "units": 100.0,
        "first_day": make.day(-14), "last_day": make.day(90),
    }  # fmt: skip
    row = Approval(
        program_id=enrollment.program_id, participant_id=enrollment.participant_id, enrollment_id=enrollment.id,
        created_at=make.clock.now, **(defaults | columns),
    )  # fmt: skip
    return make.add(row)


def job_row(make: Make, enrollment: Enrollment, **columns: Any) -> Employment:
    """At the bakery, since ten days ago."""
    defaults = {"employer": "Corner Bakery", "started_on": make.day(-10), "hours_week": 20.0}
    row = Employment(
        program_id=enrollment.program_id, participant_id=enrollment.participant_id, enrollment_id=enrollment.id,
        created_at=make.clock.now, **(defaults | columns),
    )  # fmt: skip
    return make.add(row)


def way_rows(make: Make, person: Participant) -> dict[str, str]:
    """Somebody who left half a year ago, with everything that hangs on it; public ids by kind."""
    enrollment = enrollment_row(make, person, exited_on=make.day(-180), follow_up_on=make.day(-100), job_offer=True)
    approval = approval_row(make, enrollment, first_day=make.day(-300), last_day=make.day(-200))
    job = job_row(make, enrollment, started_on=make.day(-170))
    month = (make.today - timedelta(days=40)).replace(day=1)
    expense = make.add(
        Expense(
            program_id=person.program_id, participant_id=person.id, month=month,
            kind=ExpenseKind.STIPEND, amount=40.5, by_account_id=1, created_at=make.clock.now,
        )
    )  # fmt: skip
    return {
        "enrollment": enrollment.public_id, "approval": approval.public_id, "employment": job.public_id,
        "expense": expense.public_id,
    }  # fmt: skip


def entry_row(make: Make, program: Program | int, kind: ListKind = ListKind.SOURCE, name: str = "Clinic") -> ListEntry:
    key = program if isinstance(program, int) else program.id
    return make.add(ListEntry(program_id=key, kind=kind, name={"en": name, "de": name}, created_at=make.clock.now))


def frozen_row(make: Make, program: Program | int) -> FrozenReport:
    """Ten people served, one of them in work."""
    key = program if isinstance(program, int) else program.id
    some = {"value": None, "base": 10, "no": 0, "unknown": 0, "not_yet": 0}
    figures = [
        some | {"key": "served", "kind": "count", "yes": 10},
        some | {"key": "ips_employed", "kind": "rate", "yes": 1, "no": 7, "unknown": 2},
    ]
    return make.add(
        FrozenReport(
            program_id=key, first_day=make.day(-90), last_day=make.day(-1), as_of=make.today, figures=figures,
            by_account_id=1, created_at=make.clock.now,
        )
    )  # fmt: skip
