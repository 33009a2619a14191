"""The pages of contacts: few taps, the way back, the list, the week, what to come back to."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from placement.domain.contacts import ContactKind
from placement.models.contacts.contact import Contact
from placement.models.shifts.occasion import Occasion
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_two_taps_for_coaching_today(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coach)
    done = visitor.submit(f"/participants/{cast.a.participant.public_id}/contacts/new?from=day", 303, quick="60")
    assert done.location == "/day"
    row = make.one(select(Contact).where(Contact.account_id == cast.accounts.coach.id))
    assert (row.kind, row.minutes, row.day) == (ContactKind.COACHING, 60, make.day(0))
    assert row.shift_id == cast.a.current.id


def test_from_a_shift_and_back(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coach)
    shift = make.one(select(Occasion).where(Occasion.id == cast.a.owed.id))
    page = visitor.get(f"/shifts/{shift.public_id}")
    link = next(href for href in page.links if "/contacts/new" in href)
    done = visitor.submit(link, 303, quick="90")
    assert done.location == f"/shifts/{shift.public_id}"
    row = make.one(select(Contact).where(Contact.account_id == cast.accounts.coach.id))
    assert (row.shift_id, row.day) == (cast.a.owed.id, make.day(-4))


def test_another_time_needs_minutes(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor, new = client_for(cast.accounts.coach), f"/participants/{cast.a.participant.public_id}/contacts/new"
    assert "How many minutes" in visitor.submit(new, 422, quick="other").words
    visitor.submit(new, 303, quick="other", minutes="25")
    assert make.one(select(Contact).where(Contact.account_id == cast.accounts.coach.id)).minutes == 25


def test_the_list_filters_by_kind_and_writer(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.contact(cast.a.participant, cast.accounts.coach, kind=ContactKind.COACHING, note="Counting went well.")
    visitor, path = client_for(cast.accounts.coordinator), f"/participants/{cast.a.participant.public_id}/contacts"
    page = visitor.get(path)
    assert "Counting went well." in page.words
    assert "Thea Brook" in page.words
    assert "Counting went well." not in visitor.get(f"{path}?kind=call").words
    coach = visitor.get(f"{path}?by={cast.accounts.coach.public_id}")
    assert "Counting went well." in coach.words
    assert coach.words.count("Thea Brook") == 1  # to choose, not in the list
    assert "Nothing like that" in visitor.get(f"{path}?kind=travel").words


def test_long_lists_have_pages(client_for: ClientFor, cast: Cast, make: Make) -> None:
    for number in range(45):
        make.contact(cast.a.participant, cast.accounts.coach, day=make.day(-number - 10), note=f"note {number}.")
    visitor = client_for(cast.accounts.coach)
    page = visitor.get(f"/participants/{cast.a.participant.public_id}/contacts?kind=call")
    assert "note 44." not in page.words
    following = next(href for href in page.links if "page=" in href)
    assert "note 44." in visitor.get(following).words
    assert "kind=call" in following


def test_two_people_correct_at_once(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/contacts/{cast.a.contact.public_id}/edit"
    one, other = client_for(cast.accounts.therapist), client_for(cast.accounts.coordinator)
    stale = one.get(path).main_forms[0]
    other.submit(path, 303, quick="45")
    page = one.submit(stale, 409, quick="90")
    assert "45" in page.words
    assert "90" in page.words


def test_removing_asks_first(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor, path = client_for(cast.accounts.therapist), f"/contacts/{cast.a.contact.public_id}/remove"
    visitor.get(path)
    assert make.all(select(Contact.id).where(Contact.id == cast.a.contact.id))
    visitor.submit(path, 303)
    assert not make.all(select(Contact.id).where(Contact.id == cast.a.contact.id))


def test_my_week_sums_up_and_names_only_those_i_look_after(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.contact(cast.a.participant, cast.accounts.coach, day=make.day(0), minutes=90, kind=ContactKind.COACHING)
    make.contact(cast.lee, cast.accounts.coach, day=make.day(0), minutes=30)
    visitor = client_for(cast.accounts.coach)
    page = visitor.get("/contacts")
    assert "2" in page.h1
    assert "Noa Lind" in page.words
    assert "Lee Abel" not in page.words
    assert "no longer look after" in page.words
    before = visitor.get(f"/contacts?day={(make.today - timedelta(days=7)).isoformat()}")
    assert "Nothing written down" in before.h1


def test_follow_ups_come_back_to_the_writer_and_the_coordinator(client_for: ClientFor, cast: Cast, make: Make) -> None:
    row = make.contact(cast.a.participant, cast.accounts.therapist, note="Ask about the bus.", follow_up_on=make.day(0))
    make.contact(cast.a.participant, cast.accounts.therapist, note="Not yet.", follow_up_on=make.day(2))
    for name in ("therapist", "coordinator"):
        page = client_for(getattr(cast.accounts, name)).get("/contacts/follow-ups")
        assert "Ask about the bus." in page.words
        assert "Not yet." not in page.words
    assert "Ask about the bus." not in client_for(cast.accounts.coach).get("/contacts/follow-ups").words
    visitor = client_for(cast.accounts.therapist)
    after = visitor.follow(visitor.post(f"/contacts/{row.public_id}/done", {}))
    assert "Ask about the bus." not in after.words
    undo = next(form for form in after.forms if form.action.endswith("/done"))
    assert "Ask about the bus." in visitor.follow(visitor.submit(undo, 303)).words
    later = visitor.follow(visitor.post(f"/contacts/{row.public_id}/later", {}))
    assert "Ask about the bus." not in later.words


def test_the_day_page_brings_it_back_with_one_tap(client_for: ClientFor, cast: Cast, make: Make) -> None:
    row = make.contact(cast.a.participant, cast.accounts.therapist, note="Ask about the bus.", follow_up_on=make.day(0))
    make.contact(cast.a.participant, cast.accounts.therapist, note="And the key.", follow_up_on=make.day(-1))
    visitor = client_for(cast.accounts.therapist)
    page = visitor.get("/day")
    assert page.words.count("Noa Lind") >= 1
    assert "And the key." in page.words
    form = next(form for form in page.forms if form.action == f"/contacts/{row.public_id}/done")
    done = visitor.submit(form, 303)
    assert done.location == "/day"
    after = visitor.follow(done)
    assert "Ask about the bus." not in after.words
    assert "And the key." in after.words
    assert "1 thing to come back to" in client_for(cast.accounts.coordinator).get("/day").words
    assert "come back" not in client_for(cast.accounts.coach).get("/day").words
    assert "And the key." in client_for(cast.accounts.coordinator).get("/contacts/follow-ups?whose=all").words
