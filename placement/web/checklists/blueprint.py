"""The blueprint the modules of this noun add their pages to."""

from __future__ import annotations

from flask import Blueprint

checklists = Blueprint("checklists", __name__)
