"""``flask matching solve``: the matching engine by itself, from a file to an answer; needs no database."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup

from placement.adapters.strict_json import read
from placement.domain.matching.problem import Mode, Problem
from placement.domain.matching.result import Solution
from placement.domain.matching.run import UncertifiedError, match
from placement.domain.matching.solve import LockError
from placement.domain.words import Say

#: A message stays one line that can be read, whatever is in the file.
_LONGEST = 300

matching = AppGroup("matching", help="Match people and openings.")


@matching.command("solve")
@click.argument("problem", metavar="PROBLEM.json")
@click.option("--mode", type=click.Choice([mode.value for mode in Mode]), help="What to aim for; else as in the file.")
def solve(problem: str, mode: str | None) -> None:
    """Print the Solution of a Problem as JSON; - reads standard input. See docs/matching.md."""
    name = "standard input" if problem == "-" else problem
    asked = _problem(problem, name)
    if mode:
        asked = replace(asked, settings=replace(asked.settings, mode=Mode(mode)))
    try:
        solution = match(asked)
    except LockError as error:
        _fail(f"{name}: locks[{error.lock}]: {_english(error.reason)}", 2)
    except UncertifiedError as error:
        _fail(f"{name}: {error}", 1)
    click.echo(json.dumps(_plain(solution), indent=2, allow_nan=False))


def _problem(path: str, name: str) -> Problem:
    try:
        return Problem.from_json(read(sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()))
    except OSError as error:
        _fail(f"{name}: {error.strerror or 'cannot be read'}", 2)
    except ValueError as error:
        _fail(f"{name}: {error}", 2)


def _plain(solution: Solution) -> dict[str, Any]:
    """The solution with its reasons as plain English; the sentences without a language stay beside."""
    values = solution.to_json()
    values["left_out"] = [
        {"person": left.person, "reason": _english(left.reason), "words": left.reason.to_json()}
        for left in solution.left_out
    ]
    return values


def _english(words: Say) -> str:
    params = {name: _english(value) if isinstance(value, Say) else value for name, value in words.params.items()}
    return (words.msgid if words.plural is None or params["n"] == 1 else words.plural) % params


def _fail(message: str, code: int) -> NoReturn:
    line = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in message[: _LONGEST + 1])
    click.echo(line if len(message) <= _LONGEST else f"{line[:_LONGEST]}…", err=True)
    raise click.exceptions.Exit(code)
