"""One's own choice of mails."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from placement.domain.mails import MailKind
from placement.models.accounts.account import Account
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def test_the_form_shows_what_was_chosen_and_keeps_what_is_new(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    page = visitor.get("/account/mails")
    assert cast.accounts.noa.email in page.content
    assert "My shift tomorrow" in page.content
    assert "The week at a glance" not in page.content
    assert "phone" not in page.main_forms[0].names
    done = visitor.submit(
        "/account/mails", 303, kinds=["milestone"], quiet_from="20:30", quiet_until="07:00", zone="Europe/Lisbon",
        locale="de",
    )  # fmt: skip
    assert done.location == "/account/mails"
    row = make.one(select(Account).where(Account.id == cast.accounts.noa.id))
    assert MailKind.MILESTONE not in row.mails_off
    assert MailKind.SHIFT_TOMORROW in row.mails_off
    assert (row.quiet_from, row.quiet_until, row.zone, row.locale) == (time(20, 30), time(7), "Europe/Lisbon", "de")
    again = visitor.get("/account/mails")
    assert again.main_forms[0].fields["kinds"] == ["milestone"]
    assert again.main_forms[0].fields["quiet_from"] == ["20:30"]
    assert again.main_forms[0].fields["zone"] == ["Europe/Lisbon"]


def test_staff_give_a_number(client_for: ClientFor, cast: Cast, make: Make) -> None:
    client_for(cast.accounts.coach).submit("/account/mails", 303, phone="030 123456")
    assert make.one(select(Account.phone).where(Account.id == cast.accounts.coach.id)) == "030 123456"


def test_half_of_the_hours_is_said_at_the_field(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.noa).submit("/account/mails", 422, quiet_from="20:00", quiet_until="")
    assert any("both times" in error for error in page.errors)
    assert page.main_forms[0].fields["quiet_from"] == ["20:00"]


@pytest.mark.parametrize(
    ("field", "value"), [("kinds", "nonsense"), ("zone", "Moon/Base"), ("locale", "fr"), ("quiet_from", "25:99")]
)
def test_what_is_not_offered_is_refused(client_for: ClientFor, cast: Cast, field: str, value: str) -> None:
    client_for(cast.accounts.noa).submit("/account/mails", 422, **{field: value})


def test_who_gets_none_is_told_so(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.site_admin).get("/account/mails")
    assert "kinds" not in page.main_forms[0].names
    assert "there are no mails but those you ask for" in page.content


def test_it_is_reached_from_the_account(client_for: ClientFor, cast: Cast) -> None:
    assert "/account/mails" in client_for(cast.accounts.noa).get("/account").links


def test_two_statements(client_for: ClientFor, cast: Cast, statements: Counter) -> None:
    visitor = client_for(cast.accounts.noa)
    with statements:
        visitor.get("/account/mails")
    assert statements.count <= 4
