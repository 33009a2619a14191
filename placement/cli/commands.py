"""The flask commands, one file per group."""

from __future__ import annotations

from flask import Flask
from flask.cli import AppGroup

GROUPS: tuple[AppGroup, ...] = ()


def register_commands(app: Flask) -> None:
    """Attach every group to ``flask``."""
    for group in GROUPS:
        app.cli.add_command(group)
