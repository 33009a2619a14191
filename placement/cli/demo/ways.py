"""How people came, who pays, and what became of those who left: some of it unknown, as in life."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.cli.demo.way_words import WORDS
from placement.domain.enrollments import ExpenseKind, ListKind, Reached, Unit, follow_up_quarter
from placement.domain.participants import ParticipantStatus
from placement.domain.story import Intern
from placement.queries.enrollments.choices import list_entries
from placement.queries.enrollments.page import EnrollmentPage, enrollment_page
from placement.usecases.enrollments.approvals import AddApproval, ApprovalValues, add_approval
from placement.usecases.enrollments.employments import AddEmployment, EmploymentValues, add_employment
from placement.usecases.enrollments.expenses import AddExpense, add_expense
from placement.usecases.enrollments.follow_ups import FollowUpValues, write_follow_up
from placement.usecases.enrollments.refer import NewPerson, Refer, Referral, refer
from placement.usecases.enrollments.stages import Entry, Exit, enter, leave

#: The first so many; in the largest demo the others came before such things were written down.
MOST_PEOPLE = 240
_LEADER = "coordinator1"
Lists = dict[ListKind, list[str]]


def write_ways(desk: Desk) -> None:
    lists: Lists = {kind: [] for kind in ListKind}
    for row in list_entries(desk.reads, desk.actor(_LEADER)).values():
        lists[row.kind].append(row.public_id)
    began: dict[str, date] = {}
    for stay in desk.story.stays:
        began[stay.intern] = min(stay.proposed_on, began.get(stay.intern, stay.proposed_on))
    for number, intern in enumerate(desk.story.interns[:MOST_PEOPLE]):
        _way(desk, number, intern, lists, began.get(intern.key))
    for number, names in enumerate(WORDS[desk.story.locale].left):
        _left(desk, number, names, lists)


def _way(desk: Desk, number: int, intern: Intern, lists: Lists, began: date | None) -> None:
    words, today, cora = WORDS[desk.story.locale], _today(desk), desk.actor(_LEADER)
    waits = began is None and intern.status is ParticipantStatus.WAITING
    entered = today - timedelta(days=10) if began is None else began - timedelta(days=14)
    referred = today - timedelta(days=9 + 11 * (number % 9)) if waits else entered - timedelta(days=20 + number % 25)
    person = desk.interns[intern.key]
    referral = Referral(
        referred, _pick(lists[ListKind.SOURCE], number), words.by[number % 4], words.reasons[number % 3],
        words.goals[number % 4], urgent=waits and number % 7 == 0,
    )  # fmt: skip
    refer(desk.on(referred), cora, Refer(person, referral, _key("refer", intern.key)))
    if waits:
        return
    found = _found(desk, person)
    enter(desk.on(entered), cora, found.cards[0].public_id, 1, Entry(entered, *_status(lists, number)))
    enrollment = found.cards[0].public_id
    if number % 3 != 2:
        unit, units = (Unit.DAYS, 60.0) if number % 5 == 1 else (Unit.HOURS, 150.0 + 50 * (number % 4))
        values = ApprovalValues(
            words.funders[number % 3], unit, units, entered, entered + timedelta(days=240), f"A-{2026_100 + number}"
        )
        add_approval(desk.on(entered), cora, AddApproval(enrollment, values, _key("approval", intern.key)))
    if number % 4 == 0:
        _costs(desk, intern, person)


def _costs(desk: Desk, intern: Intern, person: str) -> None:
    for back in (20, 50):
        day = _today(desk) - timedelta(days=back)
        for kind, amount in ((ExpenseKind.STIPEND, 60.0), (ExpenseKind.TRANSPORT, 29.5)):
            command = AddExpense(person, day, kind, amount, _key(f"{kind}{back}", intern.key))
            add_expense(desk.on(_today(desk)), desk.actor(_LEADER), command)


def _left(desk: Desk, number: int, names: tuple[str, str], lists: Lists) -> None:
    """Somebody who was here before the first shop of today. Two of three found work; one in four was never reached."""
    words, cora, today = WORDS[desk.story.locale], desk.actor(_LEADER), _today(desk)
    day = today - timedelta(days=15 + 23 * number)
    entered = day - timedelta(days=90 + 17 * (number % 4))
    key = f"left{number}"
    referral = Referral(entered - timedelta(days=21), _pick(lists[ListKind.SOURCE], number), words.by[number % 4])
    new = NewPerson(*names)
    person = refer(desk.on(referral.referred_on), cora, Refer(new, referral, _key("refer", key)))
    enrollment = _found(desk, person).cards[0].public_id
    enter(desk.on(entered), cora, enrollment, 1, Entry(entered, *_status(lists, number)))
    works = number % 3 != 1
    reason = lists[ListKind.EXIT_REASON][0 if works else 2 + number % 3]
    leave(desk.on(day), cora, enrollment, 2, Exit(day, reason, works or None, *_status(lists, number + 1)))
    if works:
        _job(desk, number, enrollment, day + timedelta(days=7), key)
    for quarter in (1, 2, 3, 4):
        asked = follow_up_quarter(day, quarter).first + timedelta(days=30)
        if asked < today:
            reached = Reached.NOT_REACHED if number % 4 == 3 else Reached.REACHED
            values = FollowUpValues(asked, reached, works, 2900.0 + 100 * (number % 5) if works else None)
            write_follow_up(desk.on(asked), cora, enrollment, quarter, 0, values)


def _job(desk: Desk, number: int, enrollment: str, started: date, key: str) -> None:
    employer, title = WORDS[desk.story.locale].jobs[number % 3]
    values = EmploymentValues(
        employer, started, title, None, 15.0 + number % 3 * 5, 14.5, four_hours=True, subsidised=number % 5 == 0,
        integrated=None if number % 6 == 0 else True, seasonal=False, prevailing_wage=True,
        same_site=number % 2 == 0,
    )  # fmt: skip
    add_employment(desk.on(started), desk.actor(_LEADER), AddEmployment(enrollment, values, _key("job", key)))


def _status(lists: Lists, number: int) -> list[str]:
    return [_pick(lists[kind], number) for kind in (ListKind.WORK, ListKind.BENEFIT, ListKind.INSURANCE)]


def _found(desk: Desk, person: str) -> EnrollmentPage:
    return enrollment_page(desk.reads, desk.actor(_LEADER), person)


def _pick(entries: list[str], number: int) -> str:
    """One of them; now and then none, which is unknown."""
    return "" if number % 6 == 5 else entries[number % len(entries)]


def _key(what: str, whose: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"way:{what}:{whose}"))


def _today(desk: Desk) -> date:
    return desk.work.clock().date()
