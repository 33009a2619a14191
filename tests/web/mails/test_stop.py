"""The address at the foot of every mail, and in its head for mail programs."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.mails import MailKind
from placement.domain.stop_mails import ACCOUNT, Stop, stop_token
from placement.models.accounts.account import Account
from placement.usecases.transaction import Work
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def address(work: Work, cast: Cast) -> str:
    token = stop_token(work.link_key, Stop(ACCOUNT, cast.accounts.noa.public_id, MailKind.MILESTONE))
    return f"/account/mails/stop/{token}"


@pytest.fixture
def off(make: Make, cast: Cast) -> object:
    return lambda: make.one(select(Account.mails_off).where(Account.id == cast.accounts.noa.id))


def test_looking_changes_nothing(client_for: ClientFor, address: str, off: object) -> None:
    page = client_for().get(address)
    assert page.h1 == "No more mails like this?"
    assert "a milestone was reached" in page.content
    assert off() == []  # type: ignore[operator]


def test_a_mail_program_needs_one_post_without_a_cookie(client_for: ClientFor, address: str, off: object) -> None:
    for _ in range(2):
        answer = client_for().post(address, ONE_CLICK, 200, csrf=False)
        assert answer.h1 == "You get no more of these mails"
        assert off() == [MailKind.MILESTONE]  # type: ignore[operator]


def test_a_person_presses_a_button_and_can_take_it_back(client_for: ClientFor, address: str, off: object) -> None:
    visitor = client_for()
    page = visitor.submit(address, 200)
    assert off() == [MailKind.MILESTONE]  # type: ignore[operator]
    visitor.submit(page.main_forms[0], 200)
    assert off() == []  # type: ignore[operator]


def test_a_mistyped_address_is_nowhere(client_for: ClientFor, address: str, off: object) -> None:
    for wrong in (address[:-1], address.replace("milestone", "shift_tomorrow"), "/account/mails/stop/x"):
        page = client_for().get(wrong, 404)
        assert page.h1 == "This address ends no mails"
        client_for().post(wrong, ONE_CLICK, 404, csrf=False)
    assert off() == []  # type: ignore[operator]


def test_from_another_site_no_browser_can_be_made_to_send_it(client_for: ClientFor, address: str, off: object) -> None:
    client_for().post(address, ONE_CLICK, 403, csrf=False, headers={"Sec-Fetch-Site": "cross-site"})
    assert off() == []  # type: ignore[operator]
