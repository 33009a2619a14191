"""``flask matching solve``: an answer, or one line saying where the file is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placement.cli.matching import matching
from placement.domain.matching.problem import Mode

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "matching"
EXAMPLE: dict[str, Any] = json.loads((DOCS / "problem.json").read_text(encoding="utf-8"))

Solve = Callable[..., Result]


@pytest.fixture(scope="module")
def solve() -> Solve:
    """Runs the command in an application that has nothing else: no database, no settings."""
    bare = Flask("bare")
    bare.cli.add_command(matching)
    runner = bare.test_cli_runner()
    return lambda *args, **more: runner.invoke(args=["matching", "solve", *map(str, args)], **more)


@pytest.fixture
def refused(solve: Solve, tmp_path: Path) -> Callable[[bytes], str]:
    """The message for a file with this content."""
    path = tmp_path / "problem.json"

    def refuse(content: bytes) -> str:
        path.write_bytes(content)
        done = solve(path)
        assert (done.exit_code, done.stdout) == (2, ""), done.output
        assert isinstance(done.exception, SystemExit)
        line = done.stderr.removesuffix("\n")
        assert line.startswith(f"{path}: ")
        assert line.isprintable()
        return line.removeprefix(f"{path}: ")

    return refuse


def changed(**changes: Any) -> bytes:
    return json.dumps(EXAMPLE | changes).encode()


def test_the_example_of_the_documentation_gives_the_documented_answer(solve: Solve) -> None:
    done = solve(DOCS / "problem.json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == json.loads((DOCS / "solution.json").read_text(encoding="utf-8"))


def test_the_documentation_shows_the_example_and_names_every_field() -> None:
    page = (ROOT / "docs" / "matching.md").read_text(encoding="utf-8")
    for part in (EXAMPLE["people"][0], EXAMPLE["openings"][0], json.loads((DOCS / "solution.json").read_text())):
        for name in part:
            assert f"`{name}`" in page, name
    shown = re.search(r"```sh\n(flask --app wsgi matching solve [^\n]+)\n```", page)
    assert shown
    assert "docs/matching/problem.json" in shown.group(1)


@pytest.mark.parametrize("mode", list(Mode))
def test_the_documentation_tells_what_each_mode_makes_of_the_example(solve: Solve, mode: Mode) -> None:
    page = (ROOT / "docs" / "matching.md").read_text(encoding="utf-8")
    found = json.loads(solve(DOCS / "problem.json", "--mode", mode.value).stdout)
    placed = ", ".join(f"{pair['person']} → {pair['opening']}" for pair in found["pairs"])
    assert f"| `{mode.value}` | {placed} | {found['total']} | {found['worst']} | `{found['check']}` |" in page


def test_it_reads_standard_input_and_the_mode_given_wins(solve: Solve) -> None:
    text = changed(settings=EXAMPLE["settings"] | {"mode": "stable"})
    assert json.loads(solve("-", input=text).stdout)["check"] == "stable"
    assert json.loads(solve("-", "--mode", "max_min", input=text).stdout)["check"] == "even"
    assert solve("-", "--mode", "fair", input=text).exit_code == 2


def test_reasons_are_plain_english(solve: Solve) -> None:
    left = {item["person"]: item for item in json.loads(solve(DOCS / "problem.json").stdout)["left_out"]}
    assert left["dana"]["reason"] == "No opening passes: 3 with employers ruled out."
    assert left["dana"]["words"]["msgid"] == "No opening passes: %(counts)s."


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "line 1, column 1: "),
        (b"{", "line 1, column 2: "),
        (b'{"people": [],\n "openings": [}', "line 2, column 15: "),
        (b'{"people": []} x', "line 1, column 16: "),
        (b'{"people":\n "\xff"}', "line 2, byte 3: is not UTF-8 text"),
        ("{}".encode("utf-16"), "line 1, byte 1: is not UTF-8 text"),
        (b'"people"', "problem: must be an object"),
        (b"[" * 100_000, "line 1, column 101: is nested too deeply"),
        (b'{"a": ' * 100_000, "line 1, column 601: is nested too deeply"),
        (b"[" * 500 + b"]" * 500, "problem: must be an object"),
        (b'{"people": [], "people": []}', "the whole: 'people' appears twice"),
        (b'{"people": [{"key": "a", "abilities": {"x": 1, "x": 1}}]}', "people[0].abilities: 'x' appears twice"),
        (b'{"people": [{"key": "a", "lat": NaN}]}', "people[0].lat: NaN is not a number in JSON"),
        (b'{"people": [{"key": "a", "lat": -Infinity}]}', "people[0].lat: -Infinity is not a number in JSON"),
        (b'{"people": [{"key": "a", "lat": 1e999, "lon": 0}], "openings": []}', "people[0].lat: must be a number"),
        (b'{"openings": [' + b"9" * 5000 + b"]}", "openings[0]: a number of 5000 digits"),
        (b'{"people": []}', "problem.openings: is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_place(
    refused: Callable[[bytes], str], content: bytes, place: str
) -> None:
    assert refused(content).startswith(place)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"x": 1}, "problem.x: is not a known field"),
        ({"people": [{"key": "p", "abilities": {"patience": 6}}]}, "people[0].abilities.patience: must be from 0 to 5"),
        ({"people": [{"key": "p", "lat": 10**300, "lon": 0}]}, "people[0].lat: must be from -90 to 90"),
        ({"settings": {"mode": "best"}}, "settings.mode: must be one of total, least_shortfall, max_min, stable"),
        ({"locks": [["anna", "nowhere"]]}, "locks[0]: 'nowhere' is not in this problem"),
        ({"people": [{"key": "a"}, {"key": "a"}]}, "people[1]: 'a' appears twice"),
        ({"people": [{"key": "a\n\x1b[31m", "lat": 95}]}, "people[0].lat, lon: must both"),
        (
            {"people": [{"key": "p", "abilities": {"a\n\x1b[31m\ud800": 9}}]},
            "people[0].abilities.a\\n\\x1b[31m\\ud800:",
        ),
        ({"people": [{"key": "p", "abilities": {"a" * 10_000: 9}}]}, "people[0].abilities.aaa"),
        ({"locks": [["dana", "amber-bread"]]}, "locks[0]: They are never to be matched with this employer."),
        ({"locks": [["ben", "amber-shelves"]]}, "locks[0]: This pair was ruled out by hand."),
        (
            {"locks": [["anna", "amber-bread"], ["emil", "amber-bread"]]},
            "locks[1]: More pairs are kept at this opening than it has free places.",
        ),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused_by_place(
    refused: Callable[[bytes], str], changes: dict[str, Any], words: str
) -> None:
    line = refused(changed(**changes))
    assert line.startswith(words)
    assert len(line) < 400


def test_what_is_no_file_is_named(solve: Solve, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json"):
        done = solve(path)
        assert (done.exit_code, done.stdout) == (2, "")
        assert re.fullmatch(rf"{re.escape(str(path))}: (Is a directory|No such file or directory)\n", done.stderr)


def test_a_byte_order_mark_is_no_mistake(solve: Solve, tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(b"\xef\xbb\xbf" + (DOCS / "problem.json").read_bytes())
    assert solve(path).exit_code == 0


def broken_by_one_change() -> st.SearchStrategy[Any]:
    """The example with one value somewhere in it replaced by anything JSON knows."""
    places: list[tuple[str | int, ...]] = []

    def walk(value: Any, path: tuple[str | int, ...]) -> None:
        places.append(path)
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, child in inner:
            walk(child, (*path, key))

    walk(EXAMPLE, ())
    junk = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([-1, 0, 5, 10**400]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=4,
    )
    return st.tuples(st.sampled_from(places), junk)


def put(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    key, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {k: put(child, rest, new) if k == key else child for k, child in value.items()}
    return [put(child, rest, new) if k == key else child for k, child in enumerate(value)]


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(broken_by_one_change())
def test_whatever_is_in_the_file_there_is_an_answer_or_one_line(solve: Solve, change: tuple[Any, Any]) -> None:
    done = solve("-", input=json.dumps(put(EXAMPLE, *change)).encode())
    assert done.exit_code in (0, 2), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    if done.exit_code:
        assert done.stderr.startswith("standard input: ")
        assert done.stderr.count("\n") == 1
    else:
        assert json.loads(done.stdout)["certified"] is True


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_file_with_bytes_lost_or_changed_is_refused_or_still_a_problem(solve: Solve, data: st.DataObject) -> None:
    source = (DOCS / "problem.json").read_bytes()
    at = data.draw(st.integers(0, len(source) - 1))
    cut = data.draw(st.integers(at, len(source)))
    done = solve("-", input=source[:at] + data.draw(st.binary(max_size=4)) + source[cut:])
    assert done.exit_code in (0, 2)
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)


def test_the_whole_application_solves_without_its_database() -> None:
    environ = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "PLACEMENT_MODE": "test"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "matching", "solve", "docs/matching/problem.json"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["placed"] == 3
