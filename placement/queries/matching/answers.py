"""What participants have answered so far, as the next run has to know it. No answer changes a fit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.placements import Answer, PlacementState
from placement.domain.words import Say, say
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.queries import scope


def declined(db: Session, actor: Actor, people: Collection[int], openings: Collection[int]) -> set[tuple[int, int]]:
    """(person, opening) somebody has said *no* to, whenever that was."""
    rows: Any = db.execute(
        select(Placement.participant_id, Placement.opening_id)
        .where(
            scope.placements(actor),
            Placement.answer == Answer.NO,
            Placement.participant_id.in_(sorted(people)),
            Placement.opening_id.in_(sorted(openings)),
        )
        .distinct()
    )
    return {(person, opening) for person, opening in rows}


def set_aside(db: Session, actor: Actor, people: Collection[int], today: date) -> dict[int, Say]:
    """People not to be matched today, by id, and why: *not now* until a day to come, or they are to *talk first*."""
    rows: Any = db.execute(
        select(Placement.participant_id, Placement.answer, func.max(Placement.ask_again_on))
        .where(scope.placements(actor), Placement.participant_id.in_(sorted(people)), asked_to_wait(today))
        .group_by(Placement.participant_id, Placement.answer)
        .order_by(Placement.participant_id, Placement.answer)
    )
    found: dict[int, Say] = {}
    for person, answer, day in rows:
        if answer is Answer.TALK_FIRST:
            found[person] = say("They want to talk first about the place proposed to them.")
        else:
            found.setdefault(person, say("They said “not now”. Ask again on %(day)s.", day=day))
    return found


def asked_to_wait(today: date) -> ColumnElement[bool]:
    """A placement whose participant is not to be matched before they are asked again, or talked with."""
    return or_(
        and_(Placement.answer == Answer.NOT_NOW, Placement.ask_again_on > today),
        and_(Placement.answer == Answer.TALK_FIRST, Placement.state == PlacementState.PROPOSED),
    )
