"""The third net: every address × every visitor × own, foreign and absent objects, against the table of access."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import func, literal, select, union_all
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from placement.extensions import db
from placement.usecases.transaction import Work
from tests.web import endpoints
from tests.web.access_table import ACCESS, NAMED_IN_FORM, OUTSIDERS, VISITORS, Access
from tests.web.objects import ABSENT, FOREIGN, OWN
from tests.web.walk import Walk, WalkAnew, expected, got

READ = pytest.mark.parametrize("rule", endpoints.reading(), ids=endpoints.name)
WRITE = pytest.mark.parametrize("rule", endpoints.writing(), ids=endpoints.name)
#: What reading alone may add to.
_GROWS = {"access_log", "session"}
_TABLES = [table for table in db.metadata.sorted_tables if table.name not in _GROWS]
_ROWS = union_all(*(select(literal(table.name), func.count()).select_from(table) for table in _TABLES))
#: One of each kind: their pages are looked at closely.
_LOOKED_AT = ("admin", "coordinator", "coach", "supervisor", "noa", "kim", "site_admin")


def test_every_endpoint_is_in_the_table() -> None:
    assert {rule.endpoint for rule in endpoints.rules()} == set(ACCESS)


@pytest.mark.parametrize("rule", endpoints.rules(), ids=endpoints.name)
def test_the_table_names_every_part_of_the_address(rule: Rule) -> None:
    assert len(ACCESS[rule.endpoint].about) == len(endpoints.parts(rule))


def sides(access: Access, visitor: str) -> tuple[str, ...]:
    """Which objects there are to try; without an object in the address only the page itself."""
    if not access.about:
        return (OWN,)
    return (OWN, ABSENT) if access.public or visitor in OUTSIDERS else (OWN, FOREIGN, ABSENT)


def gist(answer: TestResponse) -> str:
    """The answer without what changes from one request to the next: tokens, and the address that was asked for."""
    text = re.sub(r'name="csrf_token"[^>]*', "", answer.get_data(as_text=True))
    return re.sub(r'name="next"[^>]*', "", text)


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
def test_pages_that_open_are_sound(rule: Rule, walk_anew: WalkAnew, backend: str) -> None:
    """Whoever gets in finds a page without a fault (see tests/pages.py). What a page says hangs on no database."""
    if backend != "sqlite":
        return
    access = ACCESS[rule.endpoint]
    names = [name for name in _LOOKED_AT if expected(access, name, OWN) == 200]
    walk = walk_anew(names)
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
    work: Work = app.extensions["placement_work"]
    with work.transaction() as session:
        return {str(name): int(count) for name, count in session.execute(_ROWS)}


@WRITE
def test_writing_what_is_not_ones_own(rule: Rule, walk: Walk) -> None:
    """403 or 404, and nothing happened."""
    access = ACCESS[rule.endpoint]
    for side in (OWN, FOREIGN):
        walk.all(rule, side)  # Some objects are made when they are first asked for.
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
def test_writing_what_is_ones_own(rule: Rule, walk_anew: WalkAnew) -> None:
    """Whoever may gets an answer, if only that the form is not filled in; never with another's object inside."""
    access = ACCESS[rule.endpoint]
    for name in VISITORS:
        if expected(access, name, OWN) != 200:
            continue
        walk = walk_anew([name])
        visitor = walk.visitors[name]
        for path in walk.mixed(rule):
            assert got(walk.send(visitor, rule, path)) == 404, f"{name}: {path}"
        answer = walk.send(visitor, rule, walk.all(rule, OWN))
        wanted = 404 if rule.endpoint in NAMED_IN_FORM else 200
        assert got(answer) == wanted, f"{name}: {answer.status_code}"
