"""Storing a questionnaire's version, and loading what a change to a handout needs."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from placement.catalog import read
from placement.domain.errors import NotFound, Refused
from placement.domain.questionnaire_draft import Draft, checked
from placement.domain.questionnaires import Item, Scale
from placement.domain.words import say
from placement.models.participants.participant import Participant
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.transaction import Work


def seed_questionnaires(session: Session, work: Work, program_id: int) -> int:
    """Give a program those of our catalog that it never had under their key; how many.

    What the program has archived or changed stays as it is.
    """
    known = set(session.scalars(select(Questionnaire.key).where(Questionnaire.program_id == program_id)))
    drafts = [checked(tree, "en") for tree in read.questionnaires()]
    new = [draft for draft in drafts if draft.key not in known]
    for draft in new:
        add_version(session, work, program_id, draft, draft.key)
    return len(new)


def add_version(session: Session, work: Work, program_id: int, draft: Draft, key: str) -> Questionnaire:
    """The next version under ``key``; those before are archived."""
    same = select(Questionnaire).where(Questionnaire.program_id == program_id, Questionnaire.key == key)
    for row in session.scalars(same.where(Questionnaire.archived_at.is_(None))):
        row.archived_at = work.clock()
    last = session.scalar(
        select(func.max(Questionnaire.number)).where(Questionnaire.program_id == program_id, Questionnaire.key == key)
    )
    scale = draft.scale
    row = Questionnaire(
        program_id=program_id, key=key, number=(last or 0) + 1, name=draft.name, about=draft.about,
        items=[{"key": one.key, "text": dict(one.text), "reversed": one.reversed} for one in scale.items],
        low=scale.low, high=scale.high, answers={code: list(texts) for code, texts in draft.answers.items()},
        scoring=scale.scoring, smallest_change=draft.smallest_change, source=draft.source, created_at=work.clock(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def scale_of(row: Questionnaire) -> Scale:
    """What scoring needs of a stored version."""
    items = tuple(Item(one["key"], one["text"], one["reversed"]) for one in row.items)
    return Scale(items, row.low, row.high, row.scoring)


def handout_to_change(
    session: Session, actor: Actor, public_id: str, seen: ColumnElement[bool], permission: Permission
) -> tuple[Handout, Questionnaire]:
    """A handout with its questionnaire, locked. Raises NotFound, Forbidden, and Refused for an archived record."""
    found = session.execute(
        select(Handout, Questionnaire, Participant.archived_at)
        .join(Questionnaire, Questionnaire.id == Handout.questionnaire_id)
        .join(Participant, Participant.id == Handout.participant_id)
        .where(Handout.public_id == public_id, seen)
        .with_for_update(of=Handout)
    ).one_or_none()
    if found is None:
        raise NotFound
    row, asked, archived_at = found
    ensure(actor, permission, facts_of(row))
    if archived_at is not None:
        raise Refused(say("This record is archived. It can be read, not changed."))
    return row, asked


def facts_of(row: Handout) -> Facts:
    """What decisions about a handout depend on."""
    return Facts(row.program_id, row.participant_id, account_id=row.by_account_id, reader_id=row.reader_account_id)
