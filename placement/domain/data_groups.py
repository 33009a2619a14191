"""The groups of data the program keeps about a participant: what, on which ground, who reads it, how long.

Pure data. Grounds are GDPR Art. 6 and 9; consent is named only where a "no" has no consequence. The times of keeping
are the ones of ``docs/retention.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from placement.domain.words import Say, say


class Reader(StrEnum):
    """Who can read a group; the page puts today's names behind each."""

    MYSELF = "myself"
    COORDINATORS = "coordinators"
    #: Therapists and coaches who look after the person today.
    TEAM = "team"
    THERAPISTS = "therapists"
    #: Whoever holds the sessions, and who stands in.
    SESSION = "session"
    #: The note's author; a named deputy with a reason.
    AUTHOR = "author"
    SHOP = "shop"
    GROUP = "group"
    #: The one person the participant chose.
    CHOSEN = "chosen"
    #: The one person a thing names before it is filled in.
    NAMED = "named"
    #: Who wrote a concern down, and who takes care of it.
    CONCERNED = "concerned"
    #: Whoever the participant invited to say something about one task; they read that task's name alone.
    FAMILY = "family"
    ADMINS = "admins"


class Ground(StrEnum):
    """Why it may be kept."""

    CARE = "care"
    WORK = "work"
    LAW = "law"
    CONSENT = "consent"
    DUTY = "duty"


class Kept(StrEnum):
    """How long."""

    WHILE_HERE = "while_here"
    TREATMENT = "treatment"
    ACCIDENT = "accident"
    LOGS = "logs"
    TILL_WITHDRAWN = "till_withdrawn"


@dataclass(frozen=True, slots=True)
class DataGroup:
    """``key`` is kept with requests. ``shop``: what of it reaches the shop, in a sentence; None: nothing."""

    key: str
    title: Say
    what: Say
    ground: Ground
    readers: tuple[Reader, ...]
    kept: Kept = Kept.WHILE_HERE
    shop: Say | None = None


_ALL = (Reader.MYSELF, Reader.COORDINATORS, Reader.TEAM)

GROUPS: tuple[DataGroup, ...] = (
    DataGroup(
        "record", say("Your record"),
        say("Your name, how to reach you, whom to call in an emergency, how you travel, who looks after you."),
        Ground.CARE, (*_ALL, Reader.ADMINS), shop=say("Your first name, once a place is agreed."),
    ),
    DataGroup(
        "profile", say("Your profile"),
        say("Your wishes, what you can do, what you need at work, when you can work, and places that were proposed."),
        Ground.CARE, _ALL, shop=say("Only what you tick yourself."),
    ),
    DataGroup(
        "placements", say("Your placements"),
        say("Where you work, from when to when, the steps on the way, your answers, and what you tell the shop."),
        Ground.CARE, _ALL, shop=say("The days and times, and what you released."),
    ),
    DataGroup(
        "shifts", say("Shifts and attendance"), say("When you work, whether you came, and when you came and left."),
        Ground.CARE, _ALL, shop=say("Today’s shift, the coming seven days, and those it still has to answer."),
    ),
    DataGroup(
        "feedback", say("Feedback and observations"),
        say("With how much help you did a task, as others and you yourself saw it, and the words to it."),
        Ground.CARE, _ALL, shop=say("What they wrote themselves, for seven days."),
    ),
    DataGroup(
        "progress", say("Progress and milestones"),
        say("What the app works out from the observations: your tasks over time, milestones, steps of stepping back."),
        Ground.CARE, _ALL,
    ),
    DataGroup("goals", say("Goals"), say("What you agreed on, and how near you are."), Ground.CARE, _ALL),
    DataGroup(
        "contacts", say("Contacts"), say("Calls and visits staff wrote down, and when they want to come back to it."),
        Ground.CARE, (Reader.COORDINATORS, Reader.TEAM),
    ),
    DataGroup(
        "notices", say("Notices and accidents"),
        say("What you told somebody, what staff should take care of, and accidents at work. What you told one person "
            "is read by that person alone; a concern about you by two people alone."),
        Ground.LAW, (Reader.COORDINATORS, Reader.TEAM, Reader.CHOSEN, Reader.CONCERNED), Kept.ACCIDENT,
    ),
    DataGroup(
        "reports", say("Reports"), say("That a report was made, for whom and for which days."), Ground.CARE, _ALL,
        shop=say("A report for the employer, once you released it; you can take it back."),
    ),
    DataGroup(
        "groups", say("Groups"), say("Which groups you belong to, and whether you came."),
        Ground.CARE, (*_ALL, Reader.GROUP),
    ),
    DataGroup(
        "sessions", say("One-to-one sessions: what is shared"),
        say("When you met, the summary, what was agreed, and how you say you work together."),
        Ground.CARE, (Reader.MYSELF, Reader.SESSION), Kept.TREATMENT,
    ),
    DataGroup(
        "notes", say("One-to-one sessions: private notes"),
        say("What your therapist or coach writes for themself after a session. You may ask to read it."),
        Ground.DUTY, (Reader.AUTHOR,), Kept.TREATMENT,
    ),
    DataGroup(
        "diary", say("Your daily log"), say("What you write for yourself: days, thoughts, what you expected."),
        Ground.CONSENT, (Reader.MYSELF, Reader.CHOSEN), Kept.TILL_WITHDRAWN,
    ),
    DataGroup(
        "exposure", say("Steps to face a fear"),
        say("Situations you face step by step, and how afraid you were. No shop and no coordinator sees them, not even "
            "on a shift."),
        Ground.CARE, (Reader.MYSELF, Reader.THERAPISTS),
    ),
    DataGroup(
        "practice", say("Daily living"),
        say("What you practice, where you began and where you want to get. Personal care is seen by you and your "
            "therapist alone."),
        Ground.CARE, (*_ALL, Reader.FAMILY),
    ),
    DataGroup(
        "activities", say("Things you made and played"),
        say("What you made or played and what it was meant for. Your own words and pictures stay yours until you "
            "share them."),
        Ground.CONSENT, (Reader.MYSELF, Reader.THERAPISTS, Reader.CHOSEN), Kept.TILL_WITHDRAWN,
    ),
    DataGroup(
        "questionnaires", say("Questionnaires"),
        say("What was handed to you, and what you answered. Each one names who reads it before you begin."),
        Ground.CARE, (Reader.MYSELF, Reader.NAMED),
    ),
    DataGroup(
        "limits", say("Work limits and plans"), say("How much and which work, until when, by whose word. Never why."),
        Ground.WORK, _ALL, shop=say("The limit of the day, so that you work safely. Never why."),
    ),
    DataGroup(
        "way", say("Your way through the program"),
        say("Who sent you, when you came and left, who pays for how much, your jobs, how it went afterwards, and what "
            "was paid to you. Reports to funders hold numbers, never your name."),
        Ground.LAW, _ALL,
    ),
    DataGroup(
        "rights", say("What you asked and agreed to"),
        say("Your questions about your record, your consents, and who decides for you by law."),
        Ground.LAW, (Reader.MYSELF, Reader.COORDINATORS),
    ),
    DataGroup(
        "logs", say("Who looked and who changed"),
        say("Each look at your record and each change: who, what and when, never what it said."),
        Ground.LAW, (Reader.MYSELF, Reader.ADMINS), Kept.LOGS,
    ),
)  # fmt: skip

