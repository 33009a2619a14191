"""Telling somebody how it is at work, and what became of it."""

from __future__ import annotations

from placement.domain.roles import Role
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def test_from_every_page_of_a_participant(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.noa)
    for path in ("/day", "/me", "/progress", "/account"):
        assert "/tell" in visitor.get(path).links, path
    assert "/tell" not in client_for(cast.accounts.coach).get("/day").links


def test_something_is_wrong_until_it_is_read(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.noa)
    page = visitor.get("/tell/something-wrong")
    assert "Jo Field, job coach" in page.words
    assert "Sol" not in page.content
    visitor.submit("/tell/something-wrong", 422, text="x")
    sent = visitor.submit("/tell/something-wrong", 303, text="Shouting.", to=cast.accounts.coach.public_id)
    mine = visitor.follow(sent)
    assert "Jo Field can read it now." in mine.words
    assert "not read yet" in mine.words
    reader = client_for(cast.accounts.coach)
    opened = reader.get(next(href for href in reader.get("/notices").links if "/told/" in href))
    assert "Shouting." in opened.words
    mine = visitor.get("/tell")
    assert "not read yet" not in mine.words
    assert not [form for form in mine.main_forms if "take-back" in form.action]


def test_taken_back_before_anybody_read_it(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.noa)
    visitor.submit("/tell/how-it-was", 422, to=cast.accounts.coach.public_id)
    visitor.submit("/tell/how-it-was", 303, feeling="2", to=cast.accounts.coach.public_id)
    (form,) = [form for form in visitor.get("/tell").main_forms if "take-back" in form.action]
    back = visitor.submit(form, 303)
    assert "It is taken back." in visitor.follow(back).words
    assert client_for(cast.accounts.coach).get("/notices").h1 == "Nothing waits for you here"


def test_with_nobody_to_tell_there_is_help(client_for: ClientFor, make: Make) -> None:
    program = make.program("Alone")
    account = make.account("Pia Ode", [Role.PARTICIPANT], program)
    make.participant(program, "Pia", "Ode", account)
    page = client_for(account).get("/tell/something-wrong")
    assert "Nobody is there to read it yet." in page.words
    assert "/help" in page.text


def test_few_statements(client_for: ClientFor, cast: Cast, statements: Counter) -> None:
    visitor = client_for(cast.accounts.noa)
    for path in ("/tell", "/tell/something-wrong"):
        with statements:
            visitor.get(path)
        assert statements.count <= 4
