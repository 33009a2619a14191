"""``flask keys rotate``: seal everything with the newest key."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from placement.usecases.system.rotate_keys import rotate_keys
from placement.usecases.transaction import Work

keys = AppGroup("keys", help="The keys that seal private notes and the daily log.")


@keys.command("rotate")
@with_appcontext
def rotate() -> None:
    """Seal with DATA_KEY whatever was sealed with one of OLD_DATA_KEYS."""
    work: Work = current_app.extensions["placement_work"]
    done = rotate_keys(work)
    click.echo(f"{done.sealed} sealed with the new key, {done.current} had it already.")
    if done.sealed:
        click.echo("Once no backup needs them any more, take the old keys out of OLD_DATA_KEYS.")
