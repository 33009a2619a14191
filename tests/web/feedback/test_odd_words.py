"""Words nobody expects in the form of a shift, on a card and signed in: kept as they are, or refused alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.models.feedback.observation import Feedback
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.pages import FormOnPage
from tests.web.cards.phones import Phone, link_for, shift_id

FAMILY, FLAG = "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1e9\U0001f1ea"
ODD = (
    "\u200f\u05e9\u05dc\u05d5\u05dd \u202eback\u202c \u0645\u0631\u062d\u0628\u0627",
    f"{FAMILY} {FLAG} e\u0301 \ufdfa",
    "\U0001f331" * 2000,
    "<script>alert(1)</script> {{ name }} ' \" &amp;",
)


@pytest.fixture(params=["card", "signed in"])
def visitor(request: pytest.FixtureRequest, app: Flask, client_for: ClientFor, cast: Cast, make: Make) -> Visitor:
    if request.param == "card":
        return Phone(app, link_for(make, cast.a.placement))
    return client_for(cast.accounts.supervisor)


@pytest.fixture
def path(visitor: Visitor, cast: Cast, make: Make) -> str:
    shift = shift_id(make, cast.a.owed)
    return f"/card?shift={shift}" if isinstance(visitor, Phone) else f"/feedback/{shift}"


def form_at(visitor: Visitor, path: str) -> FormOnPage:
    return next(form for form in visitor.get(path).main_forms if "went_well" in form.names)


def filled(visitor: Visitor, form: FormOnPage, **values: Any) -> dict[str, Any]:
    """The form as it stands on the page that was fetched last, with the first answer to the first task."""
    assert visitor.page
    choice = next(e for e in visitor.page.find("input", type="radio") if e.get("name", "").startswith("task-"))
    return {**form.fields, choice.get("name", ""): choice.get("value"), **values}


def sent(make: Make, cast: Cast) -> int:
    return int(make.one(select(func.count()).select_from(Feedback).where(Feedback.occasion_id == cast.a.owed.id)))


@pytest.mark.parametrize("words", ODD)
def test_words_come_back_as_they_were(visitor: Visitor, path: str, cast: Cast, make: Make, words: str) -> None:
    visitor.submit(form_at(visitor, path), 303, went_well=words)
    assert make.all(select(Feedback.went_well).where(Feedback.occasion_id == cast.a.owed.id)) == [words]
    assert form_at(visitor, path).fields["went_well"] == [words]


@pytest.mark.parametrize("words", ["x" * 1_000_000, "\U0001f331" * 100_000])
def test_a_megabyte_is_refused_and_everything_else_stays(
    visitor: Visitor, path: str, cast: Cast, make: Make, words: str
) -> None:
    form = form_at(visitor, path)
    sending = filled(visitor, form, went_well=words, try_next="Ask early")
    page = visitor.post(form.action, sending, 422, csrf=False)
    assert page.errors
    assert sent(make, cast) == 0
    again = next(one for one in page.main_forms if "went_well" in one.names)
    task = next(name for name, value in sending.items() if name.startswith("task-") and isinstance(value, str))
    assert again.fields["try_next"] == ["Ask early"]
    assert again.fields["went_well"] == [words]
    assert again.fields[task] == [sending[task]]
    visitor.submit(again, 303, went_well=words[:100])
    assert make.all(select(Feedback.went_well).where(Feedback.occasion_id == cast.a.owed.id)) == [words[:100]]


def test_a_nul_is_refused(visitor: Visitor, path: str, cast: Cast, make: Make) -> None:
    form = form_at(visitor, path)
    page = visitor.post(form.action, filled(visitor, form, note="a\x00b"), 400, csrf=False)
    assert page.h1
    assert sent(make, cast) == 0


def test_half_a_character_stays_as_it_was_sent(visitor: Visitor, path: str, cast: Cast, make: Make) -> None:
    """A lone surrogate, and bytes that are no UTF-8 at all."""
    form = form_at(visitor, path)
    rest = urlencode([(name, value) for name, values in form.fields.items() for value in values if name != "went_well"])
    body = f"{rest}&went_well=a{quote_from_bytes(bytes([0xED, 0xA0, 0x80]))}{quote_from_bytes(bytes([0xFF]))}z"
    answer = visitor.http.post(form.action, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    kept = make.one(select(Feedback.went_well).where(Feedback.occasion_id == cast.a.owed.id))
    assert kept == "a%ED%A0%80%FFz"


def test_ten_megabytes_are_too_much(visitor: Visitor, path: str, cast: Cast, make: Make) -> None:
    form = form_at(visitor, path)
    page = visitor.post(form.action, filled(visitor, form, note="x" * 10_000_000), 413, csrf=False)
    assert page.h1 == "That was too much at once"
    assert "Nothing was saved" in page.words
    assert sent(make, cast) == 0


def test_in_two_tabs_the_second_replaces_nothing_unseen(visitor: Visitor, path: str, cast: Cast, make: Make) -> None:
    first, second = form_at(visitor, path), form_at(visitor, path)
    words = select(Feedback.went_well).where(Feedback.occasion_id == cast.a.owed.id)
    sending = filled(visitor, second, went_well="From the second")
    visitor.submit(first, 303, went_well="From the first")
    page = visitor.post(second.action, sending, 409, csrf=False)
    again = next(one for one in page.main_forms if "went_well" in one.names)
    task = next(name for name, value in sending.items() if name.startswith("task-") and isinstance(value, str))
    assert (again.fields["went_well"], again.fields[task]) == (["From the second"], [sending[task]])
    assert make.all(words) == ["From the first"]
    visitor.submit(again, 303)
    assert make.all(words) == ["From the second"]
