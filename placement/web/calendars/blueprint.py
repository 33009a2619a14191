from __future__ import annotations

from flask import Blueprint

calendars = Blueprint("calendars", __name__)
