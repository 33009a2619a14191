"""The third net: every address × every visitor × own, foreign and absent objects, against the table of access."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from placement.extensions import db
from tests.application import FreshApp
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import sign_in_rows
from tests.web import endpoints
from tests.web.access_table import ACCESS, NAMED_IN_FORM, OUTSIDERS, SENT, VISITORS, Access
from tests.web.objects import ABSENT, FOREIGN, OWN, Objects

READ = pytest.mark.parametrize("rule", endpoints.reading(), ids=endpoints.name)
WRITE = pytest.mark.parametrize("rule", endpoints.writing(), ids=endpoints.name)
#: What reading alone may add to.
_GROWS = {"access_log", "session"}
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
#: One of each kind: their pages are looked at closely.
_LOOKED_AT = ("admin", "coordinator", "coach", "supervisor", "noa", "kim", "site_admin")


def test_every_endpoint_is_in_the_table() -> None:
    assert {rule.endpoint for rule in endpoints.rules()} == set(ACCESS)


@pytest.mark.parametrize("rule", endpoints.rules(), ids=endpoints.name)
def test_the_table_names_every_part_of_the_address(rule: Rule) -> None:
    assert len(ACCESS[rule.endpoint].about) == len(endpoints.parts(rule))


@dataclass
class Walk:
    """One application with everybody signed in."""

    app: Flask
    visitors: dict[str, Visitor]
    objects: Objects
    nobody: Visitor
    tokens: dict[int, str] = field(default_factory=dict)

    def path(self, rule: Rule, *sides: str) -> str:
        kinds = ACCESS[rule.endpoint].about
        return endpoints.path(
            rule, [self.objects.id(kind, side) for kind, side in zip(kinds, sides or [OWN] * len(kinds), strict=True)]
        )

    def all(self, rule: Rule, side: str) -> str:
        return self.path(rule, *[side] * len(ACCESS[rule.endpoint].about))

    def mixed(self, rule: Rule) -> Iterator[str]:
        """Own objects in the address, but one that is not: another's step under one's own placement."""
        count = len(ACCESS[rule.endpoint].about)
        for at in range(1, count):
            for side in (FOREIGN, ABSENT):
                yield self.path(rule, *[side if k == at else OWN for k in range(count)])

    def send(self, visitor: Visitor, rule: Rule, path: str) -> TestResponse:
        return visitor.http.post(path, data={**SENT.get(rule.endpoint, {}), "csrf_token": self.token(visitor)})

    def token(self, visitor: Visitor) -> str:
        """A CSRF token of the visitor's session; asked for once, unless the session ended meanwhile."""
        if id(visitor) not in self.tokens:
            text = visitor.http.get("/help-now").get_data(as_text=True)
            self.tokens[id(visitor)] = _TOKEN.search(text).group(1)  # type: ignore[union-attr]
        return self.tokens[id(visitor)]


def walking(app: Flask, cast: Cast, names: Iterable[str] = tuple(VISITORS)) -> Walk:
    work = app.extensions["placement_work"]
    names = list({*names, "noa", "ben"})  # whose devices are objects, too
    tokens = sign_in_rows(work, [getattr(cast.accounts, name) for name in names])
    visitors = {name: Visitor(app, token) for name, token in zip(names, tokens, strict=True)}
    objects = Objects(cast, work)
    objects.exclude()
    return Walk(app, visitors, objects, Visitor(app))


@pytest.fixture
def walk(app: Flask, cast: Cast) -> Walk:
    return walking(app, cast)


def expected(access: Access, visitor: str, side: str) -> int:
    """403, 404 or 200 for "gets in"; another one for what asks for a phone that opened a link."""
    if access.answers:
        return access.answers
    if not access.may_ever(visitor) or (side == OWN and visitor in access.denied.split()):
        return 403
    return 200 if side == OWN and access.sees_own(visitor) else 404


def sides(access: Access, visitor: str) -> tuple[str, ...]:
    """Which objects there are to try; without an object in the address only the page itself."""
    if not access.about:
        return (OWN,)
    return (OWN, ABSENT) if access.public or visitor in OUTSIDERS else (OWN, FOREIGN, ABSENT)


def gist(answer: TestResponse) -> str:
    """The answer without what changes from one request to the next: tokens, and the address that was asked for."""
    text = re.sub(r'name="csrf_token"[^>]*', "", answer.get_data(as_text=True))
    return re.sub(r'name="next"[^>]*', "", text)


