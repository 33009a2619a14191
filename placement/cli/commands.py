"""The flask commands, one file per group."""

from __future__ import annotations

import click
from flask import Flask

from placement.cli.accounts import accounts
from placement.cli.audit import audit
from placement.cli.demo.commands import demo
from placement.cli.imports import imports
from placement.cli.keys import keys
from placement.cli.matching import matching
from placement.cli.progress import progress
from placement.cli.questionnaires import questionnaires
from placement.cli.ratings import ratings
from placement.cli.serve import serve
from placement.cli.suggestions import suggestions
from placement.cli.work import work

GROUPS: tuple[click.Command, ...] = (
    *(accounts, audit, demo, imports, keys, matching, progress, serve, suggestions, work),
    questionnaires,
)


def register_commands(app: Flask) -> None:
    """Attach every command to ``flask``."""
    imports.add_command(ratings)
    for group in GROUPS:
        app.cli.add_command(group)
