"""``flask import minutes``: all or nothing, unless bad rows may be left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from placement.models.matching.tables import TravelMinutes
from placement.models.system.log import Audit
from tests.factories.cast import Cast
from tests.factories.make import Make


@pytest.fixture
def run(app: Flask, cast: Cast, tmp_path: Path) -> object:
    def invoke(*rows: str, options: tuple[str, ...] = ()) -> Result:
        path = tmp_path / "ways.csv"
        path.write_text("participant;site;minutes\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8-sig")
        return app.test_cli_runner().invoke(args=["import", "minutes", str(path), *options])

    return invoke


def stored(make: Make) -> list[tuple[int, int, int]]:
    rows = make.all(select(TravelMinutes).order_by(TravelMinutes.participant_id, TravelMinutes.site_id))
    return [(row.participant_id, row.site_id, row.minutes) for row in rows]


def test_ways_are_added_and_changed(run, cast: Cast, make: Make) -> None:  # type: ignore[no-untyped-def]
    noa, kim, site, harbor = cast.a.participant, cast.kim, cast.a.site, cast.other_site
    done = run(f"{noa.public_id};{site.public_id};12,4", f"{kim.public_id};{harbor.public_id};40")
    assert done.exit_code == 0
    assert "Riverside: 2 ways added, 0 changed, 0 as they were, 0 rows left out." in done.stdout
    again = run(f"{noa.public_id};{site.public_id};12", f"{kim.public_id};{harbor.public_id};35")
    assert "0 ways added, 1 changed, 1 as they were" in again.stdout
    assert stored(make) == [(noa.id, site.id, 12), (kim.id, harbor.id, 35)]
    assert make.one(select(Audit.detail).where(Audit.action == "imports.minutes").limit(1)) == {
        "added": 2,
        "changed": 0,
    }


def test_one_bad_row_keeps_all_out_unless_told_otherwise(run, cast: Cast, make: Make) -> None:  # type: ignore[no-untyped-def]
    noa, site = cast.a.participant.public_id, cast.a.site.public_id
    good = f"{noa};{site};12"
    bad = (
        f"{cast.b.participant.public_id};{site};5",  # another program's
        f"{noa};{cast.b.site.public_id};5",
        f"{noa};{site};9",  # the same way twice
        f"{noa};{site};far",
    )
    done = run(good, *bad)
    assert done.exit_code == 2
    assert "4 bad rows, so nothing was written" in done.stderr
    assert f"line 3: no participant {cast.b.participant.public_id} in this program" in done.stderr
    assert f"line 4: no site {cast.b.site.public_id} in this program" in done.stderr
    assert "line 5: the same way as in line 2" in done.stderr
    assert "line 6: minutes 'far' is no number" in done.stderr
    assert stored(make) == []
    looked = run(good, *bad, options=("--check",))
    assert "nothing written. There would be 1 ways added" in looked.stdout
    assert stored(make) == []
    done = run(good, *bad, options=("--skip-bad",))
    assert done.exit_code == 0
    assert "1 ways added, 0 changed, 0 as they were, 4 rows left out." in done.stdout
    assert len(stored(make)) == 1


def test_a_file_that_is_no_table(run, app: Flask, cast: Cast, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "no.csv"
    path.write_bytes(b"who,where\n")
    done = app.test_cli_runner().invoke(args=["import", "minutes", str(path)])
    assert (done.exit_code, done.stderr) == (2, "no.csv: Line 1: the column participant is missing.\n")
