"""The log is open once the program has entered whom its people can call at any time."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from placement.queries.programs.help import help_contacts
from placement.web.current import actor, reads
from placement.web.gate import record


def is_open() -> bool:
    return bool(help_contacts(reads(), actor().program))


def off_page() -> ResponseReturnValue:
    """Why nothing can be written here yet."""
    record(actor().participant_id)
    return render_template("diary/off.html"), 200 if request.method == "GET" else 422
