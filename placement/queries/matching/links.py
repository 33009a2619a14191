"""What hangs on people and openings in one statement each: rows of kind, owner, key and value.

Keys are those of the tables, as text. For lists that score everybody or everything while one waits, where a
statement for each kind would exceed what a page may cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, select, union_all
from sqlalchemy.orm import Session

from placement.domain.participants import WISH_VALUE
from placement.models.employers.opening import OpeningAccommodation, OpeningRequirement, OpeningTask
from placement.models.participants.profile import Ability, EmployerExclusion, EmployerWish, Need, TaskWish
from placement.models.programs.catalog import Trait

#: Requirements hold level and weight in one number.
WEIGHTS = 10

#: Owner → kind → key → value.
Links = Mapping[int, Mapping["Kind", Mapping[str, int]]]
_NOTHING: Mapping[Any, Mapping[str, int]] = defaultdict(dict)


class Kind(StrEnum):
    ABILITY = "ability"
    TASK = "task"
    EMPLOYER = "employer"
    EXCLUDED = "excluded"
    NEED = "need"
    REQUIREMENT = "requirement"
    OFFER = "offer"


def links_of_people(db: Session, people: Any, openings: Any, employers: Any) -> Links:
    """Of these people (ids, or a SELECT of them), as far as it matters to these openings and employers."""
    asked = select(OpeningRequirement.trait_id).where(OpeningRequirement.opening_id.in_(openings))
    done = select(OpeningTask.task_id).where(OpeningTask.opening_id.in_(openings))
    return _read(
        db,
        [
            _links(Kind.ABILITY, Ability.participant_id, Ability.trait_id, Ability.level).where(
                Ability.participant_id.in_(people), Ability.trait_id.in_(asked)
            ),
            _links(Kind.TASK, TaskWish.participant_id, TaskWish.task_id, _wish(TaskWish.wish)).where(
                TaskWish.participant_id.in_(people), TaskWish.task_id.in_(done)
            ),
            _links(
                Kind.EMPLOYER, EmployerWish.participant_id, EmployerWish.employer_id, _wish(EmployerWish.wish)
            ).where(EmployerWish.participant_id.in_(people), EmployerWish.employer_id.in_(employers)),
            _links(Kind.EXCLUDED, EmployerExclusion.participant_id, EmployerExclusion.employer_id, literal(1)).where(
                EmployerExclusion.participant_id.in_(people), EmployerExclusion.employer_id.in_(employers)
            ),
            _links(Kind.NEED, Need.participant_id, Need.accommodation_id, literal(1)).where(
                Need.participant_id.in_(people)
            ),
        ],
    )


def links_of_openings(db: Session, openings: Any) -> Links:
    """Of these openings (ids, or a SELECT of them); a requirement's value is level + ``WEIGHTS`` × weight."""
    value = OpeningRequirement.level + WEIGHTS * OpeningRequirement.weight
    return _read(
        db,
        [
            _links(Kind.REQUIREMENT, OpeningRequirement.opening_id, OpeningRequirement.trait_id, value)
            .join(Trait, Trait.id == OpeningRequirement.trait_id)
            .where(OpeningRequirement.opening_id.in_(openings), Trait.archived_at.is_(None)),
            _links(Kind.TASK, OpeningTask.opening_id, OpeningTask.task_id, literal(1)).where(
                OpeningTask.opening_id.in_(openings)
            ),
            _links(
                Kind.OFFER, OpeningAccommodation.opening_id, OpeningAccommodation.accommodation_id, literal(1)
            ).where(OpeningAccommodation.opening_id.in_(openings)),
        ],
    )


def of(links: Links, owner: int) -> Mapping[Kind, Mapping[str, int]]:
    """What hangs on one of them; every kind is there."""
    return links.get(owner, _NOTHING)


def _links(kind: Kind, owner: Any, key: Any, value: Any) -> Select[Any]:
    return select(literal(kind.value).label("kind"), owner.label("owner"), key.label("key"), value.label("value"))


def _wish(column: Any) -> ColumnElement[int]:
    return case(*((column == wish, value) for wish, value in WISH_VALUE.items()), else_=0)


def _read(db: Session, parts: list[Select[Any]]) -> Links:
    kinds = {kind.value: kind for kind in Kind}
    found: dict[int, dict[Kind, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for kind, owner, key, value in db.execute(union_all(*parts)):
        found[owner][kinds[kind]][str(key)] = value
    return found
