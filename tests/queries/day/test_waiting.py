"""What waits for a coordinator's care: the day's list agrees with the rule and with who may read what."""

from __future__ import annotations

from itertools import product

from sqlalchemy.orm import Session

from placement.domain.attendance import is_repeated
from placement.domain.notices import NoticeKind
from placement.domain.shifts import Attendance
from placement.queries.day.coordinator import Whose, coordinator_day
from placement.queries.day.waiting import waiting
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make

A = Attendance


def test_repeatedly_not_there_as_the_rule_says(cast: Cast, make: Make, reads: Session) -> None:
    cora, now = make.actor(cast.accounts.coordinator), make.clock.now
    said = (A.ABSENT, A.HERE, A.EXCUSED, A.UNKNOWN)
    expected, opening = {}, make.opening(cast.a.site, capacity=60)
    for number, story in enumerate(product(said, (A.ABSENT, A.HERE), (A.UNKNOWN, A.LATE), (A.ABSENT, A.HERE))):
        person = make.participant(cast.a.program, f"P{number}", "Test")
        placement = make.placement(person, opening)
        for days, attendance in enumerate(story, 1):
            make.shift(placement, make.day(-days), attendance=attendance)
        make.shift(placement, make.day(-60), attendance=A.ABSENT)
        expected[person.public_id] = is_repeated(story)
    found = {row.participant: row.times for row in waiting(reads, cora, now, None).missing}
    assert set(found) == {key for key, repeated in expected.items() if repeated}
    assert set(found.values()) <= {2, 3}


def test_each_reads_their_own(cast: Cast, make: Make, reads: Session) -> None:
    accounts, noa = cast.accounts, cast.a.participant
    make.notice(noa, NoticeKind.SOMETHING_WRONG, to_account_id=accounts.coach.id)
    mine = make.notice(noa, NoticeKind.SOMETHING_WRONG, to_account_id=accounts.coordinator.id)
    call = make.notice(noa, NoticeKind.DID_NOT_COME)
    make.notice(noa, NoticeKind.ILL, done_at=make.clock.now)
    make.notice(cast.b.participant, NoticeKind.DID_NOT_COME)
    accident = make.incident(noa)
    make.incident(noa, reported_on=make.day(0))
    make.incident(cast.b.participant)
    day = waiting(reads, make.actor(accounts.coordinator), make.clock.now, None)
    assert [row.public_id for row in day.notices] == [mine.public_id, call.public_id]
    assert [(row.public_id, row.due_on) for row in day.incidents] == [(accident.public_id, make.day(2))]
    assert waiting(reads, make.actor(accounts.coordinator), make.clock.now, frozenset({cast.kim.id})).notices == ()


def test_it_is_part_of_the_day(client_for: ClientFor, cast: Cast, make: Make, reads: Session) -> None:
    make.notice(cast.a.participant, NoticeKind.DID_NOT_COME)
    for _ in range(3):
        make.notice(cast.a.participant, NoticeKind.UNLISTED_TASK)
    make.incident(cast.a.participant, report_due_on=make.day(-1))
    day = coordinator_day(reads, make.actor(cast.accounts.coordinator), make.clock.now, Whose.ALL)
    assert [len(day.notices), len(day.incidents), len(day.owed)] == [4, 1, 1]
    words = client_for(cast.accounts.coordinator).get("/day").words
    assert "Noa Lind was not there. How are they?" in words
    assert "3 such notes" in words
    assert "The insurer should have heard of it by" in words
