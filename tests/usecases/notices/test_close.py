"""Taking care of a notice: by whom, with what, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from placement.domain.contacts import ContactKind
from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.notices import Found, NoticeKind
from placement.models.contacts.contact import Contact
from placement.models.notices.notice import Notice
from placement.usecases.notices.close import CloseNotice, NoteCall, close_notice, note_call, reopen_notice
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def now_of(make: Make, row: Notice) -> Notice:
    found: Notice = make.one(select(Notice).where(Notice.id == row.id))
    return found


def test_a_call_that_reached_them_closes_it_and_is_a_contact(work: Work, cast: Cast, make: Make) -> None:
    item = make.notice(cast.a.participant, NoticeKind.DID_NOT_COME, due_at=make.clock.now)
    before = len(make.all(select(Contact.id)))
    note_call(
        work,
        make.actor(cast.accounts.coach),
        NoteCall(item.public_id, 1, Found.WANTS_TALK, " On Thursday. ", minutes=12),
    )
    row = now_of(make, item)
    assert (row.found, row.outcome, row.done_at, row.done_by_id, row.version) == (
        Found.WANTS_TALK,
        "On Thursday.",
        make.clock.now,
        cast.accounts.coach.id,
        2,
    )
    contacts = make.all(select(Contact).order_by(Contact.id))
    assert len(contacts) == before + 1
    call = contacts[-1]
    assert (call.kind, call.minutes, call.account_id) == (ContactKind.CALL, 12, cast.accounts.coach.id)
    assert (call.participant_id, call.day, call.note) == (cast.a.participant.id, make.day(0), "On Thursday.")


def test_somebody_not_reached_is_called_again(work: Work, cast: Cast, make: Make) -> None:
    item = make.notice(cast.a.participant, NoticeKind.DID_NOT_COME, due_at=make.clock.now)
    cora = make.actor(cast.accounts.coordinator)
    note_call(work, cora, NoteCall(item.public_id, 1, Found.NOT_REACHED, again_in=3))
    row = now_of(make, item)
    assert (row.done_at, row.due_at, row.found) == (None, make.clock.now + timedelta(hours=3), Found.NOT_REACHED)
    with pytest.raises(Refused) as refused:
        note_call(work, cora, NoteCall(item.public_id, 2, Found.NOT_REACHED, again_in=9000))
    assert refused.value.field == "again_in"


def test_a_missed_shift_needs_what_the_call_found(work: Work, cast: Cast, make: Make) -> None:
    item = make.notice(cast.a.participant, NoticeKind.DID_NOT_COME)
    with pytest.raises(Refused):
        close_notice(work, make.actor(cast.accounts.coordinator), CloseNotice(item.public_id, 1))
    other = make.notice(cast.a.participant, NoticeKind.ILL)
    with pytest.raises(Refused):
        note_call(work, make.actor(cast.accounts.coordinator), NoteCall(other.public_id, 1, Found.WELL))


def test_two_who_take_care_at_once(work: Work, cast: Cast, make: Make) -> None:
    item = make.notice(cast.a.participant, NoticeKind.FOR_COORDINATOR)
    cora = make.actor(cast.accounts.coordinator)
    command = CloseNotice(item.public_id, 1, "Called the shop.")
    close_notice(work, cora, command)
    with pytest.raises(Stale):
        close_notice(work, cora, command)
    with pytest.raises(Refused):
        close_notice(work, cora, replace(command, version=2))
    reopen_notice(work, cora, item.public_id)
    row = now_of(make, item)
    assert (row.done_at, row.done_by_id) == (None, None)


def test_who_may(work: Work, cast: Cast, make: Make) -> None:
    for_all = make.notice(cast.a.participant, NoticeKind.ILL)
    office = make.notice(cast.a.participant, NoticeKind.NOT_MINE)
    mine = make.notice(cast.a.participant, NoticeKind.SOMETHING_WRONG, to_account_id=cast.accounts.therapist.id)
    accounts = cast.accounts
    nobody = (accounts.supervisor, accounts.noa, accounts.kim, accounts.admin, accounts.outsider_coordinator)
    for account in nobody:
        for row in (for_all, office, mine):
            with pytest.raises(NotFound):
                close_notice(work, make.actor(account), CloseNotice(row.public_id, 1))
    for account, row in ((accounts.coach, office), (accounts.coach, mine), (accounts.coordinator, mine)):
        with pytest.raises(NotFound):
            close_notice(work, make.actor(account), CloseNotice(row.public_id, 1))
    for account, row in ((accounts.coach, for_all), (accounts.coordinator, office), (accounts.therapist, mine)):
        close_notice(work, make.actor(account), CloseNotice(row.public_id, 1))
