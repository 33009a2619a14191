"""The blueprint of matching; its pages are in the files beside this one."""

from __future__ import annotations

from flask import Blueprint

from placement.web.links import link_if

matching = Blueprint("matching", __name__)


@matching.context_processor
def _links() -> dict[str, object]:
    return {"link_if": link_if}
