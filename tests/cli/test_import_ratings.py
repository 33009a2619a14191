"""``flask import ratings``: a look at a series, and ratings brought in once and for all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from placement.domain.occasions import OccasionKind
from placement.domain.roles import Role
from placement.models.feedback.observation import Observation
from placement.models.progress.milestone import ChartEvent
from placement.models.progress.summary import TaskSummary
from placement.models.shifts.occasion import Occasion
from placement.models.system.log import Audit
from tests.application import ClientFor
from tests.factories.make import Make
from tests.queries.progress.stories import World, world
from tests.trial import trial_file

Run = Callable[..., Result]
LEVELS = "phase;time;value\nA;1;after showing\nA;2;\nA;3;3\nB;4;after a hint\nB;5;nach einer Erinnerung\n"


@pytest.fixture
def run(app: Flask, tmp_path: Path) -> Run:
    def invoke(text: str, *options: str) -> Result:
        path = tmp_path / "series.csv"
        path.write_text(text, encoding="utf-8")
        return app.test_cli_runner().invoke(args=["import", "ratings", str(path), *options])

    return invoke


@pytest.fixture
def mia(make: Make) -> World:
    found = world(make)
    make.account("Cleo Coach", [Role.COACH], found.program, email="cleo@example.org")
    return found


def to(mia: World, *more: str, start: str = "2026-03-02") -> list[str]:
    key = mia.catalog.tasks[0].key
    who = ["--participant", mia.person.public_id, "--task", key, "--by", "Cleo@example.org"]
    return ["--write", *who, *(["--start", start] if start else []), *more]


def test_a_look_says_every_figure_and_writes_nothing(run: Run, make: Make, mia: World) -> None:
    a, b = (20, 20, 26, 25, 22, 23), (28, 25, 24, 27, 30, 30, 29)
    rows = [("A", value) for value in a] + [("B", value) for value in b]
    text = "phase,time,value\n" + "".join(f"{phase},{at},{value}\n" for at, (phase, value) in enumerate(rows, 1))
    done = run(text)
    assert done.exit_code == 0
    for words in ("NAP: 92 %", "Tau-BC: 0.29", "Tau: 0.83", "Tau-U: 0.74", "PND: 71 %", "4 of 7, 7 needed"):
        assert words in done.stdout
    assert "they are no proof" in done.stdout
    assert make.all(select(Observation)) == []


def test_levels_come_in_once(run: Run, make: Make, mia: World, client_for: ClientFor) -> None:
    done = run(LEVELS, *to(mia))
    assert (done.exit_code, done.stderr) == (0, "")
    assert "4 ratings added, 0 changed, 0 as they were, 1 gaps; 1 phase lines set" in done.stdout
    occasions = make.all(select(Occasion).order_by(Occasion.local_day))
    assert [row.local_day.isoformat() for row in occasions] == ["2026-03-02", "2026-03-04", "2026-03-05", "2026-03-06"]
    assert {row.kind for row in occasions} == {OccasionKind.OWN_DAY}
    summary = make.one(select(TaskSummary).where(TaskSummary.participant_id == mia.person.id))
    assert (summary.count, summary.first_rank, summary.last_rank) == (4, 3, 5)
    assert make.one(select(ChartEvent.text)) == "B"
    page = client_for(mia.account).get("/progress")
    assert not [link for link in page.links if link.startswith("/shifts/")]
    assert "0 ratings added, 0 changed, 4 as they were, 1 gaps; 0 phase lines set" in run(LEVELS, *to(mia)).stdout
    assert len(make.all(select(Audit).where(Audit.action == "imports.ratings"))) == 1


def test_another_level_replaces_the_one_before(run: Run, make: Make, mia: World) -> None:
    run(LEVELS, *to(mia))
    done = run(LEVELS.replace("A;3;3", "A;3;6"), *to(mia))
    assert "0 ratings added, 1 changed, 3 as they were" in done.stdout
    current = make.all(select(Observation.rank).where(Observation.replaced_at.is_(None)).order_by(Observation.id))
    assert sorted(current) == [3, 4, 5, 6]
    assert len(make.all(select(Observation))) == 5
    assert make.one(select(TaskSummary.alone_count).where(TaskSummary.participant_id == mia.person.id)) == 1


def test_days_instead_of_sessions(run: Run, make: Make, mia: World) -> None:
    done = run("Datum;Wert\r\n2.3.2026;2\r\n2026-03-03;6\r\n", *to(mia, start=""))
    assert done.exit_code == 0
    assert make.all(select(Occasion.local_day).order_by(Occasion.local_day)) == [date(2026, 3, 2), date(2026, 3, 3)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("time,value\n1,1\n", "line 2: value: '1' is no level; the scale has 6 alone"),
        ("time,value\n1,85\n", "line 2: value: '85' is no level"),
        ("time,value\n1,often\n", "line 2: value: 'often' is no level"),
        ("time,value\n1,3.5\n", "line 2: value: '3.5' is no level"),
        ("time,value\n1,6\n1,5\n", "line 3: time: 1 is there already in line 2"),
        ("time,value\n1,6\n2.5,5\n", "line 3: time: 2.5 is no whole number"),
        ("time,value\n1,6\n2026-03-02,5\n", "time: some are numbers and some are days"),
        ("time,value\n1,6\n999999999,5\n", "beyond the calendar"),
        ("time,value\n", "there are no rows"),
        ("case,time,value\nAda,1,6\nBen,1,5\n", "holds 2 cases: choose one with --case: Ada, Ben"),
    ],
)
def test_bad_files_are_named_and_write_nothing(run: Run, make: Make, mia: World, text: str, words: str) -> None:
    done = run(text, *to(mia))
    assert done.exit_code == 2
    assert words in done.stderr
    assert make.all(select(Occasion)) == []


def test_whom_it_does_not_know(run: Run, make: Make, mia: World) -> None:
    good, key = "time,value\n1,6\n", mia.catalog.tasks[0].key
    base = {"--participant": mia.person.public_id, "--task": key, "--by": "cleo@example.org", "--start": "2026-03-02"}
    for option, value, words in (
        ("--participant", "nobody", "There is no participant nobody in this program."),
        ("--task", "juggling", "There is no task juggling in this program."),
        ("--by", "mia.berg@example.org", "is no coach or therapist of this program."),
        ("--start", "2027-01-01", "2027-01-01 is still to come."),
    ):
        options = [part for pair in (base | {option: value}).items() for part in pair]
        done = run(good, "--write", *options)
        assert (done.exit_code, done.stderr.strip().endswith(words)) == (2, True), done.stderr
    assert run(good, "--write").exit_code == 2
    assert "name the day of the first with --start" in run(good, *to(mia, start="")).stderr
    assert "there is no case 'Zoe'" in run(good, "--case", "Zoe").stderr
    assert "is no NAME=VALUE" in run(good, "--columns", "time").stderr
    assert make.all(select(Occasion)) == []


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("sced_Huber2014.csv", ("--case", "Adam"), "phase 2 (B): 27 values"),
        ("sced_Rodgers.csv", ("--case", "Denny"), "phase 1 (baseline): 14 values"),
        ("sced_Strasberger2014.csv", ("--columns", "case=StudyID_CaseID", "--case", "158_Juan"), "5 of 5, 5 needed"),
        ("sced_Salazar.csv", ("--where", "measure=AFQ-Y", "--case", "P1", "--lower-is-better"), "phase 4 (follow-up)"),
    ],
)
def test_published_series_get_in(app: Flask, name: str, options: tuple[str, ...], words: str) -> None:
    done = app.test_cli_runner().invoke(args=["import", "ratings", str(trial_file(name)), *options])
    assert (done.exit_code, done.stderr) == (0, "")
    assert words in done.stdout
    assert "NAP: " in done.stdout
