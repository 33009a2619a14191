"""Suggested levels as those who may decide on them see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, case, func, or_, select, true
from sqlalchemy.orm import Session

from placement.domain.profiles import full_name
from placement.domain.proposals import Decision
from placement.domain.suggestions import shown_from
from placement.domain.words import Say
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening, OpeningRequirement
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability
from placement.models.programs.catalog import Trait
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page

Words = Mapping[str, str]
S = ProfileSuggestion
_KEYS: list[Any] = [S.id]


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """One suggested level. ``about`` is a person's name or an opening's role, ``where`` its shop; ``before`` None:
    not known. ``decision`` and ``decided_at``: what was said to it last."""

    public_id: str
    about: str
    where: str
    participant: str | None
    opening: str | None
    trait: Words
    low: Words
    high: Words
    before: int | None
    level: int
    evidence: Say
    decision: Decision
    decided_at: datetime | None


def open_suggestions(
    db: Session, actor: Actor, now: datetime, about: str = "", cursor: str | None = None
) -> Page[SuggestionLine]:
    """What the actor may decide on now, newest first, one statement. Raises Forbidden.

    ``about``: only this participant or opening (public id).
    """
    ensure(actor, Permission.PARTICIPANT_ABILITIES)
    statement = _lines().where(is_open(actor, now))
    if about:
        statement = statement.where(or_(Participant.public_id == about, Opening.public_id == about))
    page = fetch_page(db, statement, _KEYS, cursor, descending=True)
    return Page([_line(row) for row in page.rows], page.next, page.previous)


def one_suggestion(db: Session, actor: Actor, public_id: str) -> SuggestionLine | None:
    """A suggestion whatever was decided on it, or None out of sight."""
    row = db.execute(_lines().where(S.public_id == public_id, scope.suggestions(actor))).one_or_none()
    return None if row is None else _line(row)


def open_profiles(everybody: bool) -> Subquery:
    """``profiles``: how many could be brought up to date, for a coordinator; openings count whoever is asked about.

    Parameters: ``program``, ``put_off`` (an instant, :func:`shown_from`) and, unless ``everybody``, ``people`` (ids).
    """
    profile = case((S.participant_id.is_not(None), S.participant_id), else_=-S.opening_id)
    counted: Any = _joined(select(func.count(profile.distinct()).label("profiles")))
    people = S.participant_id.in_(bindparam("people", expanding=True))
    whose = true() if everybody else or_(people, S.opening_id.is_not(None))
    program = S.program_id == bindparam("program")
    found: Subquery = counted.where(program, _waits(bindparam("put_off")), whose).subquery()
    return found


def open_by_person(actor: Actor, now: datetime) -> Subquery:
    """Participant → how many levels could be brought up to date, to join with people."""
    columns: Any = select(S.participant_id, func.count().label("levels"))
    found: Subquery = _joined(columns).where(is_open(actor, now)).group_by(S.participant_id).subquery()
    return found


def is_open(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """What the actor may decide on now; of the rows :func:`_joined` joins."""
    return and_(scope.suggestions(actor), _waits(shown_from(now)))


def _waits(put_off: Any) -> ColumnElement[bool]:
    """Open, not put off after that, and about a level that is still what it was."""
    unchanged = or_(
        and_(S.participant_id.is_not(None), S.from_level.is_not_distinct_from(Ability.level)),
        and_(S.opening_id.is_not(None), S.from_level == OpeningRequirement.level),
    )
    return and_(
        S.decision == Decision.OPEN,
        or_(S.decided_at.is_(None), S.decided_at <= put_off),
        unchanged,
        Participant.archived_at.is_(None),
        Opening.archived_at.is_(None),
        Trait.archived_at.is_(None),
    )


def _lines() -> Select[Any]:
    columns: Any = (
        select(
            S.public_id, Participant.preferred_name, Participant.family_name, Opening.role, Employer.name, Site.name,
            Participant.public_id, Opening.public_id, Trait.name, Trait.low, Trait.high, S.from_level, S.to_level,
            S.evidence, S.decision, S.decided_at,
        )
    )  # fmt: skip
    return _joined(columns)


def _joined(statement: Select[Any]) -> Select[Any]:
    return (
        statement.select_from(S)
        .join(Trait, Trait.id == S.trait_id)
        .outerjoin(Participant, Participant.id == S.participant_id)
        .outerjoin(Ability, and_(Ability.participant_id == S.participant_id, Ability.trait_id == S.trait_id))
        .outerjoin(Opening, Opening.id == S.opening_id)
        .outerjoin(Site, Site.id == Opening.site_id)
        .outerjoin(Employer, Employer.id == Site.employer_id)
        .outerjoin(
            OpeningRequirement,
            and_(OpeningRequirement.opening_id == S.opening_id, OpeningRequirement.trait_id == S.trait_id),
        )
    )


def _line(row: Any) -> SuggestionLine:
    (public_id, given, family, role, employer, site, person, opening, trait, low, high, before, level, evidence,
     decision, decided_at) = tuple(row)[:16]  # fmt: skip
    about = full_name(given, family) if person is not None else role
    where = "" if opening is None else f"{employer}, {site}"
    return SuggestionLine(
        public_id, about, where, person, opening, trait, low, high, before, level, Say.from_json(evidence), decision,
        decided_at,
    )  # fmt: skip
