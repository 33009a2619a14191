"""JSON from outside, read strictly: every refusal says where.

Besides syntax this refuses what Python would let pass: a key given twice, NaN and
Infinity, numbers of absurd length, and nesting that no reader can follow.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

#: Longer whole numbers mean nothing to anybody, and cost the more the longer they are.
_DIGITS = 400
_DEPTH = 100
_TOKENS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[{]|[\]}]', re.DOTALL)


class JsonError(ValueError):
    """No JSON that can be used. The message starts with the place: line and column, or the path of keys."""


@dataclass(frozen=True, slots=True)
class _Bad:
    """Stands in the tree for what must not be there, until its place is known."""

    what: str


def read(source: bytes) -> Any:
    """The value in UTF-8 text (a byte order mark may lead it). Raises JsonError."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        byte = error.start - source.rfind(b"\n", 0, error.start)
        raise JsonError(f"line {line}, byte {byte}: is not UTF-8 text") from None
    bad: list[_Bad] = []

    def note(what: str) -> _Bad:
        bad.append(_Bad(what))
        return bad[-1]

    def together(pairs: list[tuple[str, Any]]) -> Any:
        found = dict(pairs)
        return found if len(found) == len(pairs) else note(f"{_twice([key for key, _ in pairs])!r} appears twice")

    def whole(digits: str) -> Any:
        return int(digits) if len(digits) <= _DIGITS else note(f"a number of {len(digits)} digits")

    try:
        value = json.loads(
            text,
            object_pairs_hook=together,
            parse_int=whole,
            parse_constant=lambda name: note(f"{name} is not a number in JSON"),
        )
    except json.JSONDecodeError as error:
        raise JsonError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise JsonError(f"{_too_deep(text)}: is nested too deeply") from None
    if bad:
        raise JsonError(_first_bad(value))
    return value


def _twice(keys: list[str]) -> str:
    return next(key for key, count in Counter(keys).items() if count > 1)


def _first_bad(value: Any) -> str:
    """The path and the fault of the first mark in the tree; no recursion, since the tree may be deep."""
    path, item = "", value
    waiting: list[tuple[str, Any]] = []
    while not isinstance(item, _Bad):
        if isinstance(item, dict):
            inner = [(f"{path}.{key}" if path else key, child) for key, child in item.items()]
        else:
            inner = [(f"{path}[{k}]", child) for k, child in enumerate(item)] if isinstance(item, list) else []
        waiting += reversed(inner)
        path, item = waiting.pop()
    return f"{path or 'the whole'}: {item.what}"


def _too_deep(text: str) -> str:
    depth = 0
    for token in _TOKENS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token.group(), 0)
        if depth > _DEPTH:
            line = text.count("\n", 0, token.start()) + 1
            return f"line {line}, column {token.start() - text.rfind(chr(10), 0, token.start())}"
    return "line 1, column 1"
