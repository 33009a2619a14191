"""``flask progress``: milestones and summaries made anew."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from placement.domain.errors import NotFound
from placement.usecases.progress.rebuild import rebuild

progress = AppGroup("progress", help="Milestones and summaries.")


@progress.command("rebuild")
@click.option("--program", help="The program's public id; all programs without it.")
@with_appcontext
def rebuild_command(program: str | None) -> None:
    """Recompute milestones and summaries from the observations, all but what was seen and told."""
    try:
        done = rebuild(current_app.extensions["placement_work"], program)
    except NotFound:
        raise click.ClickException("There is no such program.") from None
    click.echo(f"{done.participants} participants recomputed.")
    if done.unchanged:
        click.echo("Every milestone was right.")
    else:
        click.echo(f"Milestones: {done.new} new, {done.withdrawn} withdrawn, {done.restored} restored.")
