"""``flask demo load`` and ``flask demo accounts``."""

from __future__ import annotations

import json
import time

import click
from flask import current_app
from flask.cli import AppGroup

from placement.cli.demo.invent import SIZES, invent
from placement.cli.demo.load import write_story
from placement.domain.errors import Refused
from placement.extensions import db
from placement.queries.programs.demo import demo_accounts, is_empty
from placement.usecases.accounts.site_admin import create_site_admin
from placement.usecases.demo.sign_ins import ensure_empty, finish
from placement.usecases.transaction import Work

#: Everybody's password in demo data, invented people only.
PASSWORD = "mild-river-lamp-walk"
SITE_ADMIN = "site@placement.example"

demo = AppGroup("demo", help="Invented data to try the application with.")


@demo.command("load")
@click.option("--size", type=click.Choice(list(SIZES)), default="small", show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed and day give the same data.")
@click.option("--if-empty", is_flag=True, help="Do nothing, without an error, if the database holds data.")
def load(size: str, seed: int, if_empty: bool) -> None:
    """Fill an empty database. Sends nothing."""
    work: Work = current_app.extensions["placement_work"]
    if if_empty and not is_empty(db.session()):
        return
    try:
        ensure_empty(work)
    except Refused as error:
        raise click.ClickException(error.reason.msgid) from error
    started = time.perf_counter()
    stories = invent(size, seed, work.clock())
    for story in stories:
        click.echo(f"{story.name}: {len(story.interns)} participants, {len(story.places)} openings …")
        write_story(work, db.session(), story, bulk=size != "small")
    create_site_admin(work, "Sam Site", SITE_ADMIN, "en")
    finish(work, PASSWORD)
    shifts = sum(len(stay.turns) for story in stories for stay in story.stays)
    click.echo(f"{shifts} past shifts in {time.perf_counter() - started:.0f} s.")
    click.echo("Who can sign in: flask --app wsgi demo accounts")


@demo.command("accounts")
def accounts() -> None:
    """Who can sign in, as JSON: role, program, email, password."""
    rows = [
        {"role": row.role, "program": row.program, "email": row.email, "password": PASSWORD, "name": row.name}
        for row in demo_accounts(db.session())
    ]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
