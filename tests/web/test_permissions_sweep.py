"""The third net: every address × every visitor × own, foreign and absent objects, against the table of access."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
from tests.factories.make import sign_in_row
from tests.web import endpoints
from tests.web.access_table import ACCESS, NAMED_IN_FORM, SENT, VISITORS, Access
from tests.web.objects import ABSENT, FOREIGN, OWN, Objects

READ = pytest.mark.parametrize("rule", endpoints.reading(), ids=endpoints.name)
WRITE = pytest.mark.parametrize("rule", endpoints.writing(), ids=endpoints.name)
#: What reading alone may add to.
_GROWS = {"access_log", "session"}


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
        return visitor.http.post(path, data={**SENT.get(rule.endpoint, {}), "csrf_token": visitor.csrf_token()})


def walking(app: Flask, cast: Cast) -> Walk:
    work = app.extensions["placement_work"]
    visitors = {name: Visitor(app, sign_in_row(work, getattr(cast.accounts, name))) for name in VISITORS}
    return Walk(app, visitors, Objects(cast, work), Visitor(app))


@pytest.fixture
def walk(app: Flask, cast: Cast) -> Walk:
    return walking(app, cast)


def expected(access: Access, visitor: str, side: str) -> int:
    """403, 404 or 200 for "gets in"."""
    if not access.may_ever(visitor):
        return 403
    return 200 if side == OWN and access.sees_own(visitor) else 404


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
    sides = (OWN, FOREIGN, ABSENT) if access.about else (OWN,)
    wrong, refusals = [], []
    for name, visitor in walk.visitors.items():
        for side in sides:
            if access.public and side == FOREIGN:
                continue
            path, wanted = walk.all(rule, side), expected(access, name, side)
            answer = visitor.http.get(path)
            if got(answer) != wanted:
                wrong.append(f"{name}, {side} {path}: {answer.status_code} instead of {wanted}")
            if answer.status_code == 404 and side != OWN:
                refusals.append((name, gist(answer)))
        if access.about and expected(access, name, OWN) == 200:
            wrong += [f"{name}: {path} is no 404" for path in walk.mixed(rule) if got(visitor.http.get(path)) != 404]
    assert not wrong, "\n".join(wrong)
    differ = [one[0] for one, other in pairwise(refusals) if one[0] == other[0] and one[1] != other[1]]
    assert not differ, f"foreign and absent look different to {differ}"


@READ
def test_pages_that_open_are_sound(rule: Rule, walk: Walk) -> None:
    """Whoever gets in finds a page without a fault (see tests/pages.py)."""
    access = ACCESS[rule.endpoint]
    for name, visitor in walk.visitors.items():
        if expected(access, name, OWN) == 200:
            visitor.get(walk.all(rule, OWN), None)


@READ
def test_signed_out_readers_are_asked_to_sign_in(rule: Rule, walk: Walk) -> None:
    access = ACCESS[rule.endpoint]
    for side in (OWN, FOREIGN, ABSENT) if not access.public else (OWN,):
        answer = walk.nobody.http.get(walk.all(rule, side))
        if access.public:
            assert got(answer) == 200
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
        for side in (OWN, FOREIGN, ABSENT) if access.about else (OWN,):
            path, wanted = walk.all(rule, side), expected(access, name, side)
            if wanted == 200 or (access.public and side == FOREIGN):
                continue
            answer = walk.send(visitor, rule, path)
            if got(answer) != wanted:
                wrong.append(f"{name}, {side} {path}: {answer.status_code} instead of {wanted}")
    assert not wrong, "\n".join(wrong)
    assert rows(walk.app) == before


@WRITE
def test_writing_what_is_ones_own(rule: Rule, fresh_app: FreshApp, cast: Cast) -> None:
    """Whoever may gets an answer, if only that the form is not filled in; never with another's object inside."""
    access = ACCESS[rule.endpoint]
    for name in VISITORS:
        if expected(access, name, OWN) != 200:
            continue
        walk = walking(fresh_app(), cast)
        visitor = walk.visitors[name]
        for path in walk.mixed(rule):
            assert got(walk.send(visitor, rule, path)) == 404, f"{name}: {path}"
        answer = walk.send(visitor, rule, walk.all(rule, OWN))
        wanted = 404 if rule.endpoint in NAMED_IN_FORM else 200
        assert got(answer) == wanted, f"{name}: {answer.status_code}"


@WRITE
def test_signed_out_writers_are_asked_to_sign_in(rule: Rule, walk: Walk) -> None:
    access = ACCESS[rule.endpoint]
    before = rows(walk.app)
    for side in (OWN, FOREIGN, ABSENT) if not access.public else (OWN,):
        answer = walk.send(walk.nobody, rule, walk.all(rule, side))
        if access.public:
            assert got(answer) == 200
        else:
            assert answer.status_code == 302
            assert answer.location.startswith("/sign-in")
    assert access.public or rows(walk.app) == before
