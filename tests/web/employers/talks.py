"""A talk with an employer, written straight into the database."""

from __future__ import annotations

from typing import Any

from placement.domain.employer_contacts import EmployerContactKind
from placement.models.employers.contact import EmployerContact
from placement.models.employers.employer import Employer
from tests.factories.make import Make


def talk_row(make: Make, employer: Employer, **columns: Any) -> EmployerContact:
    """A call a week ago, to come back to today."""
    values = {"day": make.day(-7), "kind": EmployerContactKind.CALL, "follow_up_on": make.today, "by_account_id": 1}
    row = EmployerContact(
        program_id=employer.program_id, employer_id=employer.id, created_at=make.clock.now, **(values | columns)
    )
    return make.add(row)
