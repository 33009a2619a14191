"""``flask questionnaires``: what our catalog has, for every program."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from placement.extensions import db
from placement.queries.programs.named import named_program
from placement.usecases.questionnaires.load import load_questionnaires

questionnaires = AppGroup("questionnaires", help="Questionnaires that programs can hand out.")


@questionnaires.command("load")
@click.option("--program", help="Name or public id; all programs without it.")
@with_appcontext
def load(program: str | None) -> None:
    """Give programs the catalog's questionnaires they never had. Run again it adds nothing."""
    chosen = None
    if program is not None:
        found = named_program(db.session(), program)
        if found is None:
            raise click.ClickException(f"There is no program {program!r}.")
        chosen = found.id
    for name, count in load_questionnaires(current_app.extensions["placement_work"], chosen).items():
        click.echo(f"{name}: {count} added.")
