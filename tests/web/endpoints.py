"""Every address of the application, known before any test runs, so that tests can be made from the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from werkzeug.routing import Rule

from placement.app import THIRD_PARTY
from tests.application import build_app
from tests.clock import Clock

_PART = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
_ABSENT = {"int": "999999", "path": "AAAA"}


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of our own endpoints, by endpoint."""
    app = build_app("sqlite://", Clock())
    return tuple(sorted((r for r in app.url_map.iter_rules() if r.endpoint not in THIRD_PARTY), key=_order))


def _order(rule: Rule) -> tuple[str, str]:
    return rule.endpoint, rule.rule


def reading() -> list[Rule]:
    """Rules that answer GET."""
    return [rule for rule in rules() if "GET" in (rule.methods or ())]


def writing() -> list[Rule]:
    """Rules that answer POST."""
    return [rule for rule in rules() if "POST" in (rule.methods or ())]


def name(rule: Rule) -> str:
    """How a test for this rule is called."""
    return rule.endpoint


def parts(rule: Rule) -> list[str]:
    """The names of the variable parts of the address, in order."""
    return [found.group("name") for found in _PART.finditer(rule.rule)]


def path(rule: Rule, values: Sequence[str]) -> str:
    """The address with its parts filled in, in order."""
    filled = iter(values)
    return _PART.sub(lambda _: next(filled), rule.rule)


def absent(rule: Rule) -> str:
    """An address of things that do not exist."""
    return path(rule, [_ABSENT.get(_converter(rule, part), "AAAAAAAAAAAAAAAA") for part in parts(rule)])


def _converter(rule: Rule, part: str) -> str:
    return next(m.group("kind") or "" for m in _PART.finditer(rule.rule) if m.group("name") == part)
