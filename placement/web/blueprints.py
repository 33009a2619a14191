"""The blueprints: nouns, not roles."""

from __future__ import annotations

from placement.web.accounts.routes import accounts
from placement.web.activities.routes import activities
from placement.web.calendars.routes import calendars
from placement.web.cards.routes import cards
from placement.web.checklists.routes import checklists
from placement.web.contacts.routes import contacts
from placement.web.day.routes import day
from placement.web.diary.routes import diary
from placement.web.employers.routes import employers
from placement.web.enrollments.routes import enrollments
from placement.web.exports.routes import exports
from placement.web.exposures.routes import exposures
from placement.web.feedback.routes import feedback
from placement.web.goals.routes import goals
from placement.web.groups.routes import groups
from placement.web.health import health
from placement.web.imports.routes import imports
from placement.web.limits.routes import limits
from placement.web.mails.outbox_pages import outbox
from placement.web.mails.routes import mails
from placement.web.matching.routes import matching
from placement.web.notices.routes import notices
from placement.web.outcomes.routes import outcomes
from placement.web.participants.routes import participants
from placement.web.placements.routes import placements
from placement.web.practice.routes import practice
from placement.web.programs.routes import programs
from placement.web.progress.routes import progress
from placement.web.questionnaires.routes import questionnaires
from placement.web.reports.routes import reports
from placement.web.rights.routes import rights
from placement.web.sessions.routes import sessions
from placement.web.shifts.routes import shifts

BLUEPRINTS = (
    accounts,
    activities,
    calendars,
    cards,
    checklists,
    contacts,
    day,
    diary,
    employers,
    enrollments,
    exports,
    exposures,
    feedback,
    goals,
    groups,
    health,
    imports,
    limits,
    mails,
    matching,
    notices,
    outcomes,
    participants,
    placements,
    programs,
    progress,
    practice,
    reports,
    sessions,
    shifts,
    rights,
    questionnaires,
)

#: Where everything is invented, and nowhere else.
DEMO_BLUEPRINTS = (outbox,)
