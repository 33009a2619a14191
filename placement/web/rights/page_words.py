"""Pages in words, for the record of who looked; and where a participant finds each group of data."""

from __future__ import annotations

from placement.domain.words import Say, say

_WHOLE = {
    "participants.show": say("your record"),
    "sessions.note": say("a private note"),
    "sessions.opened_note": say("a private note, as a deputy"),
    "rights.show": say("a question of yours"),
}
_NOUNS = {
    "accounts": say("your account"), "activities": say("things you made"), "calendars": say("your calendar"),
    "cards": say("the card for the shop"),
    "checklists": say("papers before a start"), "contacts": say("contacts with you"), "day": say("the day page"),
    "diary": say("what you shared of your daily log"),
    "enrollments": say("your way through the program"), "exposures": say("your steps to face a fear"),
    "feedback": say("feedback about you"), "goals": say("your goals"), "groups": say("your groups"),
    "limits": say("your work limits"), "matching": say("places for you"), "notices": say("notices about you"),
    "participants": say("your profile"), "placements": say("your placements"), "practice": say("what you practice"),
    "progress": say("your progress"), "questionnaires": say("your questionnaires"), "reports": say("reports"),
    "rights": say("what you asked"), "sessions": say("your sessions"), "shifts": say("your shifts"),
}  # fmt: skip


#: Group of data → the participant's own page of it.
OWN_PAGES = {
    "record": "participants.me", "profile": "participants.me", "placements": "placements.mine",
    "shifts": "shifts.my_attendance", "feedback": "feedback.words", "progress": "progress.mine", "goals": "goals.mine",
    "notices": "notices.mine", "reports": "reports.mine", "groups": "groups.mine", "sessions": "sessions.my_agenda",
    "notes": "rights.notes", "diary": "diary.shares", "exposure": "exposures.mine", "practice": "practice.mine",
    "activities": "activities.mine", "questionnaires": "questionnaires.mine", "limits": "limits.mine",
    "way": "enrollments.mine", "logs": "rights.looked",
}  # fmt: skip


def page_words(endpoint: str) -> Say:
    """What somebody looked at; a page we have no word for by name is "a page about you"."""
    return _WHOLE.get(endpoint) or _NOUNS.get(endpoint.split(".")[0]) or say("a page about you")
