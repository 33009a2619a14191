"""The blueprint of employers, sites and openings; its pages are in the files beside this one."""

from __future__ import annotations

from flask import Blueprint

employers = Blueprint("employers", __name__)
