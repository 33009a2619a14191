"""What else there is in a person's record: the pages that its reader may open."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from placement.domain.words import Say, say
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P

#: endpoint, words, permission; from what is looked at daily to what is settled once.
PAGES = (
    ("progress.show", say("Progress"), P.PROGRESS_SEE),
    ("sessions.with_person", say("Sessions"), P.SESSION_PLAN),
    ("sessions.dates", say("Session dates"), P.SESSION_DATES),
    ("practice.overview", say("Daily living and job search"), P.PRACTICE_SEE),
    ("activities.with_person", say("Activities"), P.ACTIVITY_WRITE),
    ("exposures.with_person", say("Steps to face a fear"), P.EXPOSURE_ACCOMPANY),
    ("questionnaires.person", say("Questionnaires"), P.HANDOUT_SEE),
    ("diary.shared", say("Shared with you"), P.DIARY_SHARED),
    ("limits.show", say("Limits and plan"), P.LIMIT_EDIT),
    ("enrollments.show", say("Way through the program"), P.ENROLLMENT_SEE),
    ("contacts.index", say("Contacts"), P.CONTACT_SEE),
    ("rights.represented", say("Decides by law"), P.REPRESENTATIVE_EDIT),
)
#: Where the second stands for those who may not open the first.
INSTEAD = {"sessions.dates": "sessions.with_person"}


@dataclass(frozen=True, slots=True)
class Page:
    words: Say
    href: str


def record_pages(actor: Actor, person_id: int, public_id: str) -> list[Page]:
    """The pages that ``actor`` may open about this person, who stands on their own page already."""
    mine = actor.account_id
    facts = Facts(actor.program, participant_id=person_id, account_id=mine, reader_id=mine)
    may = [endpoint for endpoint, _, permission in PAGES if allowed(actor, permission, facts)]
    return [
        Page(words, url_for(endpoint, public_id=public_id))
        for endpoint, words, _ in PAGES
        if endpoint in may and INSTEAD.get(endpoint) not in may
    ]
