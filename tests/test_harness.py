"""The harness: copies are apart, visitors are signed in, bad pages are noticed."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.models.participants.participant import Participant
from placement.models.programs.program import Program
from tests.application import ClientFor
from tests.clock import MONDAY, Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


@pytest.mark.parametrize("round_", [1, 2])
def test_every_test_starts_from_an_empty_database(make: Make, round_: int) -> None:
    assert make.one(select(func.count(Program.id))) == 0
    make.program()
    assert make.one(select(func.count(Program.id))) == 1


@pytest.mark.parametrize("round_", [1, 2])
def test_every_test_gets_its_own_cast(make: Make, cast: Cast, round_: int) -> None:
    row = make.one(select(Participant).where(Participant.id == cast.a.participant.id))
    assert row.preferred_name == cast.a.participant.preferred_name == "Noa"
    make.do(lambda session: setattr(session.get_one(Participant, row.id), "preferred_name", "Changed"))
    cast.a.participant.preferred_name = "Changed"


def test_the_clock_is_the_applications(app: Flask, clock: Clock, make: Make) -> None:
    clock.advance(days=1)
    assert make.work.clock() == clock.now != MONDAY


def test_a_signed_in_visitor_is_who_they_are(client_for: ClientFor, cast: Cast) -> None:
    assert "Cora Hill" in client_for(cast.accounts.coordinator).get("/account").words
    assert client_for().get("/account", status=302).location.startswith("/sign-in")


def test_an_actor_has_what_a_request_would_load(make: Make, cast: Cast) -> None:
    coach = make.actor(cast.accounts.coach)
    assert coach.assigned == {cast.a.participant.id}
    assert coach.covering == {cast.kim.id}
    assert make.actor(cast.accounts.supervisor).sites == {cast.a.site.id}
    assert make.actor(cast.accounts.noa).participant_id == cast.a.participant.id


def test_a_form_is_filled_in_and_sent_with_its_token(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for()
    page = visitor.submit("/sign-in", 303, email=cast.accounts.noa.email, password="three plain test words")
    assert page.location == "/"
    with pytest.raises(AssertionError, match="no field"):
        client_for().submit("/sign-in", mail="x")


def test_statements_of_a_page_are_counted(client_for: ClientFor, cast: Cast, statements: Counter) -> None:
    visitor = client_for(cast.accounts.coordinator)
    with statements:
        visitor.get("/account")
    assert statements.count == 2, statements.texts
    with statements:
        pass
    assert statements.count == 0
