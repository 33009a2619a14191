"""The only row scope in SQL: which rows an actor (or a phone) can see at all. Tested equal to the policy's table.

Each function answers a condition for a WHERE; foreign rows then look absent. Read from here, whatever file keeps them.
"""

from __future__ import annotations

from placement.queries.scope.activities import (
    activities,
    own_activities,
    own_reflections,
    shared_reflections,
    shared_words,
    written_activities,
)
from placement.queries.scope.checklists import check_entries
from placement.queries.scope.diary import (
    charted_days,
    concerns,
    own_entries,
    own_shares,
    shared_entries,
    standing_shares,
)
from placement.queries.scope.enrollments import approvals, employments, enrollments, expenses
from placement.queries.scope.exposures import exposure_steps, exposure_tries
from placement.queries.scope.feeds import feed_shifts, feeds
from placement.queries.scope.groups import group_people, group_photos, group_sessions, groups, led_groups
from placement.queries.scope.limits import step_plans, work_limits
from placement.queries.scope.people import (
    absences,
    contacts,
    goals,
    of_people,
    own_contacts,
    participants,
    placements,
    suggestions,
    tasks,
    words_about,
)
from placement.queries.scope.phones import card_colleagues, card_shifts, card_tasks
from placement.queries.scope.practice import family_links, family_tasks, practices
from placement.queries.scope.program import in_program, jobs
from placement.queries.scope.questionnaires import (
    handouts_to_read,
    own_handouts,
    questionnaires,
    seen_handouts,
    takeable_handouts,
)
from placement.queries.scope.rights import own_notes, own_requests, rights_requests
from placement.queries.scope.sessions import (
    agenda_items,
    deputies,
    deputized,
    held_sessions,
    one_to_ones,
    own_sessions,
    session_dates,
)
from placement.queries.scope.shops import (
    is_current,
    is_current_for,
    is_offered,
    offers,
    reports,
    rota,
    shifts,
    shop_reports,
)
from placement.queries.scope.told import incidents, notices, own_notices

__all__ = [
    "agenda_items",
    "deputies",
    "deputized",
    "held_sessions",
    "one_to_ones",
    "own_sessions",
    "session_dates",
    "absences",
    "card_colleagues",
    "card_shifts",
    "card_tasks",
    "contacts",
    "feed_shifts",
    "family_links",
    "family_tasks",
    "feeds",
    "goals",
    "group_people",
    "group_photos",
    "group_sessions",
    "groups",
    "in_program",
    "incidents",
    "is_current",
    "is_current_for",
    "is_offered",
    "jobs",
    "led_groups",
    "notices",
    "of_people",
    "offers",
    "own_contacts",
    "own_notices",
    "participants",
    "placements",
    "practices",
    "reports",
    "rota",
    "shifts",
    "shop_reports",
    "step_plans",
    "suggestions",
    "tasks",
    "words_about",
    "work_limits",
    "charted_days",
    "concerns",
    "own_entries",
    "own_shares",
    "shared_entries",
    "standing_shares",
    "approvals",
    "check_entries",
    "employments",
    "enrollments",
    "expenses",
    "own_notes",
    "own_requests",
    "rights_requests",
    "exposure_steps",
    "exposure_tries",
    "handouts_to_read",
    "own_handouts",
    "questionnaires",
    "seen_handouts",
    "takeable_handouts",
    "activities",
    "own_activities",
    "own_reflections",
    "shared_reflections",
    "shared_words",
    "written_activities",
]
