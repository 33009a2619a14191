"""Checks of shape for what comes in from outside: every refusal names its place.

A place reads like ``people[3].abilities.patience``; the caller passes it as ``at``.
All functions raise :class:`ValueError` and return the value with its type known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager


@contextmanager
def place(at: str) -> Iterator[None]:
    """Put ``at`` in front of every ValueError raised inside."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{at}.{error}") from error


def whole(value: object, at: str, low: int, high: int | None = None) -> int:
    """A whole number from ``low`` to ``high`` inclusive; True and 1.0 are none."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{at}: must be a whole number")
    if value < low or (high is not None and value > high):
        span = f"at least {low}" if high is None else f"from {low} to {high}"
        raise ValueError(f"{at}: must be {span}")
    return value


def number(value: object, at: str, low: float, high: float) -> float:
    """A finite number from ``low`` to ``high`` inclusive."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{at}: must be a number")
    # Whole numbers of any size are finite, and too large to ask.
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{at}: must be a number")
    if not low <= value <= high:
        raise ValueError(f"{at}: must be from {low:g} to {high:g}")
    return float(value)


def number_or_none(value: object, at: str, low: float, high: float) -> float | None:
    """Like :func:`number`; None stays None (unknown)."""
    return None if value is None else number(value, at, low, high)


def text(value: object, at: str) -> str:
    """A string that is not empty."""
    if not isinstance(value, str) or not value:
        raise ValueError(f"{at}: must be a text that is not empty")
    return value


def record(value: object, at: str) -> Mapping[str, object]:
    """An object with text keys."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{at}: must be an object")
    for key in value:
        text(key, f"{at}: a key")
    return value


def fields(value: object, at: str, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, object]:
    """An object with all ``required`` fields and no others than those and ``optional``."""
    data = record(value, at)
    for name in required:
        if name not in data:
            raise ValueError(f"{at}.{name}: is missing")
    for name in data:
        if name not in required and name not in optional:
            raise ValueError(f"{at}.{name}: is not a known field")
    return data


def rows(value: object, at: str) -> Sequence[object]:
    """A list (or tuple); a text is none."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ValueError(f"{at}: must be a list")
    return value


def texts(value: object, at: str) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(text(item, f"{at}[{k}]") for k, item in enumerate(rows(value, at)))


def two_texts(value: object, at: str) -> tuple[str, str]:
    """A list of exactly two texts."""
    pair = texts(value, at)
    if len(pair) != 2:
        raise ValueError(f"{at}: must be a list of two texts")
    return pair[0], pair[1]
