"""Imports every table once, so that the metadata is complete. Only the wiring needs this."""

from __future__ import annotations

from placement.models import triggers
from placement.models.accounts import account, session
from placement.models.contacts import contact
from placement.models.employers import employer, opening
from placement.models.feedback import link, observation, rater
from placement.models.matching import run, suggestion, tables
from placement.models.notices import notice
from placement.models.participants import participant, profile
from placement.models.placements import card, placement
from placement.models.programs import catalog, program, scale
from placement.models.progress import measure, milestone, plan, summary
from placement.models.reports import report
from placement.models.shifts import absence, occasion, pattern, shift
from placement.models.system import job, log

MODULES = (
    absence, account, card, catalog, contact, employer, job, link, log, measure, milestone, notice, observation,
    occasion, opening, participant, pattern, placement, plan, profile, program, rater, report, run, scale, session,
    shift, suggestion, summary, tables, triggers,
)  # fmt: skip
