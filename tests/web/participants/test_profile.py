"""Taking somebody in, editing, archiving."""

from __future__ import annotations

from sqlalchemy import select

from placement.models.participants.participant import Participant
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_a_coordinator_adds_a_participant(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    done = visitor.submit(
        "/participants/new", 303, preferred_name="Mia", family_name="Berg", lat="52,52", lon="13.405",
        travel_limit_minutes="45",
    )  # fmt: skip
    assert "Mia Berg" in visitor.follow(done).h1
    row = make.one(select(Participant).where(Participant.preferred_name == "Mia"))
    assert (row.lat, row.lon, row.travel_limit_minutes, row.program_id) == (52.52, 13.405, 45, cast.a.program.id)


def test_a_name_and_half_a_position_are_told_at_their_fields(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.coordinator)
    page = visitor.submit("/participants/new", 422, preferred_name="")
    assert page.errors
    page = visitor.submit("/participants/new", 422, preferred_name="Mia", lat="52.5", email="nonsense")
    assert any("name@example.org" in error for error in page.errors)
    page = visitor.submit("/participants/new", 422, preferred_name="Mia", lat="52.5")
    assert any("both numbers" in error for error in page.errors)


def test_the_second_editor_sees_both_and_decides(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/participants/{cast.lee.public_id}/edit"
    first, second = client_for(cast.accounts.coordinator), client_for(cast.accounts.coordinator)
    form = next(form for form in second.get(path).main_forms if form.method == "post")
    first.submit(path, 303, phone="111")
    page = second.submit(form, 409, phone="222")
    assert "111" in page.words
    assert "222" in page.words
    again = next(form for form in page.main_forms if form.method == "post")
    second.post(path, again.fields, 303)
    assert make.one(select(Participant.phone).where(Participant.id == cast.lee.id)) == "222"


def test_participants_change_their_contact_and_nothing_else(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    form = next(form for form in visitor.get("/me/contact").main_forms if form.method == "post")
    visitor.post("/me/contact", {**form.fields, "phone": "0151", "status": "finished", "family_name": "X"}, 303)
    row = make.one(select(Participant).where(Participant.id == cast.a.participant.id))
    assert (row.phone, row.status, row.family_name) == ("0151", "active", "Lind")
    visitor.get(f"/participants/{cast.a.participant.public_id}/edit", 403)


def test_archiving_asks_first_and_is_refused_while_placed(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    done = visitor.submit(f"/participants/{cast.a.participant.public_id}/archive", 303)
    assert "has not ended" in visitor.follow(done).words
    visitor.follow(visitor.submit(f"/participants/{cast.lee.public_id}/archive", 303))
    assert make.one(select(Participant.archived_at).where(Participant.id == cast.lee.id)) is not None
    assert "Lee Abel" in visitor.get("/participants?archived=1").words
    visitor.submit(f"/participants/{cast.lee.public_id}/restore", 303)
    assert make.one(select(Participant.archived_at).where(Participant.id == cast.lee.id)) is None
