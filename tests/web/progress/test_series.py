"""Series of numbers beside the progress: seen by those who see the progress, taken off and put back by staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from placement.domain.milestones import RuleKind
from placement.domain.roles import Role
from placement.models.progress.measure import Measure, MeasureItem
from placement.models.progress.milestone import Milestone
from placement.models.system.log import Audit
from tests.application import ClientFor
from tests.factories.make import Make
from tests.queries.progress.stories import World, world
from tests.trial import trial_file

Run = Callable[..., Result]


@pytest.fixture
def mia(make: Make) -> World:
    return world(make)


@pytest.fixture
def run(app: Flask, mia: World, tmp_path: Path) -> Run:
    def invoke(text: str, *options: str) -> Result:
        path = tmp_path / "series.csv"
        path.write_text(text, encoding="utf-8")
        who = ["--write", "--participant", mia.person.public_id, "--series", "On time", "--start", "2026-03-02"]
        return app.test_cli_runner().invoke(args=["import", "ratings", str(path), *who, *options])

    return invoke


FILE = "phase;time;value\nA;1;20,5\nA;2;\nA;3;40\nB;4;80\nB;5;90\n"


def test_percentages_come_in_once_and_are_drawn(run: Run, make: Make, mia: World, client_for: ClientFor) -> None:
    done = run(FILE)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "5 values added, 0 changed, 0 as they were" in done.stdout
    assert "0 values added, 0 changed, 5 as they were" in run(FILE).stdout
    assert "0 values added, 1 changed, 4 as they were" in run(FILE.replace("90", "95")).stdout
    assert make.all(select(Measure.value)) == [20.5, None, 40.0, 80.0, 95.0]
    assert make.all(select(Audit.action).where(Audit.action == "imports.series")) == ["imports.series"] * 2
    cora = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    listed = cora.get(f"/participants/{mia.person.public_id}/progress/series")
    assert "4 values" in listed.content
    page = cora.get(f"{listed.path}/{make.one(select(MeasureItem.public_id))}").content
    assert "in the middle of the last phase" in page
    assert "NAP" in page
    assert page.count("20.5") >= 1


def test_numbers_earn_no_milestones(run: Run, make: Make, mia: World) -> None:
    run("time;value\n" + "".join(f"{at};100\n" for at in range(1, 60)))
    assert make.all(select(Milestone)) == []
    assert RuleKind.FIRST_ALONE  # there is a rule that a hundred percent of support would have met


def test_the_participant_reads_it_and_others_do_not(run: Run, make: Make, mia: World, client_for: ClientFor) -> None:
    run(FILE)
    address = f"/participants/{mia.person.public_id}/progress/series/{make.one(select(MeasureItem.public_id))}"
    own = client_for(mia.account).get(address)
    assert "Take this series off" not in own.content
    client_for(make.account("Sam Shop", [Role.SUPERVISOR], mia.program)).get(address, 403)
    client_for(make.account("Olga Other", [Role.COORDINATOR], make.program("Lakeside"))).get(address, 404)


def test_it_is_taken_off_and_put_back(run: Run, make: Make, mia: World, client_for: ClientFor) -> None:
    run(FILE)
    cora = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    address = f"/participants/{mia.person.public_id}/progress/series/{make.one(select(MeasureItem.public_id))}"
    after = cora.follow(cora.submit(cora.get(address).main_forms[0], 303))
    assert "There are no other series." in after.content
    cora.get(address, 404)
    (undo,) = [form for form in after.forms if form.action.endswith("/archive")]
    assert "is back" in cora.follow(cora.submit(undo, 303)).content
    cora.get(address)


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("time;value\n1;much\n", (), "is no number"),
        ("time;value\n1;2\n", ("--series", "x" * 121), "120 characters"),
        ("time;value\n1;2\n", ("--start", "2999-01-01"), "still to come"),
        ("time;value\n1;2\n", ("--participant", "nobody"), "no participant nobody"),
    ],
)
def test_what_cannot_come_in_is_told(run: Run, make: Make, text: str, options: tuple[str, ...], told: str) -> None:
    done = run(text, *options)
    assert done.exit_code == 2
    assert told in done.stderr
    assert make.all(select(Measure)) == []


def test_another_unit_under_the_same_name_is_refused(run: Run) -> None:
    run(FILE)
    assert "another unit" in run(FILE, "--unit", "points").stderr


@pytest.mark.parametrize(
    ("file", "options"),
    [
        ("sced_Huber2014.csv", ("--case", "Adam")),
        ("sced_Rodgers.csv", ("--case", "Brett")),
        ("sced_Salazar.csv", ("--case", "P1", "--where", "measure=AFQ-Y", "--unit", "points", "--lower-is-better")),
        ("sced_Strasberger2014.csv", ("--case", "158_Juan", "--unit", "points")),
    ],
)
def test_published_files_are_drawn(
    app: Flask, make: Make, mia: World, client_for: ClientFor, file: str, options: tuple[str, ...]
) -> None:
    start = (make.today - timedelta(days=700)).isoformat()
    who = ("--write", "--participant", mia.person.public_id, "--series", "Published", "--start", start)
    done = app.test_cli_runner().invoke(args=["import", "ratings", str(trial_file(file)), *who, *options])
    assert (done.exit_code, done.stderr) == (0, "")
    cora = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    page = cora.get(f"/participants/{mia.person.public_id}/progress/series/{make.one(select(MeasureItem.public_id))}")
    known = len([value for value in make.all(select(Measure.value)) if value is not None])
    assert known > 5
    assert "in the middle of the last phase" in page.content
    assert ("middle of one week" in page.content) == (known > 60)
