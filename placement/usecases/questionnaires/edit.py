"""A program's own questionnaires: a new one, the next version of one, archiving and restoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.catalog import free_key
from placement.domain.errors import NotFound, Refused
from placement.domain.questionnaire_draft import Draft, checked
from placement.domain.questionnaires import ensure_right, languages
from placement.domain.words import say
from placement.models.questionnaires.questionnaire import Questionnaire
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.questionnaires import add_version, scale_of
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddQuestionnaire:
    """``tree``: as in a file. ``after``: public id of the version it replaces; None: a new one."""

    tree: Mapping[str, Any]
    after: str | None = None


def add_questionnaire(work: Work, actor: Actor, command: AddQuestionnaire) -> str:
    """Store it; its public id. A version never changes: answers belong to its wording.

    Raises Faults (with places), NotFound, Forbidden, and Refused for a key that is taken or a version just replaced.
    """
    ensure(actor, Permission.QUESTIONNAIRE_EDIT, Facts(actor.program))
    draft = checked(command.tree, actor.program_locale)
    try:
        with work.transaction() as session:
            key = _key(session, actor, draft) if command.after is None else _same(session, actor, command.after, draft)
            row = add_version(session, work, actor.program, draft, key)
            ids = {"number": row.number, "items": len(draft.scale.items)}
            audit(session, work, actor, "questionnaire.add", "questionnaire", row.id, **ids)
            return row.public_id
    except IntegrityError as error:
        raise Refused(say("Somebody saved one of this name just now. Please try again.")) from error


def archive_questionnaire(work: Work, actor: Actor, public_id: str, *, restore: bool = False) -> None:
    """No longer offered, or offered again. What was handed out goes on. Raises NotFound, Forbidden and Refused."""
    with work.transaction() as session:
        row = _row(session, actor, public_id)
        if restore and row.archived_at is not None:
            newer = select(Questionnaire.id).where(
                Questionnaire.program_id == row.program_id, Questionnaire.key == row.key,
                Questionnaire.number > row.number,
            )  # fmt: skip
            if session.scalar(newer.limit(1)) is not None:
                raise Refused(say("There is a newer version of it. Restore that one, or make another."))
            row.archived_at = None
            audit(session, work, actor, "questionnaire.restore", "questionnaire", row.id)
        elif not restore and row.archived_at is None:
            row.archived_at = work.clock()
            audit(session, work, actor, "questionnaire.archive", "questionnaire", row.id)


def _row(session: Session, actor: Actor, public_id: str) -> Questionnaire:
    row = session.scalar(
        select(Questionnaire)
        .where(Questionnaire.public_id == public_id, scope.questionnaires(actor))
        .with_for_update()
    )  # fmt: skip
    if row is None:
        raise NotFound
    ensure(actor, Permission.QUESTIONNAIRE_EDIT, Facts(row.program_id))
    return row


def _same(session: Session, actor: Actor, public_id: str, draft: Draft) -> str:
    """The key of the version that is replaced.

    Raises NotFound, and Refused where it was replaced already, or a language comes without a right to it.
    """
    row = _row(session, actor, public_id)
    newer = select(Questionnaire.id).where(
        Questionnaire.program_id == row.program_id, Questionnaire.key == row.key, Questionnaire.number > row.number
    )
    if session.scalar(newer.limit(1)) is not None:
        raise Refused(say("Somebody saved a newer version meanwhile. Please look at it first."))
    known, wanted = languages(scale_of(row).items, row.answers), languages(draft.scale.items, draft.answers)
    ensure_right(known, wanted, row.source, draft.source)
    return row.key


def _key(session: Session, actor: Actor, draft: Draft) -> str:
    taken = set(session.scalars(select(Questionnaire.key).where(Questionnaire.program_id == actor.program)))
    if draft.key and draft.key in taken:
        raise Refused(say("This key is taken. Open that questionnaire and bring the file as its new version."), "key")
    return draft.key or free_key(draft.name[actor.program_locale], taken)
