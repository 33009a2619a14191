"""A visit by everybody: an application with one object of each kind in both programs, and all visitors signed in.

The objects are written once a run and worker on top of the cast (``furnished``); each walk gets a copy.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from placement.usecases.transaction import Work
from tests.application import WithCast, build_app, dispose
from tests.apps import Apps
from tests.client import Visitor
from tests.clock import Clock
from tests.databases import Databases
from tests.factories.cast import Cast
from tests.factories.make import sign_in_rows
from tests.web import endpoints
from tests.web.access_table import ACCESS, SENT, VISITORS, Access
from tests.web.objects import ABSENT, FOREIGN, OWN, Objects

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Furnished:
    """A database with all objects; pickled are the cast, what the objects know of themselves, visitor → token."""

    url: str
    pickled: bytes

    def load(self, work: Work) -> tuple[Objects, dict[str, str]]:
        cast, known, tokens = pickle.loads(self.pickled)
        objects = Objects(cast, work)
        vars(objects).update(known)
        return objects, tokens


@pytest.fixture(scope="session")
def furnished(databases: Databases, cast_database: WithCast) -> Furnished:
    """Copy it, never write to it."""
    url = databases.create(template=cast_database.url)
    app = build_app(url, Clock())
    work: Work = app.extensions["placement_work"]
    cast: Cast = pickle.loads(cast_database.pickled)
    objects = Objects(cast, work)
    try:
        tokens = sign_in_rows(work, [getattr(cast.accounts, name) for name in VISITORS])
        objects.exclude()
    finally:
        dispose(app)
    known = {name: value for name, value in vars(objects).items() if name not in ("cast", "_work")}
    return Furnished(url, pickle.dumps((cast, known, dict(zip(VISITORS, tokens, strict=True)))))


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


@pytest.fixture
def objects(app: Flask, furnished: Furnished) -> Objects:
    """One object of each kind in both programs; a test that asks for them gets its application on them."""
    return furnished.load(app.extensions["placement_work"])[0]


@pytest.fixture
def walk(app: Flask, objects: Objects, furnished: Furnished) -> Walk:
    """With all visitors. ``objects`` has chosen the database."""
    return walking(app, furnished)


def walking(app: Flask, furnished: Furnished, names: Iterable[str] = tuple(VISITORS)) -> Walk:
    objects, tokens = furnished.load(app.extensions["placement_work"])
    return Walk(app, {name: Visitor(app, tokens[name]) for name in names}, objects, Visitor(app))


class WalkAnew(Protocol):
    def __call__(self, names: Iterable[str]) -> Walk: ...


@pytest.fixture
def walk_anew(apps: Apps, furnished: Furnished, clock: Clock, tmp_path: Path) -> Iterator[WalkAnew]:
    """``walk_anew(visitors)``: on an untouched copy, as often as a test asks; the one before goes back then."""
    made: list[Flask] = []

    def build(names: Iterable[str]) -> Walk:
        while made:
            apps.take_back(made.pop())
        made.append(apps.lend(furnished.url, clock, tmp_path / "outbox"))
        return walking(made[-1], furnished, names)

    yield build
    for application in made:
        apps.take_back(application)


def expected(access: Access, visitor: str, side: str) -> int:
    """403, 404 or 200 for "gets in"; another one for what asks for a phone that opened a link."""
    if access.answers:
        return access.answers
    if not access.may_ever(visitor) or (side == OWN and visitor in access.denied.split()):
        return 403
    return 200 if side == OWN and access.sees_own(visitor) else 404


def got(answer: TestResponse) -> int:
    """403 and 404 as they are, any other answer below 400 as 200."""
    return 200 if answer.status_code < 400 or answer.status_code in (409, 422) else answer.status_code
