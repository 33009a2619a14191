"""``flask suggestions``: what was seen at work, compared with profiles."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from placement.extensions import db
from placement.queries.programs.named import named_program
from placement.usecases.matching.learn import refresh_suggestions

suggestions = AppGroup("suggestions", help="Levels that what was seen at work speaks for.")


@suggestions.command("refresh")
@click.option("--program", help="Name or public id; all programs without it.")
@with_appcontext
def refresh(program: str | None) -> None:
    """Compare what was seen with profiles, as the worker does once a day. Changes no profile."""
    chosen = None
    if program is not None:
        found = named_program(db.session(), program)
        if found is None:
            raise click.ClickException(f"There is no program {program!r}.")
        chosen = found.id
    done = refresh_suggestions(current_app.extensions["placement_work"], chosen)
    written = done.written
    click.echo(
        f"{done.programs} programs looked at: {written.added} suggestions added, {written.renewed} renewed, "
        f"{written.withdrawn} withdrawn."
    )
    if done.failed:
        told = ", ".join(f"{failure.program} ({failure.error})" for failure in done.failed)
        raise click.ClickException(f"Not looked at, because something went wrong: programs {told}.")
