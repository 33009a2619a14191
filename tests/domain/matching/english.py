"""A sentence as it reads in English, numbers as Python writes them."""

from __future__ import annotations

from datetime import time

from placement.domain.words import Say


def english(words: Say) -> str:
    params = {key: _text(value) for key, value in words.params.items()}
    many = words.plural is not None and words.params["n"] != 1
    return (words.plural if many else words.msgid) % params


def _text(value: object) -> object:
    if isinstance(value, Say):
        return english(value)
    return value.strftime("%H:%M") if isinstance(value, time) else value
