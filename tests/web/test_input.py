"""Input nobody means: NUL, broken text, bodies too large. A plain refusal, never a 500."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from placement.web.intake import LARGER
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.pages import Page
from tests.web import endpoints

MEGABYTE = 1024 * 1024
ODD = (
    "?q=%ff%fe&page=%c3%28&after=%ff&sort=%F0%9F",
    "?after=x&before=bnVsbA",
    "?after=W10",
    "?after=WzFd&sort=id;drop&state=x&status=x&week=2026-99&day=x",
    "?q=" + "%25" * 300,
)


def status_of(rules: list[Rule], ask: Callable[[Rule], TestResponse]) -> dict[str, int]:
    """Endpoint → what it answers. An exception nobody foresaw comes through by itself."""
    return {rule.endpoint: ask(rule).status_code for rule in rules}


@pytest.mark.parametrize("field", [("name", "a\x00b"), ("na\x00me", "b")])
def test_nul_in_a_form(field: tuple[str, str], client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.coordinator)
    sent = dict([field, ("csrf_token", visitor.csrf_token())])
    answers = status_of(endpoints.writing(), lambda rule: visitor.http.post(endpoints.absent(rule), data=sent))
    assert set(answers.values()) == {400}, answers


def test_nul_in_a_query(client_for: ClientFor, cast: Cast) -> None:
    http = client_for(cast.accounts.coordinator).http
    answers = status_of(endpoints.reading(), lambda rule: http.get(endpoints.absent(rule) + "?q=a%00b"))
    assert set(answers.values()) == {400}, answers


def test_nul_in_a_path(client_for: ClientFor, cast: Cast) -> None:
    http = client_for(cast.accounts.coordinator).http
    rules = [rule for rule in endpoints.reading() if endpoints.parts(rule)]
    answers = status_of(rules, lambda rule: http.get(endpoints.path(rule, ["a%00b"] * len(endpoints.parts(rule)))))
    assert set(answers.values()) == {400}, answers


def test_nul_in_a_name_of_a_file(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.coordinator)
    token = visitor.csrf_token()
    answer = visitor.http.post(
        "/preferences",
        data={"csrf_token": token, "file": (io.BytesIO(b"x"), "a\x00b.txt"), "locale": "a\x00"},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 400


def test_nul_in_json(client_for: ClientFor, cast: Cast) -> None:
    """No page reads JSON; a body of that kind is a form without a token."""
    answer = client_for(cast.accounts.noa).http.post("/preferences", json={"locale": "a\x00b"})
    assert answer.status_code == 400


@pytest.mark.parametrize("query", ODD)
def test_a_query_nobody_offers(query: str, client_for: ClientFor, cast: Cast) -> None:
    """Broken text, cursors, filters and days by hand: an answer below 500."""
    for account in (cast.accounts.coordinator, cast.accounts.noa, cast.accounts.admin):
        http = client_for(account).http
        answers = status_of(endpoints.reading(), lambda rule, http=http: http.get(endpoints.absent(rule) + query))
        assert max(answers.values()) < 500, answers


def test_a_body_too_large(client_for: ClientFor, cast: Cast) -> None:
    http = client_for(cast.accounts.coordinator).http
    form = "application/x-www-form-urlencoded"

    def too_large(rule: Rule) -> bytes:
        return b"note=" + b"x" * (LARGER.get(rule.endpoint, 2 * MEGABYTE) + 1)

    answers = status_of(
        endpoints.writing(), lambda rule: http.post(endpoints.absent(rule), data=too_large(rule), content_type=form)
    )
    assert set(answers.values()) == {413}, answers


def test_a_multipart_body_too_large(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.coordinator)
    token = visitor.csrf_token()
    answer = visitor.http.post(
        "/preferences",
        data={"csrf_token": token, "file": (io.BytesIO(b"x" * 3 * MEGABYTE), "a.bin")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("rule", [r for r in endpoints.writing() if not endpoints.parts(r)], ids=endpoints.name)
def test_every_field_far_too_long(rule: Rule, client_for: ClientFor, cast: Cast) -> None:
    """Longer than any column, with letters outside of Unicode's first plane: refused in the form, not by a database."""
    for account in (cast.accounts.coordinator, cast.accounts.noa, cast.accounts.admin, cast.accounts.site_admin):
        visitor = client_for(account)
        answer = visitor.http.get(endpoints.absent(rule)) if "GET" in (rule.methods or ()) else None
        if answer is None or answer.status_code != 200:
            continue
        form = next((f for f in visitor.get(endpoints.absent(rule)).main_forms if f.method == "post"), None)
        if form is not None:
            filled = {name: "\U0001f331" * 5000 for name in form.names if name not in ("csrf_token", "version")}
            page = visitor.post(form.action, {**form.fields, **filled})
            # 200: a page that shows again what was asked for (a search, a preview), without saving it.
            assert page.status in (200, 303, 400, 409, 413, 422)


def test_the_page_for_a_body_too_large_says_so(client_for: ClientFor) -> None:
    form = "application/x-www-form-urlencoded"
    answer = client_for().http.post("/sign-in", data=b"x=" + b"x" * 3 * MEGABYTE, content_type=form)
    assert answer.status_code == 413
    assert Page(answer, "/sign-in").h1


@pytest.mark.parametrize(
    "place", ["//[", "//\u2100.example", "//evil.example", "/\\evil.example", "https://evil.example", "/\r\nX: y"]
)
def test_a_way_back_that_leads_elsewhere(place: str, client_for: ClientFor, cast: Cast) -> None:
    """Also one that is no address at all."""
    answer = client_for(cast.accounts.noa).http.get("/sign-in", query_string={"next": place})
    assert answer.status_code == 302
    assert answer.location == "/"
