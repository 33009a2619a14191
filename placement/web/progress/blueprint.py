"""The blueprint both modules of this noun add their pages to."""

from __future__ import annotations

from flask import Blueprint

progress = Blueprint("progress", __name__)
