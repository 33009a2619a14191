"""The blueprint of accounts; its pages are in the files beside this one."""

from __future__ import annotations

from flask import Blueprint

from placement.domain.roles import role_words

accounts = Blueprint("accounts", __name__)
accounts.add_app_template_filter(role_words, "role_words")
