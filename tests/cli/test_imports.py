"""``flask import``: files as others publish them, and broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.models.employers.employer import Employer, Site
from placement.models.programs.catalog import RequirementProfile, RequirementProfileTrait
from tests.factories.make import Make
from tests.statements import Counter
from tests.trial import trial_file

HEADER = "osm,name,street,housenumber,postcode,city,lat,lon,opening_hours,wheelchair\n"
GOOD = "node/1,Korb,Ring,1,50667,Köln,50.9,6.9,Mo-Fr 08:00-20:00,yes\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "stores.csv"
    path.write_text(HEADER + GOOD, encoding="utf-8")
    return path


def test_good_rows_go_in_and_bad_ones_are_named_by_line(app: Flask, make: Make, file: Path) -> None:
    make.program()
    bad = "node/2,Korb,Ring,1,50667,Köln,north,6.9,,\n"
    long = f"node/4,Korb,Ring,1,50667,{'x' * 130},50.9,6.9,,\n"
    file.write_text(HEADER + bad + GOOD + long, encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["import", "sites", str(file)])
    assert done.exit_code == 0
    assert "stores.csv, line 2: left out: latitude 'north'" in done.stderr
    assert "stores.csv, line 4: left out: more than 120 characters in city" in done.stderr
    assert "Riverside: 1 sites added" in done.stdout
    assert "2 rows left out" in done.stdout
    assert make.all(select(Site.name)) == ["Korb Köln, Ring 1"]


def test_the_program_is_named_by_name_or_public_id(app: Flask, make: Make, file: Path) -> None:
    first, second = make.program("One"), make.program("Two")
    runner = app.test_cli_runner()
    assert runner.invoke(args=["import", "sites", str(file)]).exit_code == 0
    assert runner.invoke(args=["import", "sites", str(file), "--program", "Two"]).exit_code == 0
    assert make.all(select(Site.program_id).order_by(Site.id)) == [first.id, second.id]
    again = runner.invoke(args=["import", "sites", str(file), "--program", second.public_id])
    assert "0 sites added" in again.stdout
    assert "1 sites already there" in again.stdout
    lost = runner.invoke(args=["import", "sites", str(file), "--program", "Three"])
    assert (lost.exit_code, lost.stderr) == (2, "There is no program 'Three'.\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "stores.csv: The file is not UTF-8 text (line 1)"),
        (b"", "stores.csv: Line 1: these columns are missing: osm, name"),
        (b"osm,name\n", "stores.csv: Line 1: these columns are missing: street"),
    ],
)
def test_a_file_that_is_no_such_file(app: Flask, make: Make, file: Path, content: bytes, words: str) -> None:
    make.program()
    file.write_bytes(content)
    done = app.test_cli_runner().invoke(args=["import", "sites", str(file)])
    assert done.exit_code == 2
    assert words in done.stderr
    assert make.one(select(func.count()).select_from(Site)) == 0


def test_nothing_there_to_import(app: Flask, make: Make, tmp_path: Path, file: Path) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["import", "sites", str(file)]).exit_code == 2
    make.program()
    assert runner.invoke(args=["import", "sites", str(tmp_path / "none.csv")]).exit_code == 2
    done = runner.invoke(args=["import", "onet", str(tmp_path)])
    assert done.exit_code == 2
    assert "onet_scales.csv: cannot be read" in done.stderr


def test_the_real_stores_as_they_are(app: Flask, make: Make, statements: Counter) -> None:
    path = trial_file("stores_lidl_de_osm.csv")
    program = make.program()
    runner = app.test_cli_runner()
    with statements:
        first = runner.invoke(args=["import", "sites", str(path)])
    assert first.exit_code == 0
    assert "3223 sites added" in first.stdout
    # In batches, so that it takes seconds: never a statement a row.
    assert statements.count < 30
    assert make.one(select(func.count()).select_from(Site)) == 3223
    assert make.all(select(Employer.name)) == ["Lidl"]
    incomplete = make.one(select(func.count()).select_from(Site).where(Site.address_complete.is_(False)))
    assert 0.13 < incomplete / 3223 < 0.20
    with_hours = make.one(select(func.count()).select_from(Site).where(Site.opening_hours != ""))
    read = make.one(select(func.count()).select_from(Site).where(Site.opening_week.is_not(None)))
    assert read > 0.99 * with_hours
    assert {program.zone} == set(make.all(select(Site.zone).distinct()))
    again = runner.invoke(args=["import", "sites", str(path)])
    assert "0 sites added" in again.stdout
    assert "3223 sites already there" in again.stdout
    assert make.one(select(func.count()).select_from(Site)) == 3223


def test_the_real_onet_files_as_they_are(app: Flask, make: Make) -> None:
    folder = trial_file("onet_skills.csv").parent
    program = make.program()
    make.catalog(program, traits=40)
    runner = app.test_cli_runner()
    first = runner.invoke(args=["import", "onet", str(folder)])
    assert first.exit_code == 0
    assert "13 requirement profiles added" in first.stdout
    assert "O*NET 29.3, CC BY 4.0" in first.stdout
    profiles = make.all(select(RequirementProfile))
    assert len(profiles) == 13
    assert all(set(profile.title) == {"en", "de"} for profile in profiles)
    assert {profile.source for profile in profiles} == {"O*NET 29.3, CC BY 4.0"}
    lines = make.one(select(func.count()).select_from(RequirementProfileTrait))
    assert lines == 13 * 16
    again = runner.invoke(args=["import", "onet", str(folder)])
    assert "0 requirement profiles added, 0 updated, 13 as they were" in again.stdout
    assert make.one(select(func.count()).select_from(RequirementProfileTrait)) == lines
