"""For whoever watches the server."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from placement.policy.permissions import Permission
from placement.queries.health import database_answers
from placement.web.current import reads
from placement.web.gate import requires

health = Blueprint("health", __name__)


@health.get("/healthz")
@requires(Permission.PUBLIC)
def alive() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@health.get("/readyz")
@requires(Permission.PUBLIC)
def ready() -> ResponseReturnValue:
    """The database answers too; without it this is a 503."""
    database_answers(reads())
    return {"status": "ready"}
