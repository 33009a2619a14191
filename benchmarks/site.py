"""The application as the benchmark asks it: one WSGI call, no client, no server, no network."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode

from flask import Flask, render_template
from jinja2 import Template
from sqlalchemy import Connection, event, select
from werkzeug.test import EnvironBuilder

from placement.extensions import db
from placement.models.accounts.account import Account
from placement.models.programs.program import Program
from placement.policy.permissions import Permission
from placement.usecases.transaction import Work
from placement.web import gate
from placement.web.current import actor, reads
from tests.application import build_app, dispose
from tests.clock import Clock
from tests.factories.make import sign_in_row
from tests.statements import Counter

FLOOR = "/floor"
_FLOOR_PAGE = "{% extends 'layouts/base.html' %}{% block heading %}{{ name }}{% endblock %}"


@dataclass(slots=True)
class Answer:
    """One request: what came and what it took, in seconds."""

    status: int
    body: bytes
    headers: dict[str, str]
    wall: float
    cpu: float
    #: Part of ``cpu`` that went into the commit of the access log.
    log: float

    @property
    def page(self) -> bytes:
        """The body as it is read, whether or not it came compressed."""
        return gzip.decompress(self.body) if self.headers.get("Content-Encoding") == "gzip" else self.body

    @property
    def text(self) -> str:
        return self.page.decode()


@dataclass
class Site:
    """One database with its application and the people who ask."""

    app: Flask
    counter: Counter = field(default_factory=Counter)
    log: float = 0.0
    _cookies: dict[str, str] = field(default_factory=dict)

    @property
    def work(self) -> Work:
        found: Work = self.app.extensions["placement_work"]
        return found

    def environ(self, path: str, email: str, sent: Mapping[str, str] | None = None) -> dict[str, Any]:
        """What a server would hand over for this request of this person."""
        body = None if sent is None else urlencode(sent).encode()
        return self.bare(path, self.cookie(email), body, "application/x-www-form-urlencoded")

    def bare(self, path: str, cookie: str, body: bytes | None, content_type: str) -> dict[str, Any]:
        """The same for any cookie. ``body`` None: the page is asked for."""
        builder = EnvironBuilder(
            path=path, method="GET" if body is None else "POST", data=body or b"",
            content_type=None if body is None else content_type,
            headers=[("Cookie", cookie), ("Accept-Encoding", "gzip")],
        )  # fmt: skip
        made = builder.get_environ()
        made["bench.body"] = body or b""
        return made

    def ask(self, environ: Mapping[str, Any]) -> Answer:
        """Send one request. What it holds may be sent again."""
        fresh = {**environ, "wsgi.input": io.BytesIO(environ["bench.body"])}
        head: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _info: Any = None, /) -> Callable[[bytes], object]:
            head[:] = [int(status[:3]), dict(headers)]
            return lambda _: None

        self.log = 0.0
        cpu, wall = process_time(), perf_counter()
        result = self.app.wsgi_app(fresh, start)
        body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        wall, cpu = perf_counter() - wall, process_time() - cpu
        return Answer(head[0], body, head[1], wall, cpu, self.log)

    def cookie(self, email: str) -> str:
        """A signed-in person's cookie; the row is written the first time."""
        if email not in self._cookies:
            with self.work.transaction() as session:
                account = session.scalars(select(Account).where(Account.email == email)).one()
            http = self.app.test_client()
            with http.session_transaction() as cookie:
                cookie["_user_id"] = sign_in_row(self.work, account)
                cookie["_fresh"] = True
            name = str(self.app.config["SESSION_COOKIE_NAME"])
            found = http.get_cookie(name)
            if found is None:
                raise LookupError("no cookie was set")
            self._cookies[email] = f"{name}={found.value}"
        return self._cookies[email]

    def first(self, statement: Any) -> Any:
        """The first value a SELECT finds."""
        with self.work.transaction() as session:
            return session.scalars(statement.limit(1)).first()

    def close(self) -> None:
        dispose(self.app)


def open_site(url: str, stack: ExitStack) -> Site:
    """The application on ``url``, with the floor beside its own pages."""
    app = build_app(url, Clock())
    page = app.jinja_env.from_string(_FLOOR_PAGE)
    app.add_url_rule(FLOOR, "floor", gate.requires(Permission.DAY_SEE)(lambda: _floor(page)))
    site = Site(app)
    stack.callback(site.close)

    def heard(_c: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        site.counter.hear(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", heard)
    return site


def _floor(page: Template) -> str:
    """The cheapest honest page: who asks, one indexed query, the base template. Compiled before, as every page is."""
    name = reads().scalar(select(Program.name).where(Program.id == actor().program_id))
    return render_template(page, name=name)


class LogMeter:
    """Tells each site what the commit of the access log took: personal pages carry it, the floor does not."""

    def __init__(self, *sites: Site) -> None:
        self._sites = sites
        self._original = gate.record_read

    def __enter__(self) -> None:
        def timed(*arguments: Any, **named: Any) -> None:
            began = process_time()
            self._original(*arguments, **named)
            spent = process_time() - began
            for site in self._sites:
                site.log += spent

        gate.record_read = timed

    def __exit__(self, *_: object) -> None:
        gate.record_read = self._original
