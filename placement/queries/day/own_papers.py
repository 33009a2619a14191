"""Questionnaires: those a participant may fill in, and those a therapist or coach has to read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, Time, cast, literal, null, select

from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.questionnaires.questionnaire import Handout
from placement.policy.actor import Actor
from placement.queries import scope

MOST = 12
MOST_TO_READ = 60


def own_papers(actor: Actor) -> Any:
    """The participant's, the oldest first; what they would rather not do is not asked for again."""
    return (
        select(
            literal("handout").label("what"), Handout.public_id, Account.name, Handout.due_on.label("day"),
            cast(null(), Date).label("rated_on"),
        )
        .join(Account, Account.id == Handout.by_account_id)
        .where(
            scope.own_handouts(actor),
            Handout.answered_at.is_(None),
            Handout.declined_at.is_(None),
            Handout.taken_back_at.is_(None),
        )
        .order_by(Handout.id)
        .limit(MOST)
        .subquery()
    )  # fmt: skip


def papers_to_read(actor: Actor) -> Any:
    """What was handed in and not read yet, what is due first; columns as every part of ``coming_up``."""
    waiting = (
        select(
            literal("paper").label("what"), literal(0).label("n"), Handout.read_by, cast(null(), Time).label("start"),
            Handout.public_id, Participant.preferred_name, Participant.family_name,
        )
        .join(Participant, Participant.id == Handout.participant_id)
        .where(
            scope.handouts_to_read(actor),
            Handout.answered_at.is_not(None),
            Handout.read_at.is_(None),
            Handout.taken_back_at.is_(None),
            Participant.archived_at.is_(None),
        )
        .order_by(Handout.read_by, Handout.id)
        .limit(MOST_TO_READ)
        .subquery()
    )  # fmt: skip
    return select(waiting)
