"""``flask accounts``: the first account of a new installation."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from flask_babel import gettext

from placement.domain.errors import Refused
from placement.domain.sign_in import LINK_LIFE
from placement.usecases.accounts.site_admin import create_site_admin
from placement.usecases.transaction import Work

accounts = AppGroup("accounts", help="Accounts, where no page can make them yet.")


@accounts.command("create-site-admin")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--locale", default="en", type=click.Choice(["en", "de"]), show_default=True)
@with_appcontext
def create(email: str, name: str, locale: str) -> None:
    """Let EMAIL run the site, and print the link to set a password."""
    work: Work = current_app.extensions["placement_work"]
    try:
        token = create_site_admin(work, name, email, locale)
    except Refused as error:
        raise click.ClickException(gettext(error.reason.msgid)) from error
    adapter = current_app.url_map.bind("", script_name="/")
    path = adapter.build("accounts.set_password_by_link", {"token": token})
    click.echo(f"Set the password within {LINK_LIFE.days} days at:")
    click.echo(f"{current_app.config['BASE_URL']}{path}")
