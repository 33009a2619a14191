"""Writing down what is there for a placement, with the paper if there is one."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from placement.domain.checklists import LONGEST_BY, LONGEST_NOTE, FileKind
from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.sealed import Place
from placement.domain.words import say
from placement.models.base import new_public_id
from placement.models.checklists.checklist import CheckEntry, CheckFile, CheckItem
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.placements import locked_placement
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class PaperFile:
    """``kind``: media type; ``digest``: SHA-256, hexadecimal."""

    name: str
    kind: FileKind
    digest: str
    content: bytes


@dataclass(frozen=True, slots=True)
class EntryValues:
    """``done_by``: who signed, checked or instructed. ``expires_on``: the last day on which it holds.

    ``paper`` None: what is kept stays; ``no_paper``: it is taken out.
    """

    done_on: date
    done_by: str = ""
    expires_on: date | None = None
    note: str = ""
    paper: PaperFile | None = None
    no_paper: bool = False


def write_entry(work: Work, actor: Actor, placement: str, item: str, version: int, values: EntryValues) -> str:
    """Write it down, or correct it; ``version`` 0: there was none when the form was opened. Its public id.

    Raises NotFound, Forbidden, Stale and Refused with the field's name.
    """
    _check(work, actor, values)
    with work.transaction() as session:
        owner = locked_placement(session, actor, placement)
        ensure(actor, Permission.CHECKLIST_EDIT, Facts(owner.program_id, owner.participant_id))
        asked = session.scalar(
            select(CheckItem.id).where(scope.in_program(actor, CheckItem.program_id), CheckItem.public_id == item)
        )
        if asked is None:
            raise NotFound
        live = (CheckEntry.placement_id == owner.id, CheckEntry.item_id == asked, CheckEntry.archived_at.is_(None))
        row = session.scalar(select(CheckEntry).where(*live))
        columns = {
            "done_on": values.done_on, "done_by": values.done_by, "expires_on": values.expires_on, "note": values.note,
        }  # fmt: skip
        if row is None:
            row = CheckEntry(
                program_id=owner.program_id, placement_id=owner.id, item_id=asked, by_account_id=actor.account_id,
                created_at=work.clock(), **columns,
            )  # fmt: skip
            session.add(row)
        else:
            current = {name: getattr(row, name) for name in columns}
            if version == 0:
                raise Stale(row.version, current)
            check_version(row, version, current)
            for name, value in columns.items():
                setattr(row, name, value)
        session.flush()
        _keep(session, work, row, values)
        audit(
            session, work, actor, "checklists.write", "check_entry", row.id, participant_id=owner.participant_id,
            paper=values.paper is not None,
        )  # fmt: skip
        return row.public_id


def remove_entry(work: Work, actor: Actor, public_id: str, removed: bool = True) -> None:
    """Take it out, or bring it back. Raises NotFound, Forbidden, and Refused if there is another one by now."""
    with work.transaction() as session:
        found = session.execute(
            select(CheckEntry, Placement.participant_id)
            .join(Placement, Placement.id == CheckEntry.placement_id)
            .where(CheckEntry.public_id == public_id, scope.check_entries(actor))
        ).one_or_none()
        if found is None:
            raise NotFound
        row, participant_id = found
        ensure(actor, Permission.CHECKLIST_EDIT, Facts(row.program_id, participant_id))
        if (row.archived_at is not None) is removed:
            return
        other = (
            CheckEntry.placement_id == row.placement_id, CheckEntry.item_id == row.item_id,
            CheckEntry.archived_at.is_(None),
        )  # fmt: skip
        if not removed and session.scalar(select(CheckEntry.id).where(*other)) is not None:
            raise Refused(say("There is a new entry by now."))
        row.archived_at = work.clock() if removed else None
        row.version += 1
        verb = "checklists.remove" if removed else "checklists.bring_back"
        audit(session, work, actor, verb, "check_entry", row.id, participant_id=participant_id)


def _keep(session: Session, work: Work, row: CheckEntry, values: EntryValues) -> None:
    if values.paper is not None or values.no_paper:
        session.execute(delete(CheckFile).where(CheckFile.entry_id == row.id))
    if values.paper is not None:
        paper, key = values.paper, new_public_id()
        text = b64encode(paper.content).decode()
        session.add(
            CheckFile(
                public_id=key, program_id=row.program_id, entry_id=row.id, name=paper.name, kind=paper.kind,
                digest=paper.digest, content_sealed=work.cipher.seal(text, Place("check_file", "content_sealed", key)),
            )
        )  # fmt: skip


def _check(work: Work, actor: Actor, values: EntryValues) -> None:
    if values.done_on > actor.today(work.clock()):
        raise Refused(say("This day has not come yet."), "done_on")
    if values.expires_on is not None and values.expires_on < values.done_on:
        raise Refused(say("The last day must not be before the first."), "expires_on")
    for name, most in (("done_by", LONGEST_BY), ("note", LONGEST_NOTE)):
        if len(getattr(values, name)) > most:
            raise Refused(say("Please write at most %(count)s characters.", count=most), name)
