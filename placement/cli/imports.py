"""``flask import``: stores and requirement profiles from files as others publish them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from placement.adapters.minutes import BadRow, read_minutes
from placement.adapters.onet import OnetError, profiles, read_folder
from placement.adapters.opening_hours import weekly_mask
from placement.adapters.stores import RowProblem, StoreRow, read_stores
from placement.catalog.read import onet_mapping, onet_titles
from placement.domain.errors import Refused
from placement.domain.words import Say
from placement.extensions import db
from placement.policy.actor import System
from placement.queries.programs.named import NamedProgram, named_program
from placement.usecases.imports.minutes import MinutesToImport, import_minutes
from placement.usecases.imports.profiles import ProfileToImport, import_profiles
from placement.usecases.imports.sites import StoreToImport, import_sites
from placement.usecases.transaction import Work

#: Stands beside every profile that is chosen; the license asks for it.
ONET_SOURCE = "O*NET 29.3, CC BY 4.0"

imports = AppGroup("import", help="Bring in data other people publish.")


@imports.command("sites")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--program", help="Name or public id; by default the first program.")
def sites(file: Path, program: str | None) -> None:
    """Add the stores of an OpenStreetMap-style CSV as sites. Running it again adds nothing."""
    target = target_program(program)
    problems: list[tuple[int, str]] = []
    try:
        stores = list(_stores(file.read_bytes(), problems))
    except (OSError, ValueError) as error:
        fail(f"{file.name}: {error}")
    result = import_sites(the_work(), System(target.id), stores)
    problems += [(line, english(reason)) for line, reason in result.problems]
    for line, reason in sorted(problems):
        click.echo(f"{file.name}, line {line}: left out: {reason}", err=True)
    click.echo(
        f"{target.name}: {result.added} sites added ({result.incomplete} with an incomplete address, "
        f"{result.hours_unread} with opening hours kept as text), {result.employers_added} employers added, "
        f"{result.already_there} sites already there, {len(problems)} rows left out."
    )


@imports.command("onet")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, readable=True, path_type=Path))
@click.option("--program", help="Name or public id; by default the first program.")
def onet(folder: Path, program: str | None) -> None:
    """Turn O*NET's files into requirement profiles to start openings from. Running it again updates them."""
    target = target_program(program)
    try:
        rows = profiles(read_folder(folder), onet_mapping())
    except OnetError as error:
        fail(str(error))
    except ValueError as error:
        fail(f"{folder.name}: {error}")
    titles = onet_titles()
    wanted = [
        ProfileToImport(row.code, {**titles.get(row.code, {}), "en": row.title}, row.requirements) for row in rows
    ]  # fmt: skip
    try:
        result = import_profiles(the_work(), System(target.id), ONET_SOURCE, wanted)
    except Refused as error:
        fail(english(error.reason))
    if result.unknown_traits:
        click.echo(f"Not in the program's catalog, left out: {', '.join(result.unknown_traits)}.", err=True)
    click.echo(
        f"{target.name}: {result.added} requirement profiles added, {result.changed} updated, "
        f"{result.same} as they were. Source: {ONET_SOURCE}."
    )


@imports.command("minutes")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--program", help="Name or public id; by default the first program.")
@click.option("--skip-bad", is_flag=True, help="Write the good rows although others are bad.")
@click.option("--check", is_flag=True, help="Only look; write nothing.")
def minutes(file: Path, program: str | None, skip_bad: bool, check: bool) -> None:
    """Add door-to-door travel times: a CSV with the columns participant, site (public ids) and minutes."""
    target = target_program(program)
    problems: list[tuple[int, str]] = []
    rows: list[MinutesToImport] = []
    try:
        for row in read_minutes(file.read_bytes()):
            if isinstance(row, BadRow):
                problems.append((row.line, row.detail))
            else:
                rows.append(MinutesToImport(row.line, row.participant, row.site, row.minutes))
    except (OSError, ValueError) as error:
        fail(f"{file.name}: {error}")
    write = not check and (skip_bad or not problems)
    result = import_minutes(the_work(), System(target.id), rows, skip_bad=skip_bad, write=write)
    problems += [(line, english(reason)) for line, reason in result.problems]
    for line, reason in sorted(problems):
        click.echo(f"{file.name}, line {line}: {reason}", err=True)
    counts = f"{result.added} ways added, {result.changed} changed, {result.same} as they were"
    if check:
        click.echo(f"{target.name}: nothing written. There would be {counts}, {len(problems)} bad rows.")
    elif problems and not skip_bad:
        fail(f"{len(problems)} bad rows, so nothing was written. Put them right, or leave them out with --skip-bad.")
    else:
        click.echo(f"{target.name}: {counts}, {len(problems)} rows left out.")


def _stores(source: bytes, problems: list[tuple[int, str]]) -> Iterator[StoreToImport]:
    """The usable rows; what cannot be used lands in ``problems``."""
    for row in read_stores(source):
        if isinstance(row, RowProblem):
            problems.append((row.line, row.detail))
        else:
            yield _store(row)


def _store(row: StoreRow) -> StoreToImport:
    return StoreToImport(
        line=row.line,
        ref=f"osm:{row.ref}",
        chain=row.name,
        street=f"{row.street} {row.house_number}".strip(),
        postcode=row.postcode,
        city=row.city,
        lat=row.lat,
        lon=row.lon,
        opening_hours=row.opening_hours,
        week=weekly_mask(row.opening_hours),
        complete=row.complete,
    )


def target_program(name: str | None) -> NamedProgram:
    found = named_program(db.session(), name)
    if found is None:
        fail("There is no program yet." if name is None else f"There is no program {name!r}.")
    return found


def the_work() -> Work:
    work: Work = current_app.extensions["placement_work"]
    return work


def english(reason: Say) -> str:
    return reason.msgid % reason.params


def fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise click.exceptions.Exit(2)
