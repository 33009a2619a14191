"""Imports every table once, so that the metadata is complete. Only the wiring needs this."""

from __future__ import annotations

from placement.models import triggers
from placement.models.accounts import account, session
from placement.models.activities import activity
from placement.models.checklists import checklist
from placement.models.contacts import contact
from placement.models.diary import entry
from placement.models.employers import contact as employer_contact
from placement.models.employers import employer, opening
from placement.models.enrollments import enrollment
from placement.models.exposures import exposure
from placement.models.feedback import link, observation, rater
from placement.models.groups import group
from placement.models.imports import upload
from placement.models.limits import limits
from placement.models.matching import run, suggestion, tables
from placement.models.notices import notice
from placement.models.outcomes import frozen
from placement.models.participants import participant, profile
from placement.models.placements import card, placement
from placement.models.practice import practice
from placement.models.programs import catalog, program, scale
from placement.models.progress import measure, milestone, plan, summary
from placement.models.questionnaires import questionnaire
from placement.models.reports import report
from placement.models.rights import rights, share
from placement.models.sessions import one_to_one
from placement.models.shifts import absence, occasion, pattern, shift
from placement.models.system import job, log

MODULES = (
    absence, account, activity, card, catalog, checklist, contact, employer, employer_contact, enrollment,
    entry, exposure, frozen, group, job, limits, link, log, measure, milestone, notice, observation, occasion,
    one_to_one, opening, participant, pattern, placement, plan, practice, profile, program, questionnaire,
    rater, report, rights, run, scale, session, share, shift, suggestion, summary, tables, triggers, upload,
)  # fmt: skip
