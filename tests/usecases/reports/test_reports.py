"""Writing, releasing, taking back and removing a report, and what nobody may do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from placement.domain.errors import Forbidden, KeyReused, NotFound, Refused
from placement.domain.reports import ReportReader
from placement.models.participants.participant import Participant
from placement.models.reports.report import Report
from placement.models.system.log import Audit
from placement.usecases.reports.create import CreateReport, create_report
from placement.usecases.reports.release import release_report, take_report_back
from placement.usecases.reports.remove import remove_report
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def command(cast: Cast, make: Make, **other: Any) -> CreateReport:
    plain = CreateReport(
        cast.a.participant.public_id, ReportReader.PARTICIPANT, make.day(-27), make.day(0), "", "key-of-a-form"
    )
    return replace(plain, **other)


def for_shop(cast: Cast) -> dict[str, Any]:
    return {"reader": ReportReader.EMPLOYER, "placement": cast.a.placement.public_id}


def stored(make: Make, public_id: str) -> Report:
    found: Report = make.one(select(Report).where(Report.public_id == public_id))
    return found


def verbs(make: Make) -> list[str]:
    return make.all(select(Audit.action).where(Audit.action.startswith("report.")))


@pytest.mark.parametrize("who", ["coordinator", "therapist", "coach", "noa"])
def test_written_by_staff_and_by_the_person(who: str, work: Work, cast: Cast, make: Make) -> None:
    account = getattr(cast.accounts, who)
    row = stored(make, create_report(work, make.actor(account), command(cast, make, **for_shop(cast))))
    assert (row.placement_id, row.by_account_id, row.released_at) == (cast.a.placement.id, account.id, None)
    assert (row.first_day, row.last_day) == (make.day(-27), make.day(0))
    assert verbs(make) == ["report.create"]


def test_a_double_tap_is_one_report(work: Work, cast: Cast, make: Make) -> None:
    coach = make.actor(cast.accounts.coach)
    assert create_report(work, coach, command(cast, make)) == create_report(work, coach, command(cast, make))
    with pytest.raises(KeyReused):
        create_report(work, coach, command(cast, make, last_day=make.day(-1)))


@pytest.mark.parametrize("who", ["kim", "outsider_coordinator", "outsider_therapist", "supervisor", "admin"])
def test_to_others_there_is_nobody_to_write_about(who: str, work: Work, cast: Cast, make: Make) -> None:
    with pytest.raises(NotFound):
        create_report(work, make.actor(getattr(cast.accounts, who)), command(cast, make))


def test_nobody_writes_what_they_may_not_read(work: Work, cast: Cast, make: Make) -> None:
    with pytest.raises(Forbidden):
        create_report(work, make.actor(cast.accounts.noa), command(cast, make, reader=ReportReader.THERAPIST))


def test_an_employers_report_is_about_a_placement_of_the_person(work: Work, cast: Cast, make: Make) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    with pytest.raises(Refused) as refused:
        create_report(work, coordinator, command(cast, make, reader=ReportReader.EMPLOYER))
    assert refused.value.field == "placement"
    for other in (cast.proposed, cast.b.placement):
        with pytest.raises(NotFound):
            create_report(
                work, coordinator, command(cast, make, reader=ReportReader.EMPLOYER, placement=other.public_id)
            )
    mine = stored(make, create_report(work, coordinator, command(cast, make, placement=cast.a.placement.public_id)))
    assert mine.placement_id is None


def test_days_ahead_and_archived_records_are_refused(work: Work, cast: Cast, make: Make) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    with pytest.raises(Refused) as refused:
        create_report(work, coordinator, command(cast, make, last_day=make.day(1)))
    assert refused.value.field == "last_day"
    about = Participant.id == cast.a.participant.id
    make.do(lambda s: s.execute(update(Participant).where(about).values(archived_at=make.clock.now)))
    with pytest.raises(Refused):
        create_report(work, coordinator, command(cast, make))


def test_released_taken_back_and_released_again(work: Work, cast: Cast, make: Make) -> None:
    noa, report = make.actor(cast.accounts.noa), make.report(cast.a.placement, cast.accounts.coach)
    take_report_back(work, noa, report.public_id)
    assert stored(make, report.public_id).withdrawn_at is None
    release_report(work, noa, report.public_id)
    release_report(work, noa, report.public_id)
    assert stored(make, report.public_id).released_at == make.clock.now
    take_report_back(work, noa, report.public_id)
    assert stored(make, report.public_id).withdrawn_at == make.clock.now
    release_report(work, noa, report.public_id)
    assert stored(make, report.public_id).withdrawn_at is None
    assert verbs(make) == ["report.release", "report.take_back", "report.release"]


def test_nobody_else_says_yes(work: Work, cast: Cast, make: Make) -> None:
    report = make.report(cast.a.placement, cast.accounts.coordinator)
    for who in (cast.accounts.coordinator, cast.accounts.therapist, cast.accounts.coach):
        with pytest.raises(Forbidden):
            release_report(work, make.actor(who), report.public_id)
        with pytest.raises(Forbidden):
            take_report_back(work, make.actor(who), report.public_id)
    for who in (cast.accounts.kim, cast.accounts.supervisor, cast.accounts.outsider_coordinator):
        with pytest.raises(NotFound):
            release_report(work, make.actor(who), report.public_id)
    assert verbs(make) == []


@pytest.mark.parametrize("reader", [ReportReader.PARTICIPANT, ReportReader.THERAPIST])
def test_only_an_employers_needs_a_yes(reader: ReportReader, work: Work, cast: Cast, make: Make) -> None:
    report = make.report(cast.a.placement, cast.accounts.coach, reader)
    with pytest.raises(Refused):
        release_report(work, make.actor(cast.accounts.noa), report.public_id)


def test_removed_by_whoever_wrote_it_and_by_coordinators(work: Work, cast: Cast, make: Make) -> None:
    one, two = (make.report(cast.a.placement, cast.accounts.coach) for _ in range(2))
    own = make.report(cast.a.placement, cast.accounts.noa, ReportReader.PARTICIPANT)
    for who in (cast.accounts.therapist, cast.accounts.noa):
        with pytest.raises(Forbidden):
            remove_report(work, make.actor(who), one.public_id)
    remove_report(work, make.actor(cast.accounts.coach), one.public_id)
    remove_report(work, make.actor(cast.accounts.coordinator), two.public_id)
    remove_report(work, make.actor(cast.accounts.noa), own.public_id)
    assert make.all(select(Report.id)) == []
    assert verbs(make) == ["report.remove"] * 3
