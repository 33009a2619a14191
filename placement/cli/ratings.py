"""``flask import ratings``: look at a published or own series, or bring ratings of one task in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext

from placement.adapters.series import BadRow, SeriesRow, number, read_series
from placement.cli.imports import english, fail, target_program, the_work
from placement.domain.comparison import NO_PROOF, all_figures, caution, compare
from placement.domain.errors import NotFound, Refused
from placement.domain.measures import Unit
from placement.domain.series import SeriesPoint, Stretch, stretches, twice
from placement.domain.support import CanonicalRank
from placement.extensions import db
from placement.policy.actor import System
from placement.queries.programs.named import NamedProgram
from placement.queries.programs.scale import LevelRow, current_levels
from placement.usecases.imports.ratings import LONGEST_PHASE, RatingsToImport, RatingToImport, import_ratings
from placement.usecases.imports.series import SeriesToImport, ValueToImport, import_series

#: Most rows of one file.
MOST_ROWS = 20_000


@click.command("ratings")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--program", help="Name or public id; by default the first program.")
@click.option("--columns", default="", help='Which column is what: "case=…, phase=…, time=…, value=…".')
@click.option("--where", multiple=True, help="Only rows whose column holds a value: COLUMN=VALUE.")
@click.option("--case", "wanted", help="Only this case of the file.")
@click.option("--lower-is-better", "lower", is_flag=True, help="Turn the values round for the figures.")
@click.option("--only-look/--write", "look", default=True, help="Show the figures (default), or write the ratings.")
@click.option("--participant", help="Whose ratings they are: public id.")
@click.option("--task", help="Of which task: key or public id.")
@click.option("--series", "name", help="Instead of --task: write percentages or points as a series of this name.")
@click.option("--unit", type=click.Choice([unit.value for unit in Unit]), default="percent", help="Of that series.")
@click.option("--by", help="The coach or therapist who rated: e-mail address.")
@click.option(
    "--start", type=click.DateTime(["%Y-%m-%d"]), help="The day of the first session, where times are numbers."
)
@with_appcontext
def ratings(
    file: Path, program: str | None, columns: str, where: Sequence[str], wanted: str | None, lower: bool, look: bool,
    participant: str | None, task: str | None, name: str | None, unit: str, by: str | None, start: date | None,
) -> None:  # fmt: skip
    """Read a series of ratings or percentages with phases and gaps.

    Without --write only its figures are shown. With --write and --task each value must be a level of the program's
    scale, by name or by rank (0 to 6). Percentages and points say nothing about the help needed: with --write and
    --series they are drawn beside the progress, and count for no milestone.
    """
    cases = _cases(file, columns, where, wanted)
    if look:
        levels: list[LevelRow] = []
        for case, rows in cases.items():
            _show(case, stretches(_points(file, rows, levels)), lower)
        return
    if not (participant and (name or (task and by))):
        fail(
            "To write, name --participant and --series, or --participant, --task and --by"
            " (the e-mail address of the coach or therapist who rated)."
        )
    if len(cases) > 1:
        fail(f"{file.name} holds {len(cases)} cases: choose one with --case: {', '.join(cases)}.")
    target = target_program(program)
    rows = next(iter(cases.values()))
    if name or not (task and by):
        about = SeriesToImport(participant, name or "", Unit(unit), (), not lower)
        _write_series(file, target, about, _dated(file, _points(file, rows, []), start))
        return
    levels = current_levels(db.session(), target.id)
    _write(file, target, participant, task, by, _dated(file, _points(file, rows, levels), start), levels)


def _write(
    file: Path, target: NamedProgram, participant: str, task: str, by: str, points: Sequence[SeriesPoint],
    levels: Sequence[LevelRow],
) -> None:  # fmt: skip
    keys = {level.rank: level.id for level in levels}
    rated = [
        RatingToImport(point.time, keys[int(point.value)], int(point.value))
        for point in points
        if point.value is not None and isinstance(point.time, date)
    ]
    begins = [
        (point.time, point.phase)
        for before, point in zip(points, points[1:], strict=False)
        if point.phase and point.phase != before.phase and isinstance(point.time, date)
    ]
    try:
        done = import_ratings(
            the_work(), System(target.id), RatingsToImport(participant, task, by, rated, begins)
        )  # fmt: skip
    except Refused as error:
        fail(english(error.reason))
    except NotFound:
        fail(f"{file.name}: there is no such program.")
    click.echo(
        f"{target.name}: {done.added} ratings added, {done.changed} changed, {done.same} as they were, "
        f"{len(points) - len(rated)} gaps; {done.lines} phase lines set; {done.milestones} milestones reached."
    )


def _write_series(file: Path, target: NamedProgram, about: SeriesToImport, points: Sequence[SeriesPoint]) -> None:
    values = [
        ValueToImport(point.time, point.value, point.phase[:LONGEST_PHASE])
        for point in points
        if isinstance(point.time, date)
    ]
    try:
        done = import_series(the_work(), System(target.id), replace(about, values=values))
    except Refused as error:
        fail(english(error.reason))
    except NotFound:
        fail(f"{file.name}: there is no such program.")
    click.echo(f"{target.name}: {done.added} values added, {done.changed} changed, {done.same} as they were.")


def _cases(file: Path, columns: str, where: Sequence[str], wanted: str | None) -> dict[str, list[SeriesRow]]:
    """Case → its rows. Ends with exit code 2 and every bad row where something cannot be read."""
    found: dict[str, list[SeriesRow]] = {}
    bad: list[BadRow] = []
    try:
        for count, row in enumerate(
            read_series(file.read_bytes(), _pairs("--columns", columns.split(",")), _pairs("--where", where))
        ):
            if count >= MOST_ROWS:
                fail(f"{file.name}: more than {MOST_ROWS} rows.")
            if isinstance(row, BadRow):
                bad.append(row)
            else:
                found.setdefault(row.case, []).append(row)
    except (OSError, ValueError) as error:
        fail(f"{file.name}: {error}")
    _refuse(file, [(row.line, row.detail) for row in bad])
    if wanted is not None and wanted not in found:
        fail(f"{file.name}: there is no case {wanted!r}. There are: {', '.join(found)}.")
    chosen = found if wanted is None else {wanted: found[wanted]}
    if not chosen:
        fail(f"{file.name}: there are no rows.")
    return chosen


def _pairs(option: str, parts: Iterable[str]) -> dict[str, str]:
    """Raises ValueError for a part that is no NAME=VALUE."""
    pairs = [part.partition("=") for part in parts if part.strip()]
    for name, sign, value in pairs:
        if not (sign and name.strip() and value.strip()):
            raise ValueError(f"{option}: {name.strip()!r} is no NAME=VALUE.")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _points(file: Path, rows: Sequence[SeriesRow], levels: Sequence[LevelRow]) -> list[SeriesPoint]:
    """The rows as numbers: ranks of the scale where ``levels`` are given. Ends with exit code 2 on a bad one."""
    ranks = {name.casefold(): level.rank for level in levels for name in level.name.values()}
    points, bad = [], []
    for row in rows:
        value = ranks.get(row.value.casefold(), number(row.value)) if row.value else None
        if row.value and value is None:
            bad.append((row.line, f"value: {row.value[:40]!r} is no {'level' if levels else 'number'}"))
        elif levels and value is not None and value not in ranks.values():
            bad.append((row.line, f"value: {row.value[:40]!r} is no level; {_scale(levels)}"))
        points.append(SeriesPoint(row.line, row.phase, row.time, value))
    if len({type(point.time) for point in points}) > 1:
        bad.append((points[0].line, "time: some are numbers and some are days"))
    bad += [
        (one.line, f"time: {_shown(one.time)} is there already in line {one.before}; --where may part them")
        for one in twice(points)
    ]
    _refuse(file, bad)
    return points


def _dated(file: Path, points: Sequence[SeriesPoint], start: date | None) -> list[SeriesPoint]:
    """The points in order of their days; numbers count days from ``start``, the first being that day."""
    ordered = sorted(points, key=lambda point: point.time)
    first = ordered[0].time
    if isinstance(first, date):
        return ordered
    if start is None:
        fail(f"{file.name}: its times are numbers; name the day of the first with --start YYYY-MM-DD.")
    bad = [(point.line, f"time: {_shown(point.time)} is no whole number") for point in points if point.time % 1]  # type: ignore[operator]
    _refuse(file, bad)
    day = date(start.year, start.month, start.day)
    try:
        days = [day + timedelta(days=int(point.time - first)) for point in ordered]  # type: ignore[operator]
    except OverflowError:
        fail(f"{file.name}: its times reach beyond the calendar.")
    return [
        SeriesPoint(point.line, point.phase, when, point.value) for point, when in zip(ordered, days, strict=True)
    ]  # fmt: skip


def _show(case: str, found: Sequence[Stretch], lower: bool) -> None:
    """The phases, and each compared with the one before it."""
    click.echo(f"{case or 'Series'}:")
    for number_, stretch in enumerate(found, 1):
        known = [value for value in stretch.values if value is not None]
        span = f", from {min(known):g} to {max(known):g}" if known else ""
        click.echo(
            f"  phase {number_} ({stretch.phase or 'without a name'}): {stretch.known} values{span}; "
            f"missing: {stretch.empty} empty, {stretch.skipped} sessions not in the file"
        )
    for number_, (before, after) in enumerate(zip(found, found[1:], strict=False), 1):
        click.echo(f"  phase {number_ + 1} against phase {number_}:")
        sign = -1 if lower else 1
        a, b = ([None if value is None else sign * value for value in stretch.values] for stretch in (before, after))
        compared = compare(a, b)
        warned = caution(compared)
        if warned is not None:
            click.echo(f"    {english(warned)}")
        for figure in all_figures(compared) if compared else ():
            click.echo(f"    {english(figure.name)}: {english(figure.value)}. {english(figure.meaning)}")
    if len(found) < 2:
        click.echo("  There is one phase only, so nothing to compare it with.")
    click.echo(f"  {english(NO_PROOF)} Nothing was written.")


def _refuse(file: Path, bad: Iterable[tuple[int, str]]) -> None:
    """Tell every bad row and stop."""
    told = sorted(bad)
    for line, detail in told:
        click.echo(f"{file.name}, line {line}: {detail}", err=True)
    if told:
        fail(f"{len(told)} bad rows, so nothing was done.")


def _scale(levels: Sequence[LevelRow]) -> str:
    known = (f"{level.rank} {level.name.get('en') or next(iter(level.name.values()))}" for level in levels)
    return f"the scale has {', '.join(known)} (0 to {int(CanonicalRank.INDEPENDENT)}, most help to alone)"


def _shown(time: float | date) -> str:
    return time.isoformat() if isinstance(time, date) else f"{time:g}"
