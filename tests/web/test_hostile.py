"""Every form and every list, filled in by somebody who means harm: a refusal in words, never a 500."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

import pytest
from werkzeug.routing import Rule

from tests.client import Visitor
from tests.pages import Page
from tests.web import endpoints
from tests.web.access_table import ACCESS, SENT, VISITORS
from tests.web.objects import OWN
from tests.web.walk import WalkAnew, expected

#: No number although a digit, more digits than a number may have, beyond any column, no number at all.
NUMBERS = ("²", "9" * 5000, str(2**63), "nan")
#: Both ends of the calendar.
DAYS = ("0001-01-01", "9999-12-31")
#: Letters that grow when folded, nesting nobody can read, half a character, direction marks.
TEXTS = ("\ufdfa" * 80, "[" * 20_000, '{"a": "\\ud800"}', "\u202e\U0001f331 %(name)s")
VALUES = (*NUMBERS, *DAYS, *TEXTS)
#: Fields of one kind, a dozen of them on a page: one is enough.
_ALIKE = re.compile(r"^(of|task|level|weight)[-_][\w-]{12,}|\d+")
_DAY = re.compile(r"day|_on$|^on$|first|last|_at$")


def cursor(packed: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(packed).encode()).decode().rstrip("=")


#: Cursors by hand, for lists sorted by text, days and instants.
CURSORS = (
    *(cursor([False, [text, 1]]) for text in ("\ud800", "\ufdfa", 2**70, float("nan"), None, {"iso": 3}, [])),
    *(cursor([back, [{"iso": day}, 1]]) for day in DAYS for back in (True, False)),
    *(cursor([False, [{"iso": f"{day}T00:00:00{zone}"}, 1]]) for day in DAYS for zone in ("+23:59", "-23:59")),
    *(cursor([False, [{"iso": d}, {"iso": f"{d}T00:00:00{z}"}, 1]]) for d in DAYS for z in ("+23:59", "-23:59")),
    cursor([False, ["a", 2**63 - 1]]),
    base64.urlsafe_b64encode(b"[" * 30_000).decode(),
)
NAMES = (
    "q",
    "page",
    "day",
    "sort",
    "show",
    "span",
    "only",
    "whose",
    "status",
    "role",
    "period",
    "profile",
    "task",
    "text",
)
PLACES = ("//[", "//\u2100.example", "/\\x", "/\r\nX: y", "javascript:x", "/\t/x")

READ = pytest.mark.parametrize("rule", endpoints.reading(), ids=endpoints.name)
WRITE = pytest.mark.parametrize("rule", endpoints.writing(), ids=endpoints.name)


def allowed(rule: Rule) -> str:
    """Somebody who gets in."""
    access = ACCESS[rule.endpoint]
    return next(name for name in VISITORS if expected(access, name, OWN) in (200, access.answers))


def fields_of(visitor: Visitor, rule: Rule, path: str) -> dict[str, list[str]]:
    """The fields of the page's own form as it stands; without one, what gets as far as the question."""
    answer = visitor.http.get(path) if "GET" in (rule.methods or ()) else None
    if answer is not None and answer.status_code == 200:
        forms = [form for form in Page(answer, path).main_forms if form.method == "post"]
        for form in [form for form in forms if form.action in ("", path)] or forms[:1]:
            return {name: form.fields.get(name, []) for name in form.names if name != "csrf_token"}
    return {name: [value] for name, value in SENT.get(rule.endpoint, {}).items()}


def spoilt(fields: Mapping[str, list[str]]) -> Iterator[dict[str, list[str]]]:
    """The form with all fields spoilt, then one after the other."""
    for value in VALUES:
        yield dict.fromkeys(fields, [value])
    kinds = {_ALIKE.sub(r"\1", name): name for name in sorted(fields)}
    for name in kinds.values():
        for value in DAYS if _DAY.search(name) else (*NUMBERS[:3], *TEXTS[:2]):
            yield {**fields, name: [value]}


def queries(rule: Rule) -> Iterator[str]:
    yield from ("&".join(f"{name}={quote(value[:300])}" for name in NAMES) for value in VALUES)
    if endpoints.parts(rule):
        return
    yield from (f"next={quote(place)}" for place in PLACES)
    for sort in ("", "-name", "start"):
        yield from (f"sort={sort}&page={quote(by_hand)}" for by_hand in CURSORS)


def status(visitor: Visitor, method: str, path: str, **options: object) -> str:
    """What is answered, with the exception that was in the way."""
    try:
        code = visitor.http.open(path, method=method, **options).status_code  # type: ignore[arg-type]
    except Exception as error:
        return f"500 {type(error).__name__}: {error}"[:300]
    return str(code)


@WRITE
def test_every_field_of_every_form(rule: Rule, walk_anew: WalkAnew, backend: str) -> None:
    """On the database that refuses what is too long or too large."""
    if backend != "postgresql":
        return
    name = allowed(rule)
    walk = walk_anew([name])
    visitor, path = walk.visitors[name], walk.all(rule, OWN)
    fields = fields_of(visitor, rule, path)
    wrong = []
    for values in spoilt(fields):
        answer = status(visitor, "POST", path, data={**values, "csrf_token": walk.token(visitor)})
        if answer >= "5":
            odd = {key: value[:40] for key, given in values.items() for value in given if value in VALUES}
            wrong.append(f"{odd}: {answer}")
        if answer == "303":
            # It went through: what is there now is another version.
            walk.tokens.clear()
            fields = fields_of(visitor, rule, path) or fields
    assert not wrong, "\n".join(wrong)


@READ
def test_every_list_with_addresses_by_hand(rule: Rule, walk_anew: WalkAnew, backend: str) -> None:
    """What an address says is read before any database is asked: one of them is enough."""
    if backend != "sqlite":
        return
    name = allowed(rule)
    walk = walk_anew([name])
    path = walk.all(rule, OWN)
    answers = {query: status(walk.visitors[name], "GET", f"{path}?{query}") for query in queries(rule)}
    wrong = [f"{query[:120]}: {answer}" for query, answer in answers.items() if answer >= "5"]
    assert not wrong, "\n".join(wrong)
