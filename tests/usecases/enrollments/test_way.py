"""The way from referral to follow-up: written once, corrected, taken back, and counted down by what is delivered."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.enrollments import ExpenseKind, ListKind, Reached, Stage, Unit
from placement.domain.errors import Forbidden, KeyReused, NotFound, Refused, Stale
from placement.domain.participants import ParticipantStatus
from placement.domain.shifts import Attendance
from placement.models.enrollments.enrollment import Approval, Employment, Enrollment, Expense, FollowUp, ListEntry
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.system.log import Audit
from placement.policy.actor import Actor
from placement.queries.enrollments.listing import EnrollmentFilter, enrollment_list
from placement.queries.enrollments.page import enrollment_page
from placement.usecases.enrollments.approvals import (
    AddApproval,
    ApprovalValues,
    add_approval,
    edit_approval,
    remove_approval,
)
from placement.usecases.enrollments.employments import (
    AddEmployment,
    EmploymentValues,
    add_employment,
    edit_employment,
    remove_employment,
)
from placement.usecases.enrollments.expenses import AddExpense, add_expense, remove_expense
from placement.usecases.enrollments.follow_ups import FollowUpValues, write_follow_up
from placement.usecases.enrollments.lists import MOST, add_list_entry, archive_list_entry
from placement.usecases.enrollments.refer import NewPerson, Refer, Referral, edit_referral, refer
from placement.usecases.enrollments.stages import Entry, Exit, come_back, enter, leave
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.enrollments.rows import approval_row, enrollment_row, entry_row


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def referral(make: Make, days: int = -30, **more: object) -> Referral:
    return Referral(make.day(days), **more)  # type: ignore[arg-type]


def refused(error: pytest.ExceptionInfo[Refused]) -> str | None:
    return error.value.field


def test_somebody_new_is_referred_once(work: Work, cora: Actor, make: Make, reads: Session) -> None:
    new = NewPerson("Mika", "Sand", phone="0381 555", emergency_name="Ann")
    command = Refer(new, referral(make, referred_by="Ms. Kern", own_goals="My own money"), "key-mika")
    person = refer(work, cora, command)
    assert refer(work, cora, command) == person
    with pytest.raises(KeyReused):
        refer(work, cora, Refer(NewPerson("Other"), referral(make), "key-mika"))
    row = make.one(select(Participant).where(Participant.public_id == person))
    assert (row.status, row.sort_key, row.phone) == (ParticipantStatus.WAITING, "sand mika", "0381 555")
    found = enrollment_page(reads, cora, person)
    assert [(card.stage, card.referred_by, card.own_goals) for card in found.cards] == [
        (Stage.WAITING, "Ms. Kern", "My own money")
    ]
    with pytest.raises(Refused, match="already"):
        refer(work, cora, Refer(person, referral(make), "key-again"))


@pytest.mark.parametrize(
    ("values", "field"),
    [({"days": 1}, "referred_on"), ({"referred_by": "x" * 121}, "referred_by"), ({"reason": "x" * 2001}, "reason")],
)
def test_a_referral_that_cannot_be(
    values: dict[str, object], field: str, work: Work, cora: Actor, cast: Cast, make: Make
) -> None:
    with pytest.raises(Refused) as error:
        refer(work, cora, Refer(cast.lee.public_id, referral(make, **values), "key-wrong"))  # type: ignore[arg-type]
    assert refused(error) == field
    assert make.all(select(Enrollment)) == []


def test_an_entry_of_another_list_or_program_is_no_choice(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    foreign = entry_row(make, cast.b.program)
    other = entry_row(make, cast.a.program, ListKind.WORK)
    for entry in (foreign, other):
        with pytest.raises(Refused) as error:
            refer(work, cora, Refer(cast.lee.public_id, referral(make, source=entry.public_id), "key-list"))
        assert refused(error) == "source"
    mine = entry_row(make, cast.a.program)
    refer(work, cora, Refer(cast.lee.public_id, referral(make, source=mine.public_id), "key-list"))
    assert make.one(select(Enrollment)).source_id == mine.id


def test_only_coordinators_write(work: Work, cast: Cast, make: Make) -> None:
    row = enrollment_row(make, cast.a.participant)
    for account in (cast.accounts.therapist, cast.accounts.coach, cast.accounts.noa):
        actor = make.actor(account)
        with pytest.raises(Forbidden):
            leave(work, actor, row.public_id, 1, Exit(make.today))
        with pytest.raises(Forbidden):
            refer(work, actor, Refer(NewPerson("Mika"), referral(make), "key-mika"))
    for account in (cast.accounts.kim, cast.accounts.outsider_coordinator):
        with pytest.raises(NotFound):
            leave(work, make.actor(account), row.public_id, 1, Exit(make.today))


def test_the_waiting_list_stands_in_order(work: Work, cora: Actor, make: Make, reads: Session) -> None:
    for name, days, urgent in (("Bo", -5, False), ("Cy", -9, False), ("Al", -2, True), ("Di", -9, False)):
        refer(work, cora, Refer(NewPerson(name), referral(make, days, urgent=urgent), f"key-{name}-0000"))
    page = enrollment_list(reads, cora, EnrollmentFilter(), size=3)
    assert [(row.name, row.number, row.urgent) for row in page.rows] == [
        ("Al", 1, True), ("Cy", 2, False), ("Di", 3, False),
    ]  # fmt: skip
    more = enrollment_list(reads, cora, EnrollmentFilter(cursor=page.next), size=3)
    assert [(row.name, row.number) for row in more.rows] == [("Bo", 4)]
    found = enrollment_list(reads, cora, EnrollmentFilter(search="d"))
    assert [(row.name, row.number) for row in found.rows] == [("Di", None)]


def test_entering_leaving_and_coming_back(work: Work, cora: Actor, cast: Cast, make: Make, reads: Session) -> None:
    refer(work, cora, Refer(cast.lee.public_id, referral(make, -60), "key-lee-1"))
    row = make.one(select(Enrollment))
    for day, when in ((-61, "before"), (1, "after")):
        with pytest.raises(Refused) as error:
            enter(work, cora, row.public_id, 1, Entry(make.day(day)))
        assert refused(error) == "on", when
    enter(work, cora, row.public_id, 1, Entry(make.day(-40)))
    with pytest.raises(Stale):
        enter(work, cora, row.public_id, 1, Entry(make.day(-39)))
    with pytest.raises(Refused):
        edit_referral(work, cora, row.public_id, 2, referral(make, -39))
    reason = entry_row(make, cast.a.program, ListKind.EXIT_REASON, "Took up a job")
    with pytest.raises(Refused):
        leave(work, cora, row.public_id, 2, Exit(make.day(-41)))
    leave(work, cora, row.public_id, 2, Exit(make.day(-3), reason.public_id, True))
    card = enrollment_page(reads, cora, cast.lee.public_id).cards[0]
    assert (card.stage, card.job_offer, card.words("exit_reason"), card.words("work_out")) == (
        Stage.LEFT, True, {"en": "Took up a job", "de": "Took up a job"}, None,
    )  # fmt: skip
    assert len(card.follow_ups) == 4
    person = select(Participant).where(Participant.id == cast.lee.id)
    assert make.one(person).status is ParticipantStatus.FINISHED
    come_back(work, cora, row.public_id)
    back = make.one(select(Enrollment))
    assert (back.exited_on, back.exit_reason_id, back.job_offer, back.follow_up_on) == (None, None, None, None)
    assert make.one(person).status is ParticipantStatus.WAITING
    leave(work, cora, row.public_id, 4, Exit(make.day(-3)))
    refer(work, cora, Refer(cast.lee.public_id, referral(make, 0), "key-lee-2"))
    with pytest.raises(Refused, match="already"):
        come_back(work, cora, row.public_id)
    assert [one.stage for one in enrollment_page(reads, cora, cast.lee.public_id).cards] == [Stage.WAITING, Stage.LEFT]


def test_nobody_leaves_while_a_placement_runs(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    row = enrollment_row(make, cast.a.participant)
    with pytest.raises(Refused, match="placement"):
        leave(work, cora, row.public_id, 1, Exit(make.today))
    assert make.one(select(Enrollment)).exited_on is None


def test_what_is_delivered_counts_down(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    row = enrollment_row(make, cast.a.participant)
    day = cast.a.owed.day
    values = ApprovalValues("Pension fund", Unit.HOURS, 10, day, day)
    key = add_approval(work, cora, AddApproval(row.public_id, values, "key-approval"))
    assert add_approval(work, cora, AddApproval(row.public_id, values, "key-approval")) == key
    approval = select(Approval).where(Approval.public_id == key)
    assert make.one(approval).given_minutes == 0
    public = make.one(select(Occasion).where(Occasion.id == cast.a.owed.id)).public_id
    set_attendance(work, cora, SetAttendance(public, 1, Attendance.HERE))
    now = make.one(approval)
    minutes = (cast.a.owed.end.hour - cast.a.owed.start.hour) * 60
    assert (now.given_minutes, now.given_days, now.used) == (minutes, 1, round(minutes / 600 * 10_000))
    edit_approval(work, cora, key, 1, ApprovalValues("Pension fund", Unit.DAYS, 4, day, day))
    assert make.one(approval).used == 2500
    set_attendance(work, cora, SetAttendance(public, 2, Attendance.ABSENT))
    assert (make.one(approval).given_days, make.one(approval).used) == (0, 0)
    with pytest.raises(Stale):
        edit_approval(work, cora, key, 1, values)
    remove_approval(work, cora, key)
    with pytest.raises(NotFound):
        edit_approval(work, cora, key, 3, values)
    remove_approval(work, cora, key, removed=False)
    assert make.one(approval).archived_at is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"funder": "  "}, "funder"), ({"units": 0}, "units"), ({"units": 20_001}, "units"),
        ({"reference": "x" * 61}, "reference"), ({"last_day": None}, "last_day"),
    ],
)  # fmt: skip
def test_an_approval_that_cannot_be(
    change: dict[str, object], field: str, work: Work, cora: Actor, cast: Cast, make: Make
) -> None:
    row = enrollment_row(make, cast.a.participant)
    values = {
        "funder": "Fund", "unit": Unit.HOURS, "units": 10, "first_day": make.today, "last_day": make.today,
    } | ({"last_day": make.day(-1)} if change == {"last_day": None} else change)  # fmt: skip
    with pytest.raises(Refused) as error:
        add_approval(work, cora, AddApproval(row.public_id, ApprovalValues(**values), "key-approval"))  # type: ignore[arg-type]
    assert refused(error) == field


def test_jobs_are_written_corrected_and_taken_out(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    row = enrollment_row(make, cast.a.participant)
    job = EmploymentValues("Bakery", make.day(-10), hours_week=20, integrated=True)
    key = add_employment(work, cora, AddEmployment(row.public_id, job, "key-job-1"))
    assert add_employment(work, cora, AddEmployment(row.public_id, job, "key-job-1")) == key
    for wrong, field in (
        (EmploymentValues("", make.today), "employer"),
        (EmploymentValues("B", make.day(1)), "started_on"),
        (EmploymentValues("B", make.day(-366)), "started_on"),
        (EmploymentValues("B", make.today, ended_on=make.day(-1)), "ended_on"),
        (EmploymentValues("B", make.today, hours_week=81), "hours_week"),
        (EmploymentValues("B", make.today, wage_hour=-1), "wage_hour"),
    ):
        with pytest.raises(Refused) as error:
            edit_employment(work, cora, key, 1, wrong)
        assert refused(error) == field
    edit_employment(work, cora, key, 1, EmploymentValues("Bakery", make.day(-10), integrated=False))
    found = make.one(select(Employment))
    assert (found.hours_week, found.integrated, found.version) == (None, False, 2)
    remove_employment(work, cora, key)
    with pytest.raises(NotFound):
        edit_employment(work, cora, key, 3, job)
    remove_employment(work, cora, key, removed=False)
    fields = [row.detail.get("fields") for row in make.all(select(Audit).where(Audit.action == "employments.edit"))]
    assert fields == [["hours_week", "integrated"]]


def test_follow_ups_come_one_after_the_other(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    row = enrollment_row(make, cast.lee, exited_on=make.day(-200))
    reached = FollowUpValues(make.day(-5), Reached.REACHED, True, 3000)
    with pytest.raises(NotFound):
        write_follow_up(work, cora, row.public_id, 5, 0, reached)
    with pytest.raises(Refused) as error:
        write_follow_up(work, cora, row.public_id, 1, 0, FollowUpValues(make.day(-199), Reached.REACHED))
    assert refused(error) == "asked_on"
    write_follow_up(work, cora, row.public_id, 1, 0, FollowUpValues(make.day(-5), Reached.NOT_REACHED, True, 9))
    kept = make.one(select(FollowUp))
    assert (kept.employed, kept.earnings) == (None, None)
    due = make.one(select(Enrollment)).follow_up_on
    assert due is not None
    with pytest.raises(Stale):
        write_follow_up(work, cora, row.public_id, 1, 0, reached)
    write_follow_up(work, cora, row.public_id, 1, 1, reached)
    assert make.one(select(FollowUp)).earnings == 3000
    write_follow_up(work, cora, row.public_id, 2, 0, FollowUpValues(make.today, Reached.REACHED, False, 50))
    assert {one.number: one.earnings for one in make.all(select(FollowUp))} == {1: 3000, 2: None}
    later = make.one(select(Enrollment)).follow_up_on
    assert later is not None
    assert later > due
    running = enrollment_row(make, cast.kim)
    with pytest.raises(NotFound):
        write_follow_up(work, cora, running.public_id, 1, 0, reached)


def test_costs(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    command = AddExpense(cast.lee.public_id, make.today, ExpenseKind.STIPEND, 60.005, "key-cost-1")
    key = add_expense(work, cora, command)
    assert add_expense(work, cora, command) == key
    row = make.one(select(Expense))
    assert (row.month.day, row.amount) == (1, pytest.approx(60.0, abs=0.01))
    for amount in (0, -1, 2_000_000):
        with pytest.raises(Refused):
            add_expense(work, cora, AddExpense(cast.lee.public_id, make.today, ExpenseKind.OTHER, amount, "key-cost-2"))
    remove_expense(work, cora, key)
    assert make.one(select(Expense)).archived_at is not None
    remove_expense(work, cora, key, removed=False)
    with pytest.raises(NotFound):
        remove_expense(work, make.actor(cast.accounts.outsider_coordinator), key)


def test_lists_are_the_admins(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    ada = make.actor(cast.accounts.admin)
    with pytest.raises(Forbidden):
        add_list_entry(work, cora, ListKind.WORK, {"en": "Night work"})
    with pytest.raises(Refused) as error:
        add_list_entry(work, ada, ListKind.WORK, {"de": "Nachtarbeit"})
    assert refused(error) == "name_en"
    key = add_list_entry(work, ada, ListKind.WORK, {"en": "Night work", "de": " "})
    assert make.one(select(ListEntry).where(ListEntry.public_id == key)).name == {"en": "Night work"}
    archive_list_entry(work, ada, key)
    archive_list_entry(work, ada, key, archived=False)
    assert make.one(select(ListEntry).where(ListEntry.public_id == key)).archived_at is None
    foreign = entry_row(make, cast.b.program)
    with pytest.raises(NotFound):
        archive_list_entry(work, ada, foreign.public_id)
    for _ in range(MOST):
        entry_row(make, cast.a.program, ListKind.BENEFIT)
    with pytest.raises(Refused, match="full"):
        add_list_entry(work, ada, ListKind.BENEFIT, {"en": "One more"})


def test_an_archived_record_is_read_only(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    row = enrollment_row(make, cast.lee)
    approval = approval_row(make, row)

    def archive(session: Session) -> None:
        session.get_one(Participant, cast.lee.id).archived_at = make.clock.now

    make.do(archive)
    with pytest.raises(Refused):
        leave(work, cora, row.public_id, 1, Exit(make.today))
    with pytest.raises(Refused):
        remove_approval(work, cora, approval.public_id)
