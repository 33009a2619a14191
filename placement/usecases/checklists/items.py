"""The program's list of what must be there before a placement may start."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.catalog import read
from placement.domain.checklists import LONGEST_NAME, MOST_ITEMS
from placement.domain.errors import NotFound, Refused
from placement.domain.placements import PlacementKind
from placement.domain.words import say
from placement.models.checklists.checklist import CheckItem
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def add_item(work: Work, actor: Actor, name: Mapping[str, str], kinds: Collection[PlacementKind] = ()) -> str:
    """``name``: locale → text, the program's language required; ``kinds`` empty: asked of all.

    Raises Forbidden and Refused with the field's name.
    """
    ensure(actor, Permission.CATALOG_EDIT, Facts(actor.program))
    words = {locale: text.strip() for locale, text in name.items() if text.strip()}
    if actor.program_locale not in words:
        raise Refused(say("Please write the program’s language."), f"name_{actor.program_locale}")
    for locale, text in words.items():
        if len(text) > LONGEST_NAME:
            raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_NAME), f"name_{locale}")
    with work.transaction() as session:
        if _live(session, actor) >= MOST_ITEMS:
            raise Refused(say("The list is full. Take out what nobody uses any more."))
        row = CheckItem(
            program_id=actor.program, name=words, kinds=sorted(kind.value for kind in kinds), created_at=work.clock()
        )
        session.add(row)
        session.flush()
        audit(session, work, actor, "checklists.add_item", "check_item", row.id)
        return row.public_id


def take_usual_items(work: Work, actor: Actor) -> int:
    """Take over what programs usually ask for, into an empty list; how many. Raises Forbidden, Refused."""
    ensure(actor, Permission.CATALOG_EDIT, Facts(actor.program))
    with work.transaction() as session:
        if _live(session, actor):
            raise Refused(say("The list is not empty."))
        rows = [
            CheckItem(program_id=actor.program, name=name, kinds=[], created_at=work.clock())
            for name in read.checklist()
        ]
        session.add_all(rows)
        session.flush()
        for row in rows:
            audit(session, work, actor, "checklists.add_item", "check_item", row.id)
        return len(rows)


def archive_item(work: Work, actor: Actor, public_id: str, archived: bool = True) -> None:
    """No longer asked for, or asked for again; what was written down stays. Raises NotFound, Forbidden."""
    ensure(actor, Permission.CATALOG_EDIT, Facts(actor.program))
    with work.transaction() as session:
        row = session.scalar(
            select(CheckItem).where(scope.in_program(actor, CheckItem.program_id), CheckItem.public_id == public_id)
        )
        if row is None:
            raise NotFound
        if (row.archived_at is not None) is archived:
            return
        row.archived_at = work.clock() if archived else None
        verb = "checklists.archive_item" if archived else "checklists.restore_item"
        audit(session, work, actor, verb, "check_item", row.id)


def _live(session: Session, actor: Actor) -> int:
    live = (scope.in_program(actor, CheckItem.program_id), CheckItem.archived_at.is_(None))
    return session.scalar(select(func.count()).select_from(CheckItem).where(*live)) or 0
