"""The day of a therapist or coach: the people they look after, in five statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.placements import Answer, PlacementState
from placement.domain.verdict import Trend
from placement.models.contacts.contact import Contact
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.progress.plan import FadingStep
from placement.models.progress.summary import TaskSummary
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.contacts.own import due as follow_up_due
from placement.queries.day import current, news
from placement.queries.day.coming import NextOne, NextTalk, Paper, coming_up
from placement.queries.day.progress_lines import Celebration, KeptCheck, Watched, celebration, checks_of, is_news
from placement.queries.day.shop import ShopShift, of_my_people
from placement.queries.day.waiting import OpenNotice
from placement.queries.matching.suggestions import open_by_person

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Talk:
    """A proposal somebody would like to talk about first."""

    placement: str
    role: str
    employer: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the actor wanted to come back to, and since when."""

    contact: str
    note: str
    day: date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the caseload; ``covered``: as a stand-in. ``more_help``: tasks that need more help again.

    ``talks``: proposals they would like to talk about before they answer.
    """

    participant: str
    name: str
    covered: bool
    next: NextOne | None
    talks: tuple[Talk, ...]
    more_help: tuple[Words, ...]
    milestones: tuple[Celebration, ...]
    #: Levels that could be brought up to date.
    updates: int
    #: Mastered tasks to look at.
    checks: tuple[KeptCheck, ...] = ()
    #: Steps back to look at.
    watched: tuple[Watched, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    #: The actor's next one-to-one session with them.
    session: NextTalk | None = None
    #: By when the actor reads what this person shared of their log; None: nothing new, or nothing shared.
    shared: date | None = None

    @property
    def needs(self) -> bool:
        """Whether somebody has to do something for this person."""
        return bool(self.talks or self.more_help or self.watched or self.follow_ups or self.shared)


@dataclass(frozen=True, slots=True)
class CaseloadDay:
    people: tuple[Person, ...]
    shifts: tuple[ShopShift, ...]
    #: What waits for care: about these people, or told to the actor alone.
    notices: tuple[OpenNotice, ...] = ()
    #: How many words wait to be read together.
    words: int = 0
    #: Questionnaires to read, what is due first.
    papers: tuple[Paper, ...] = ()


def caseload_day(db: Session, actor: Actor, now: datetime) -> CaseloadDay:
    """The actor's people, those who would like to talk or need more help again first, and the shifts to rate."""
    today = actor.today(now)
    people = actor.caseload
    slips = _slips(db, actor, today)
    found, due = news.marks(db, actor, today, people) if people else ([], [])
    marks, checks = [row for row in found if is_news(row, today)], checks_of(due)
    coming, places = coming_up(db, actor, now), _places(db, actor)
    lines: dict[int, list[Any]] = defaultdict(list)
    for row in _people(db, actor, now):
        lines[row.id].append(row)
    rows = [
        Person(
            participant=row.public_id,
            name=f"{row.preferred_name} {row.family_name}".strip(),
            covered=row.id not in actor.assigned,
            next=coming.shifts.get(row.id),
            session=coming.talks.get(row.id),
            shared=coming.shared.get(row.id),
            talks=tuple(
                Talk(place.public_id, place.role, place.name)
                for place in places
                if place.participant_id == row.id and place.watch_until is None
            ),
            more_help=tuple(slip.name for slip in slips if slip.participant_id == row.id),
            milestones=tuple(celebration(mark) for mark in marks if mark.participant_id == row.id),
            updates=row.levels or 0,
            checks=tuple(check for check in checks if check.participant == row.public_id),
            watched=_watched(row, places, [slip for slip in slips if slip.participant_id == row.id], today),
            follow_ups=tuple(FollowUp(one.contact, one.note, one.follow_up_on) for one in of if one.contact),
        )
        for of in lines.values()
        for row in of[:1]
    ]
    first = sorted(rows, key=lambda person: (not person.talks, not person.more_help, not person.needs))
    return CaseloadDay(tuple(first), tuple(of_my_people(db, actor, now)), coming.notices, coming.words, coming.papers)


def _watched(person: Any, places: list[Any], slips: list[Any], today: date) -> tuple[Watched, ...]:
    """Steps back that were watched long enough, or since which help is needed again."""
    name = f"{person.preferred_name} {person.family_name}".strip()
    found = []
    for row in places:
        if row.participant_id == person.id and row.watch_until is not None:
            since = any(slip.trend_since is not None and slip.trend_since >= row.taken_on for slip in slips)
            if since or row.watch_until <= today:
                shares = row.share_before, row.share_after
                found.append(Watched(row.public_id, person.public_id, name, *shares, row.watch_until, since))
    return tuple(found)


def _people(db: Session, actor: Actor, now: datetime) -> list[Any]:
    """Everybody at least once; again for each further thing to come back to."""
    levels = open_by_person(actor, now)
    return list(
        db.execute(
            select(
                Participant.id, Participant.public_id, Participant.preferred_name, Participant.family_name,
                levels.c.levels, Contact.public_id.label("contact"), Contact.note, Contact.follow_up_on,
            )
            .outerjoin(levels, levels.c.participant_id == Participant.id)
            .outerjoin(Contact, and_(Contact.participant_id == Participant.id, follow_up_due(actor, actor.today(now))))
            .where(
                scope.participants(actor),
                Participant.id.in_(sorted(actor.caseload)),
                Participant.archived_at.is_(None),
            )
            .order_by(Participant.sort_key, Participant.id, Contact.follow_up_on, Contact.id)
        )
    )  # fmt: skip


def _slips(db: Session, actor: Actor, today: date) -> list[Any]:
    return list(
        db.execute(
            select(TaskSummary.participant_id, Task.name, TaskSummary.trend_since)
            .join(Task, Task.id == TaskSummary.task_id)
            .where(
                TaskSummary.participant_id.in_(sorted(actor.caseload)),
                TaskSummary.trend == Trend.NEEDS_MORE_HELP,
                TaskSummary.last_day >= today - current.SLIPPED,
                scope.tasks(actor),
            )
            .order_by(TaskSummary.trend_since.desc())
        )
    )


def _places(db: Session, actor: Actor) -> list[Any]:
    """Proposals whose answer is *talk first*, until the answer changes, and placements whose last step is watched."""
    return list(
        db.execute(
            select(
                Placement.participant_id, Placement.public_id, Opening.role, Employer.name, FadingStep.share_before,
                FadingStep.share_after, FadingStep.taken_on, FadingStep.watch_until,
            )
            .join(Opening, Opening.id == Placement.opening_id)
            .join(Site, Site.id == Opening.site_id)
            .join(Employer, Employer.id == Site.employer_id)
            .outerjoin(FadingStep, current.is_watched())
            .where(
                scope.placements(actor),
                Placement.participant_id.in_(sorted(actor.caseload)),
                or_(
                    and_(Placement.state == PlacementState.PROPOSED, Placement.answer == Answer.TALK_FIRST),
                    and_(Placement.state.in_(current.RUNNING), FadingStep.id.is_not(None)),
                ),
            )
            .order_by(Placement.answered_at, Placement.id)
        )
    )  # fmt: skip