BY_KEY: Mapping[str, DataGroup] = {group.key: group for group in GROUPS}

#: Readers of single things: other people in each group of data, or nobody.
SINGLE = frozenset({Reader.CHOSEN, Reader.NAMED, Reader.CONCERNED, Reader.FAMILY})

_READERS = {
    Reader.MYSELF: say("You"),
    Reader.COORDINATORS: say("Coordinators"),
    Reader.TEAM: say("Who looks after you today"),
    Reader.THERAPISTS: say("Your therapist"),
    Reader.SESSION: say("Who holds the session, and who stands in"),
    Reader.AUTHOR: say("Who wrote it; with a reason, a named deputy"),
    Reader.SHOP: say("The shop"),
    Reader.GROUP: say("Members of the group, and who leads it"),
    Reader.CHOSEN: say("Only whom you chose"),
    Reader.NAMED: say("Only who is named on it, once you hand it in"),
    Reader.CONCERNED: say("Who wrote a concern down, and who takes care of it"),
    Reader.FAMILY: say("Family you invited: the name of one task, nothing else"),
    Reader.ADMINS: say("Admins: names only"),
}
_GROUNDS = {
    Ground.CARE: say("Needed for your care in this program (GDPR Art. 6 (1) (b) and Art. 9 (2) (h))."),
    Ground.WORK: say("Needed for your care and for safe work (GDPR Art. 6 (1) (b) and (c), Art. 9 (2) (b) and (h))."),
    Ground.LAW: say("The law demands it (GDPR Art. 6 (1) (c) and Art. 9 (2) (b) and (f))."),
    Ground.CONSENT: say(
        "You decide (GDPR Art. 6 (1) (a) and Art. 9 (2) (a)). You can take it back at any time, without a consequence."
    ),
    Ground.DUTY: say("Who treats you must write it down (GDPR Art. 6 (1) (c), Art. 9 (2) (h); § 630f BGB)."),
}
_KEPT = {
    Kept.WHILE_HERE: say("Until you ask us to forget it."),
    Kept.TREATMENT: say("Treatment records stay ten years, as the law demands (§ 630f BGB), even if you ask to be "
                        "forgotten."),
    Kept.ACCIDENT: say("Until you ask us to forget it; records of accidents stay five years."),
    Kept.LOGS: say("They hold numbers, never words. They stay, so that nobody can hide a look."),
    Kept.TILL_WITHDRAWN: say("Until you delete it, or ask us to forget it."),
}  # fmt: skip


def reader_words(reader: Reader) -> Say:
    return _READERS[reader]


def ground_words(ground: Ground) -> Say:
    return _GROUNDS[ground]


def kept_words(kept: Kept) -> Say:
    return _KEPT[kept]