def got(answer: TestResponse) -> int:
    """403 and 404 as they are, any other answer below 400 as 200."""
    return 200 if answer.status_code < 400 or answer.status_code in (409, 422) else answer.status_code


@READ
def test_reading(rule: Rule, walk: Walk) -> None:
    access = ACCESS[rule.endpoint]
    wrong, refusals = [], []
    for name, visitor in walk.visitors.items():
        for side in sides(access, name):
            path, wanted = walk.all(rule, side), expected(access, name, side)
            answer = visitor.http.get(path)
            if got(answer) != wanted:
                wrong.append(f"{name}, {side} {path}: {answer.status_code} instead of {wanted}")
            if answer.status_code == 404 and side != OWN:
                refusals.append((name, gist(answer)))
        if access.about and expected(access, name, OWN) == 200:
            wrong += [f"{name}: {path} is no 404" for path in walk.mixed(rule) if got(visitor.http.get(path)) != 404]
    assert not wrong, "\n".join(wrong)
    check_signed_out(rule, walk, "GET")
    differ = [one[0] for one, other in pairwise(refusals) if one[0] == other[0] and one[1] != other[1]]
    assert not differ, f"foreign and absent look different to {differ}"


@READ
def test_pages_that_open_are_sound(rule: Rule, fresh_app: FreshApp, cast: Cast, backend: str) -> None:
    """Whoever gets in finds a page without a fault (see tests/pages.py). What a page says hangs on no database."""
    if backend != "sqlite":
        return
    access = ACCESS[rule.endpoint]
    names = [name for name in _LOOKED_AT if expected(access, name, OWN) == 200]
    walk = walking(fresh_app(), cast, names)
    for name in names:
        walk.visitors[name].get(walk.all(rule, OWN), None)


def check_signed_out(rule: Rule, walk: Walk, method: str) -> None:
    """Signed out, a page that is not public asks to sign in, whether or not the object exists."""
    access = ACCESS[rule.endpoint]
    for side in (OWN, FOREIGN, ABSENT) if access.about and not access.public else (OWN,):
        path = walk.all(rule, side)
        answer = walk.nobody.http.get(path) if method == "GET" else walk.send(walk.nobody, rule, path)
        if access.public:
            assert got(answer) == (access.answers or 200)
        else:
            assert answer.status_code == 302
            assert answer.location.startswith("/sign-in")


def rows(app: Flask) -> dict[str, int]:
    """How many rows each table holds, but for what reading alone adds to."""
    work = app.extensions["placement_work"]
    tables = [table for table in db.metadata.sorted_tables if table.name not in _GROWS]
    with work.transaction() as session:
        return {table.name: session.scalar(select(func.count()).select_from(table)) for table in tables}


@WRITE
def test_writing_what_is_not_ones_own(rule: Rule, walk: Walk) -> None:
    """403 or 404, and nothing happened."""
    access = ACCESS[rule.endpoint]
    before, wrong = rows(walk.app), []
    for name, visitor in walk.visitors.items():
        for side in sides(access, name):
            path, wanted = walk.all(rule, side), expected(access, name, side)
            if wanted == 200:
                continue
            answer = walk.send(visitor, rule, path)
            if got(answer) != wanted:
                wrong.append(f"{name}, {side} {path}: {answer.status_code} instead of {wanted}")
    assert not wrong, "\n".join(wrong)
    if not access.public:
        check_signed_out(rule, walk, "POST")
    assert rows(walk.app) == before


@WRITE
def test_writing_what_is_ones_own(rule: Rule, fresh_app: FreshApp, cast: Cast) -> None:
    """Whoever may gets an answer, if only that the form is not filled in; never with another's object inside."""
    access = ACCESS[rule.endpoint]
    for name in VISITORS:
        if expected(access, name, OWN) != 200:
            continue
        walk = walking(fresh_app(), cast, [name])
        visitor = walk.visitors[name]
        for path in walk.mixed(rule):
            assert got(walk.send(visitor, rule, path)) == 404, f"{name}: {path}"
        answer = walk.send(visitor, rule, walk.all(rule, OWN))
        wanted = 404 if rule.endpoint in NAMED_IN_FORM else 200
        assert got(answer) == wanted, f"{name}: {answer.status_code}"
