"""The blueprint the modules of this noun add their pages to."""

from __future__ import annotations

from flask import Blueprint

outcomes = Blueprint("outcomes", __name__)
