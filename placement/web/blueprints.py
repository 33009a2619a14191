"""The blueprints: nouns, not roles."""

from __future__ import annotations

from placement.web.accounts.routes import accounts
from placement.web.day.routes import day
from placement.web.employers.routes import employers
from placement.web.health import health
from placement.web.participants.routes import participants
from placement.web.progress.routes import progress

BLUEPRINTS = (accounts, day, employers, health, progress, participants)
