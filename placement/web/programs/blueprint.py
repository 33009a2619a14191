"""The blueprint of programs; its pages are in the files beside this one."""

from __future__ import annotations

from flask import Blueprint

programs = Blueprint("programs", __name__)
