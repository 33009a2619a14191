"""What may stand beside somebody's independence for one reader: what there is, and the numbers of one series.

Each statement carries the row scope of the page where the series is at home. What a reader may not see and what was
never written look the same: it isn't offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from placement.domain.beside import Choice, SeriesKind
from placement.domain.diary import DayBody, EntryKind
from placement.domain.sealed import Cipher
from placement.domain.sessions import POINTS
from placement.models.accounts.account import Account
from placement.models.diary.entry import DiaryEntry
from placement.models.exposures.exposure import ExposureTry
from placement.models.practice.practice import Practice
from placement.models.programs.catalog import Task
from placement.models.progress.summary import TaskWeek
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.models.sessions.one_to_one import OneToOne, SessionCheckIn
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.diary.bodies import opened_body
from placement.queries.questionnaires.rows import asked_columns, asked_of, given_of
from placement.queries.sessions.course import answers_of

Told = list[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class Offered:
    """``name``: a questionnaire's; ``who``: the therapist's or coach's. Both empty where the kind says it all."""

    choice: Choice
    name: Mapping[str, str]
    who: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose record, read by whom, from which day on. ``own``: by the participant."""

    db: Session
    actor: Actor
    cipher: Cipher
    participant_id: int
    own: bool
    first: date

    @property
    def tries(self) -> tuple[ColumnElement[bool], ...]:
        mine = ExposureTry.participant_id == self.participant_id
        return scope.exposure_tries(self.actor), mine, ExposureTry.done_at.is_not(None), ExposureTry.day >= self.first

    @property
    def days(self) -> tuple[ColumnElement[bool], ...]:
        seen = scope.own_entries(self.actor) if self.own else scope.charted_days(self.actor)
        mine = DiaryEntry.participant_id == self.participant_id
        return seen, mine, DiaryEntry.kind == EntryKind.DAY, DiaryEntry.day >= self.first

    @property
    def papers(self) -> tuple[ColumnElement[bool], ...]:
        seen = scope.own_handouts(self.actor) if self.own else scope.handouts_to_read(self.actor)
        since = datetime.combine(self.first, time(), ZoneInfo(self.actor.zone))
        mine = Handout.participant_id == self.participant_id
        return seen, mine, Handout.answered_at >= since, Handout.taken_back_at.is_(None)

    @property
    def sessions(self) -> tuple[ColumnElement[bool], ...]:
        seen = scope.own_sessions(self.actor) if self.own else scope.held_sessions(self.actor)
        return seen, OneToOne.participant_id == self.participant_id, OneToOne.day >= self.first

    @property
    def living(self) -> tuple[ColumnElement[bool], ...]:
        practiced = select(Practice.task_id).where(
            scope.practices(self.actor), Practice.participant_id == self.participant_id, Practice.archived_at.is_(None)
        )
        mine = TaskWeek.participant_id == self.participant_id
        return mine, TaskWeek.monday >= self.first, TaskWeek.task_id.in_(practiced)


def offered(of: Reading) -> tuple[Offered, ...]:
    """What has a value since the first day, in the order it is offered. One statement."""
    no_name, no_who = cast(null(), Questionnaire.name.type), literal("")
    tries, days = select(ExposureTry.id).where(*of.tries), select(DiaryEntry.id).where(*of.days)
    there = {
        SeriesKind.FEAR_EXPECTED: tries.where(ExposureTry.predicted.is_not(None)),
        SeriesKind.FEAR_HIGHEST: tries.where(ExposureTry.peak.is_not(None)),
        SeriesKind.MOOD: days,
        SeriesKind.ENERGY: days,
        SeriesKind.LIVING: select(TaskWeek.task_id).where(*of.living),
    }
    kinds = [
        select(literal(str(kind)).label("kind"), literal("").label("key"), no_name.label("name"), no_who.label("who"))
        .where(found.exists())
        for kind, found in there.items()
    ]  # fmt: skip
    filled = select(Handout.questionnaire_id).where(*of.papers)
    papers = select(
        literal(str(SeriesKind.QUESTIONNAIRE)), cast(Questionnaire.public_id, String), Questionnaire.name, no_who
    ).where(Questionnaire.id.in_(filled))
    held = (
        select(OneToOne.account_id).join(SessionCheckIn, SessionCheckIn.session_id == OneToOne.id).where(*of.sessions)
    )
    pairs = select(
        literal(str(SeriesKind.TOGETHER)), cast(Account.public_id, String), no_name, Account.name
    ).where(Account.id.in_(held))  # fmt: skip
    rows = [
        Offered(Choice(SeriesKind(row.kind), row.key), row.name or {}, row.who)
        for row in of.db.execute(union_all(*kinds, papers, pairs))
    ]
    order = list(SeriesKind)
    return tuple(sorted(rows, key=lambda one: (order.index(one.choice.kind), one.who, sorted(one.name.items()))))


def told(of: Reading, choice: Choice) -> tuple[Told, tuple[float, float] | None]:
    """Its values by day, and the ends of its scale where the questionnaire says them. One statement."""
    kind = choice.kind
    if kind is SeriesKind.QUESTIONNAIRE:
        return _scores(of, choice.key)
    if kind is SeriesKind.TOGETHER:
        return _together(of, choice.key), None
    if kind is SeriesKind.LIVING:
        return _living(of), None
    if kind in (SeriesKind.MOOD, SeriesKind.ENERGY):
        return _felt(of, kind), None
    return _fears(of, kind), None


def _fears(of: Reading, kind: SeriesKind) -> Told:
    value: Any = ExposureTry.predicted if kind is SeriesKind.FEAR_EXPECTED else ExposureTry.peak
    rows = of.db.execute(select(ExposureTry.day, value).where(*of.tries, value.is_not(None)))
    return [(day, float(fear)) for day, fear in rows]


def _felt(of: Reading, kind: SeriesKind) -> Told:
    rows = of.db.execute(select(DiaryEntry.day, DiaryEntry.public_id, DiaryEntry.body_sealed).where(*of.days))
    found: Told = []
    for day, key, sealed in rows:
        body = opened_body(of.cipher, EntryKind.DAY, key, sealed)
        if isinstance(body, DayBody):
            value = body.mood if kind is SeriesKind.MOOD else body.energy
            found += [] if value is None else [(day, float(value))]
    return found


def _living(of: Reading) -> Told:
    seen = select(TaskWeek.monday, TaskWeek.median).join(Task, Task.id == TaskWeek.task_id)
    return [(monday, rank) for monday, rank in of.db.execute(seen.where(*of.living, scope.tasks(of.actor)))]


def _scores(of: Reading, key: str) -> tuple[Told, tuple[float, float] | None]:
    rows = of.db.execute(
        select(Handout.public_id, Handout.answered_at, Handout.answers_sealed, *asked_columns())
        .join(Questionnaire, Questionnaire.id == Handout.questionnaire_id)
        .where(*of.papers, Questionnaire.public_id == key)
    )
    found: Told = []
    ends: tuple[float, float] | None = None
    for row in rows:
        asked = asked_of(row)
        ends = asked.scale.range
        given = given_of(of.cipher, row.answers_sealed, row.public_id, asked.scale)
        if not given.broken and given.score.value is not None:
            found.append((row.answered_at.astimezone(ZoneInfo(of.actor.zone)).date(), given.score.value))
    return found, ends


def _together(of: Reading, key: str) -> Told:
    """Every point answered after a session; the middle of a week is taken later."""
    rows = of.db.execute(
        select(OneToOne.day, SessionCheckIn.public_id, SessionCheckIn.answers_sealed)
        .join(SessionCheckIn, SessionCheckIn.session_id == OneToOne.id)
        .join(Account, Account.id == OneToOne.account_id)
        .where(*of.sessions, Account.public_id == key)
    )
    found: Told = []
    for day, public_id, sealed in rows:
        answers = answers_of(of.cipher, public_id, sealed)
        values = [answers.value(point) for point in POINTS] if answers is not None else []
        found += [(day, float(value)) for value in values if value is not None]
    return found
