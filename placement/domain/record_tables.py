"""Every table that holds something about a participant: how its rows are found, taken along, and forgotten.

Pure data by table name; a test walks the schema and fails for a table that points at a person and is missing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from placement.domain.words import Say, say


class Forget(StrEnum):
    """What an erasure does with the rows."""

    REMOVE = "remove"
    #: The law demands it (docs/retention.md); what points at removed rows is emptied.
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class RecordTable:
    """``link``: the column that leads to the person, or to ``parent``, a table of this list.

    ``left_out``: None, the rows are exported; else why they are not.
    """

    name: str
    group: str
    title: Say
    link: str = "participant_id"
    parent: str = "participant"
    left_out: Say | None = None
    forget: Forget = Forget.REMOVE


_OTHERS = say("It says something about other people.")
_DERIVED = say("The app works it out from what is exported, and can do so again.")
_KEYS = say("Technical: it opens a form, and says nothing.")
_KEEP = Forget.KEEP
T = RecordTable

TABLES: tuple[RecordTable, ...] = (
    T("participant", "record", say("Your record"), "id", "", forget=_KEEP),
    T("assignment", "record", say("Who looks after you")),
    T("ability", "profile", say("What you can do")),
    T("need", "profile", say("What you need at work")),
    T("task_wish", "profile", say("Tasks you like or not")),
    T("employer_wish", "profile", say("Employers you like or not")),
    T("employer_exclusion", "profile", say("Employers you are never sent to")),
    T("travel_minutes", "profile", say("Minutes to a place")),
    T("profile_suggestion", "profile", say("Suggested changes to your profile")),
    T("proposal", "profile", say("Places that were proposed")),
    T("match_ban", "profile", say("Places that were ruled out")),
    T("match_force", "profile", say("Places that were chosen by hand")),
    T("opening_rank", "profile", say("A shop’s order"), left_out=_OTHERS),
    T("placement", "placements", say("Placements")),
    T("placement_move", "placements", say("What became of them"), "placement_id", "placement"),
    T("placement_step", "placements", say("Steps on the way"), "placement_id", "placement"),
    T("placement_summary", "placements", say("Hours"), "placement_id", "placement", _DERIVED),
    T("card_line", "placements", say("Lines for the shop’s card"), "placement_id", "placement"),
    T("check_entry", "placements", say("What was asked for before the start"), "placement_id", "placement"),
    T("check_file", "placements", say("Papers kept with it"), "entry_id", "check_entry",
      say("A file. Ask your coordinator for a copy.")),
    T("rater_link", "placements", say("Links for supervisors"), "placement_id", "placement", _KEYS),
    T("rater_device", "placements", say("Phones of supervisors"), "link_id", "rater_link", _KEYS),
    T("held_entry", "feedback", say("Feedback that waits"), "link_id", "rater_link",
      say("Nobody has taken it into your record yet.")),
    T("occasion", "shifts", say("Days and attendance"), forget=_KEEP),
    T("shift", "shifts", say("Shifts"), "placement_id", "placement"),
    T("shift_pattern", "shifts", say("Weekly plans"), "placement_id", "placement"),
    T("busy", "shifts", say("Times when you can’t")),
    T("calendar_feed", "shifts", say("Calendar addresses"), left_out=_KEYS),
    T("feedback", "feedback", say("Feedback"), "occasion_id", "occasion"),
    T("observation", "feedback", say("Observations")),
    T("observation_step", "feedback", say("Observations, step by step"), "observation_id", "observation"),
    T("point_note", "feedback", say("Words at a day")),
    T("milestone", "progress", say("Milestones")),
    T("probe", "progress", say("Looking again at a milestone")),
    T("milestone_rule", "progress", say("Milestones made for you")),
    T("fading_step", "progress", say("Steps of stepping back")),
    T("chart_event", "progress", say("Events on your chart")),
    T("measure_item", "progress", say("Series of numbers")),
    T("measure", "progress", say("Numbers"), "item_id", "measure_item"),
    T("task_summary", "progress", say("Tasks over time"), left_out=_DERIVED),
    T("task_week", "progress", say("Tasks by week"), left_out=_DERIVED),
    T("goal", "goals", say("Goals")),
    T("goal_rating", "goals", say("How near you are"), "goal_id", "goal"),
    T("goal_task", "goals", say("Tasks of a goal"), "goal_id", "goal"),
    T("contact", "contacts", say("Contacts")),
    T("notice", "notices", say("Notices")),
    T("incident", "notices", say("Accidents"), forget=_KEEP),
    T("report", "reports", say("Reports")),
    T("group_member", "groups", say("Groups")),
    T("group_seat", "groups", say("Places in a group’s session"), "id", "occasion",
      say("Your attendance stands with the days.")),
    T("one_to_one", "sessions", say("Sessions"), forget=_KEEP),
    T("agenda_item", "sessions", say("For the next session")),
    T("agreed_task", "sessions", say("What you agreed on")),
    T("session_check_in", "sessions", say("How you work together")),
    T("session_note", "notes", say("Private notes"), forget=_KEEP),
    T("note_opening", "notes", say("Notes a deputy opened"), "note_id", "session_note", forget=_KEEP),
    T("diary_entry", "diary", say("Daily log")),
    T("share", "diary", say("What you shared")),
    T("exposure_step", "exposure", say("Steps")),
    T("exposure_try", "exposure", say("Times you faced a step")),
    T("practice", "practice", say("What you practice")),
    T("family_link", "practice", say("Invitations to your family")),
    T("family_device", "practice", say("Phones of your family"), "link_id", "family_link", _KEYS),
    T("task", "practice", say("Your own tasks")),
    T("activity", "activities", say("Things you made and played")),
    T("reflection", "activities", say("Words about pictures")),
    T("handout", "questionnaires", say("Questionnaires")),
    T("work_limit", "limits", say("Work limits")),
    T("step_plan", "limits", say("Step plans")),
    T("plan_stage", "limits", say("Stages of a plan"), "plan_id", "step_plan"),
    T("plan_change", "limits", say("What you decided about a plan"), "plan_id", "step_plan"),
    T("enrollment", "way", say("Your way through the program")),
    T("approval", "way", say("What is paid for you")),
    T("employment", "way", say("Your jobs")),
    T("follow_up", "way", say("How it went afterwards")),
    T("expense", "way", say("Stipend and costs")),
    T("rights_request", "rights", say("What you asked"), forget=_KEEP),
    T("consent", "rights", say("Consents")),
    T("representative", "rights", say("Who decides for you by law")),
    T("access_log", "logs", say("Who looked"), forget=_KEEP),
)  # fmt: skip

BY_NAME: Mapping[str, RecordTable] = {table.name: table for table in TABLES}

#: Tables that point at a row of a catalog which may be somebody's own: a private task, a rule for one person.
#: Their rows are about the catalog; what they hold of one person goes with it.
OF_CATALOG: Mapping[str, tuple[str, str]] = {"task_step": ("task_id", "task"), "task_trait": ("task_id", "task")}

#: Columns that are never taken along: keys, locks, sort keys.
KEYS = frozenset(
    {
        "id", "program_id", "participant_id", "version", "sort_key", "token_hash", "generation", "key", "subject",
        "evidence", "seed", "request_id", "public_id", "funder_key", "later",
        "start_fold", "end_fold", "last_occasion", "zone",
    }
)  # fmt: skip

#: Words others wrote in confidence, column by column, and why they stay out.
CONFIDENTIAL: Mapping[tuple[str, str], Say] = {
    ("feedback", "note"): say("A shop wrote it to the coordinator alone. Ask your coordinator."),
    ("incident", "witness"): say("It names other people."),
}

#: Columns shown on the readable page, in words; the data file has all of them.
COLUMNS: Mapping[str, Say] = {
    "preferred_name": say("First name"), "family_name": say("Family name"), "name": say("Name"),
    "email": say("E-mail"), "phone": say("Phone"), "emergency_name": say("In an emergency"),
    "emergency_phone": say("Phone in an emergency"), "home_address": say("Address"), "kind": say("Kind"),
    "day": say("Day"), "local_day": say("Day"), "first_day": say("From"), "last_day": say("Until"),
    "starts_at": say("Begins"), "ends_at": say("Ends"), "created_at": say("Written on"), "at": say("When"),
    "due_on": say("Until"), "due_at": say("Until"), "state": say("State"), "answer": say("Answer"),
    "answered_at": say("Answered on"), "attendance": say("Attendance"), "minutes": say("Minutes"),
    "text": say("Text"), "text_sealed": say("Text"), "body_sealed": say("Text"), "words_sealed": say("Words"),
    "words": say("Words"), "summary_sealed": say("Summary"), "helped_sealed": say("What helped"),
    "answers_sealed": say("Answers"), "note": say("Note"), "comment": say("Comment"), "reason": say("Reason"),
    "force_reason": say("Reason"), "went_well": say("What went well"), "try_next": say("What to try next time"),
    "likes": say("What you like"), "worries": say("What worries you"), "title": say("Title"),
    "levels": say("Steps"), "score": say("Reached"), "what": say("What happened"), "injury": say("Injury"),
    "first_aid": say("First aid"), "told": say("Who was told"), "outcome": say("What was done"),
    "place": say("Place"), "meant_for": say("Meant for"), "plan": say("Plan"), "about": say("About"),
    "given_by": say("By whose word"), "employer_agreed_by": say("Agreed for the employer"),
    "result": say("Result"), "other": say("Another limit"), "valid_from": say("From"),
    "valid_until": say("Until"), "hours_day": say("Hours a day"), "hours_week": say("Hours a week"),
    "level": say("Level"), "rank": say("Level"), "level_id": say("Level"), "task_id": say("Task"),
    "trait_id": say("Ability"), "accommodation_id": say("Need"), "employer_id": say("Employer"),
    "site_id": say("Shop"), "opening_id": say("Place"), "rater_id": say("Seen by"), "account_id": say("Who"),
    "by_account_id": say("By"), "reader_account_id": say("Reader"), "answered_by_id": say("Answered by"),
    "from_account_id": say("From"), "to_account_id": say("To"), "rule_id": say("Milestone"),
    "group_id": say("Group"), "questionnaire_id": say("Questionnaire"), "wish": say("Wish"),
    "withdrawn_at": say("Taken back on"), "reached_on": say("Reached on"), "value": say("Value"),
    "expected": say("Fear"), "predicted": say("Fear before"), "peak": say("Fear at its highest"),
    "at_end": say("Fear at the end"), "scopes": say("About what"), "purpose": say("For what"),
    "sentence": say("Sentence"), "unlisted": say("Other tasks"), "page": say("Page"), "reader": say("For whom"),
    "referred_on": say("Referred on"), "referred_by": say("Referred by"), "own_goals": say("What you want to reach"),
    "entered_on": say("Entered on"), "exited_on": say("Left on"), "funder": say("Who pays"),
    "reference": say("Reference"), "units": say("How much"), "unit": say("Counted in"), "employer": say("Employer"),
    "started_on": say("First day"), "ended_on": say("Last day"), "asked_on": say("Asked on"),
    "reached": say("Reached"), "employed": say("In paid work"), "earnings": say("Earnings"), "month": say("Month"),
    "amount": say("Amount"), "source_id": say("Referred by"), "exit_reason_id": say("Reason for leaving"),
    "done_on": say("Since"), "done_by": say("By whom"), "expires_on": say("Holds until"), "item_id": say("What it is"),
    "withheld_ground": say("Withheld because"), "source": say("Source"), "phase": say("Phase"), "area": say("Area"),
}  # fmt: skip
