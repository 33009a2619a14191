"""Finding what falls due reads current rows alone, in a fixed number of statements."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from placement.domain.jobs import JobKind
from placement.domain.shifts import Attendance
from placement.queries.mails.due import due
from placement.usecases.mails.remind import remind
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter

THURSDAY_EVENING = datetime(2026, 11, 26, 18, tzinfo=ZoneInfo("Europe/Berlin"))
#: Programs, shifts, owed shifts, their two kinds of raters, milestones, proposals, ends, weeks, jobs and notices known.
MOST = 12


def test_the_same_number_of_statements_however_much_there_is(
    cast: Cast, make: Make, reads: Session, clock: Clock, statements: Counter
) -> None:
    clock.set(THURSDAY_EVENING)
    costs = []
    for _ in range(2):
        with statements:
            found = due(reads, clock.now)
        assert found.mails
        costs.append(statements.count)
        for number in range(8):
            make.shift(cast.a.placement, make.day(1), start=time(7 + number), end=time(8 + number))
            make.shift(cast.a.placement, make.day(-40 - number), attendance=Attendance.HERE, feedback_due_at=None)
            make.shift(cast.a.placement, make.day(0), start=time(6 + number), end=time(7 + number))
    assert costs[0] == costs[1] <= MOST


def test_what_was_asked_for_is_not_due_again(cast: Cast, reads: Session, clock: Clock, work: Work) -> None:
    clock.set(THURSDAY_EVENING)
    found = due(reads, clock.now)
    assert {mail.kind for mail in found.mails} >= {JobKind.MAIL_FEEDBACK_OWED, JobKind.MAIL_PROPOSAL_WAITING}
    assert len({mail.once for mail in found.mails}) == len(found.mails)
    asked = remind(work, found)
    assert asked.mails == len(found.mails)
    assert asked.notices == len(found.missing) > 0
    assert due(reads, clock.now) == type(found)((), ())
    again = remind(work, found)
    assert (again.mails, again.notices) == (0, 0)


def test_ids_alone_and_a_name_that_fits(cast: Cast, reads: Session, clock: Clock) -> None:
    clock.set(THURSDAY_EVENING)
    for mail in due(reads, clock.now).mails:
        assert all(isinstance(value, int) for value in mail.refs.values())
        assert len(mail.once) <= 120
