"""Writing contacts down: by whom, with what, twice, corrected by two, removed, and coming back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from placement.domain.contacts import LONGEST_NOTE, MOST_MINUTES, ContactKind
from placement.domain.errors import Forbidden, KeyReused, NotFound, Refused, Stale
from placement.models.contacts.contact import Contact
from placement.models.shifts.occasion import Occasion
from placement.models.system.log import Audit
from placement.usecases.contacts.add import AddContact, add_contact
from placement.usecases.contacts.edit import EditContact, edit_contact
from placement.usecases.contacts.finish_follow_up import finish_follow_up, put_off_follow_up
from placement.usecases.contacts.remove import remove_contact
from placement.usecases.effects.contacts import ContactValues
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def values(make: Make, **other: Any) -> ContactValues:
    return replace(ContactValues(ContactKind.COACHING, make.day(0), 45), **other)


def command(cast: Cast, make: Make, **other: Any) -> AddContact:
    return AddContact(cast.a.participant.public_id, values(make, **other), "a-key-of-a-form")


def stored(make: Make, public_id: str) -> Contact:
    found: Contact = make.one(select(Contact).where(Contact.public_id == public_id))
    return found


def test_coaching_today_finds_todays_shift(work: Work, cast: Cast, make: Make) -> None:
    made = add_contact(work, make.actor(cast.accounts.coach), command(cast, make, note="Till went well."))
    row = stored(make, made)
    assert (row.participant_id, row.account_id, row.minutes) == (cast.a.participant.id, cast.accounts.coach.id, 45)
    assert row.shift_id == cast.a.current.id
    audits = make.all(select(Audit.detail).where(Audit.action == "contact.add"))
    assert len(audits) == 1
    assert "Till" not in str(audits)


def test_no_shift_on_that_day_or_none_wanted(work: Work, cast: Cast, make: Make) -> None:
    coach = make.actor(cast.accounts.coach)
    assert stored(make, add_contact(work, coach, command(cast, make, day=make.day(-2)))).shift_id is None
    other = replace(command(cast, make, shift=""), key="another-key")
    assert stored(make, add_contact(work, coach, other)).shift_id is None


def test_a_call_belongs_to_no_shift_unless_one_is_named(work: Work, cast: Cast, make: Make) -> None:
    coach = make.actor(cast.accounts.coach)
    call = command(cast, make, kind=ContactKind.CALL)
    assert stored(make, add_contact(work, coach, call)).shift_id is None
    shift = make.one(select(Occasion).where(Occasion.id == cast.a.current.id))
    named = replace(command(cast, make, kind=ContactKind.CALL, shift=shift.public_id), key="another-key")
    assert stored(make, add_contact(work, coach, named)).shift_id == cast.a.current.id


def test_a_double_tap_is_one_contact(work: Work, cast: Cast, make: Make) -> None:
    coach, wanted = make.actor(cast.accounts.coach), command(cast, make)
    assert add_contact(work, coach, wanted) == add_contact(work, coach, wanted)
    assert len(make.all(select(Contact.id).where(Contact.account_id == cast.accounts.coach.id))) == 1
    with pytest.raises(KeyReused):
        add_contact(work, coach, command(cast, make, minutes=60))


@pytest.mark.parametrize("who", ["admin", "supervisor", "outsider_coordinator", "outsider_therapist"])
def test_not_theirs(work: Work, cast: Cast, make: Make, who: str) -> None:
    with pytest.raises(NotFound):
        add_contact(work, make.actor(getattr(cast.accounts, who)), command(cast, make))


def test_never_by_the_participant(work: Work, cast: Cast, make: Make) -> None:
    with pytest.raises(Forbidden):
        add_contact(work, make.actor(cast.accounts.noa), command(cast, make))


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": MOST_MINUTES + 1}, "minutes"),
        ({"day": date(2026, 11, 24)}, "day"),
        ({"day": date(2025, 1, 1)}, "day"),
        ({"note": "x" * (LONGEST_NOTE + 1)}, "note"),
        ({"follow_up_on": date(2026, 11, 22)}, "follow_up_on"),
        ({"follow_up_on": date(2028, 11, 22)}, "follow_up_on"),
    ],
)
def test_what_cannot_be(work: Work, cast: Cast, make: Make, other: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        add_contact(work, make.actor(cast.accounts.coach), command(cast, make, **other))
    assert refused.value.field == field


def test_a_shift_of_another_day_or_another_person(work: Work, cast: Cast, make: Make) -> None:
    coach = make.actor(cast.accounts.coach)
    owed = make.one(select(Occasion).where(Occasion.id == cast.a.owed.id))
    with pytest.raises(Refused) as refused:
        add_contact(work, coach, command(cast, make, shift=owed.public_id))
    assert refused.value.field == "shift"
    theirs = make.one(select(Occasion).where(Occasion.id == cast.b.current.id))
    with pytest.raises(NotFound):
        add_contact(work, coach, command(cast, make, shift=theirs.public_id))


def test_correcting_takes_the_version_seen(work: Work, cast: Cast, make: Make) -> None:
    therapist, made = make.actor(cast.accounts.therapist), cast.a.contact
    edit_contact(work, therapist, EditContact(made.public_id, 1, values(make, minutes=20, shift="")))
    assert stored(make, made.public_id).minutes == 20
    with pytest.raises(Stale) as stale:
        edit_contact(work, therapist, EditContact(made.public_id, 1, values(make, minutes=30)))
    assert stale.value.current["minutes"] == 20
    coordinator = make.actor(cast.accounts.coordinator)
    edit_contact(work, coordinator, EditContact(made.public_id, 2, values(make, minutes=60)))
    row = stored(make, made.public_id)
    assert (row.minutes, row.account_id, row.shift_id) == (60, cast.accounts.therapist.id, cast.a.current.id)


def test_a_colleague_reads_but_does_not_correct(work: Work, cast: Cast, make: Make) -> None:
    coach, made = make.actor(cast.accounts.coach), cast.a.contact.public_id
    with pytest.raises(Forbidden):
        edit_contact(work, coach, EditContact(made, 1, values(make)))
    with pytest.raises(Forbidden):
        remove_contact(work, coach, made)
    with pytest.raises(Forbidden):
        finish_follow_up(work, coach, made)
    with pytest.raises(NotFound):
        remove_contact(work, make.actor(cast.accounts.noa), made)


def test_removing_leaves_a_trace(work: Work, cast: Cast, make: Make) -> None:
    remove_contact(work, make.actor(cast.accounts.therapist), cast.a.contact.public_id)
    assert not make.all(select(Contact.id).where(Contact.id == cast.a.contact.id))
    detail = make.one(select(Audit).where(Audit.action == "contact.remove")).detail
    assert detail["minutes"] == 30


def test_done_open_and_later(work: Work, cast: Cast, make: Make) -> None:
    therapist = make.actor(cast.accounts.therapist)
    row = make.contact(cast.a.participant, cast.accounts.therapist, follow_up_on=make.day(-1))
    finish_follow_up(work, therapist, row.public_id)
    finish_follow_up(work, therapist, row.public_id)
    assert stored(make, row.public_id).follow_up_done_at is not None
    finish_follow_up(work, therapist, row.public_id, done=False)
    assert stored(make, row.public_id).follow_up_done_at is None
    moved = put_off_follow_up(work, therapist, row.public_id)
    assert (moved.on, moved.before) == (make.day(7), make.day(-1))
    put_off_follow_up(work, therapist, row.public_id, moved.before)
    assert stored(make, row.public_id).follow_up_on == make.day(-1)
    with pytest.raises(Refused):
        finish_follow_up(work, therapist, cast.a.contact.public_id)


def test_another_day_opens_it_again(work: Work, cast: Cast, make: Make) -> None:
    therapist = make.actor(cast.accounts.therapist)
    row = make.contact(
        cast.a.participant, cast.accounts.therapist, follow_up_on=make.day(-1), follow_up_done_at=make.clock.now
    )
    edit_contact(work, therapist, EditContact(row.public_id, 1, values(make, follow_up_on=make.day(-1))))
    assert stored(make, row.public_id).follow_up_done_at is not None
    edit_contact(work, therapist, EditContact(row.public_id, 2, values(make, follow_up_on=make.day(3))))
    assert stored(make, row.public_id).follow_up_done_at is None
