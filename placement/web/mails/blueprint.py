"""The blueprint of mails; its pages are in the files beside this one."""

from __future__ import annotations

from flask import Blueprint

mails = Blueprint("mails", __name__)
