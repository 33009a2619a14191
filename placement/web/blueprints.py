"""The blueprints: nouns, not roles."""

from __future__ import annotations

from placement.web.accounts.routes import accounts
from placement.web.day.routes import day
from placement.web.employers.routes import employers
from placement.web.health import health

BLUEPRINTS = (accounts, day, employers, health)
