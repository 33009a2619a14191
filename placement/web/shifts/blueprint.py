"""The blueprint of shifts; ``routes.py`` attaches its pages."""

from __future__ import annotations

from flask import Blueprint

shifts = Blueprint("shifts", __name__)
