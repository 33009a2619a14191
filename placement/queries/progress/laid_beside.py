"""Up to two of somebody's own series on one axis of time with their independence; six statements at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from placement.domain.beside import Choice, Week, by_week, chosen, first_monday
from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.domain.sealed import Cipher
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.progress import reading
from placement.queries.progress.independence import weekly_shares
from placement.queries.progress.told import Offered, Reading, offered, told
from placement.queries.questionnaires.course import Mark, milestones_of


@dataclass(frozen=True, slots=True)
class Laid:
    """``ends``: of a questionnaire's scale."""

    offered: Offered
    weeks: tuple[Week, ...]
    ends: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Beside:
    """``alone``: percent of the tasks done alone. ``levels``: canonical rank → the program's word for it."""

    participant_id: int
    public_id: str
    name: str
    own: bool
    offered: tuple[Offered, ...]
    alone: tuple[Week, ...]
    laid: tuple[Laid, ...]
    milestones: tuple[Mark, ...]
    levels: Mapping[int, Mapping[str, str]]


def laid_beside(
    db: Session, actor: Actor, cipher: Cipher, today: date, public_id: str | None, wanted: Sequence[str], months: int
) -> Beside:
    """``public_id`` None: the actor's own. Raises NotFound out of sight, Forbidden for other readers."""
    if public_id is None and actor.participant_id is None:
        raise NotFound
    which = Participant.id == actor.participant_id if public_id is None else Participant.public_id == public_id
    rows = reading.person(db, actor, which)
    person = rows[0]
    own = public_id is None
    ensure(actor, Permission.PLACEMENT_ANSWER if own else Permission.BESIDE_SEE, Facts(actor.program, person.id))
    first = first_monday(today, months)
    of = Reading(db, actor, cipher, person.id, own, first)
    there = offered(of)
    alone = [(week.day, 100 * week.alone / week.tried) for week in weekly_shares(db, actor, person.id, first)]
    picked = chosen(wanted, [one.choice for one in there])
    return Beside(
        person.id,
        person.public_id,
        person.preferred_name if own else full_name(person.preferred_name, person.family_name),
        own,
        there,
        by_week(alone, first, today),
        tuple(_laid(of, there, one, today) for one in picked),
        tuple(mark for mark in milestones_of(db, actor, person.id) if first <= mark.day <= today),
        {row.rank: row.name for row in rows if row.rank is not None},
    )


def _laid(of: Reading, there: Sequence[Offered], choice: Choice, today: date) -> Laid:
    values, ends = told(of, choice)
    return Laid(next(one for one in there if one.choice == choice), by_week(values, of.first, today), ends)
