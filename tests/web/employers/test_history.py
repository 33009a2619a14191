"""Talks with an employer, who worked there, the letter of thanks, and the agreement made from the record."""

from __future__ import annotations

from sqlalchemy import select

from placement.models.employers.contact import EmployerContact
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_talks_and_who_worked_here(client_for: ClientFor, cast: Cast, make: Make) -> None:
    cora = client_for(cast.accounts.coordinator)
    index = f"/employers/{cast.a.employer.public_id}/history"
    assert "Noa Lind" in cora.get(index).words
    new = f"/employers/{cast.a.employer.public_id}/contacts/new"
    assert cora.submit(new, 422, not_now="y").errors
    done = cora.submit(new, kind="visit", note="Ask again in spring", not_now="y", follow_up_on=make.today.isoformat())
    page = cora.follow(done)
    assert "Ask again in spring" in page.words
    assert "on hold" in page.words
    assert "To come back to since" in cora.get("/day?whose=all").words
    row = make.one(select(EmployerContact))
    assert "Open again" in cora.follow(cora.post(f"/employer-contacts/{row.public_id}/done", {})).words
    cora.post(f"/employer-contacts/{row.public_id}/done", {"open": "1"})
    gone = cora.follow(cora.post(f"/employer-contacts/{row.public_id}/remove", {}))
    assert "Ask again in spring" not in gone.content
    cora.post(f"/employer-contacts/{row.public_id}/remove", {"again": "1"})
    therapist = client_for(cast.accounts.therapist).get(index)
    assert "Ask again in spring" in therapist.words
    assert "Write down a talk" not in therapist.words


def test_letter_and_agreement(client_for: ClientFor, cast: Cast) -> None:
    cora = client_for(cast.accounts.coordinator)
    for path in (
        f"/employers/{cast.a.employer.public_id}/thanks.pdf",
        f"/employers/{cast.a.employer.public_id}/thanks.pdf?year=2001",
        f"/placements/{cast.a.placement.public_id}/agreement.pdf",
        f"/placements/{cast.a.placement.public_id}/agreement.pdf?language=de",
    ):
        answer = cora.http.get(path)
        assert answer.status_code == 200, path
        assert answer.data.startswith(b"%PDF"), path
