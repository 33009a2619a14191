"""A table is uploaded, its columns are named, what goes in is chosen; taking the whole of it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.import_fields import FIELDS, ImportKind, ImportState, check, guess
from placement.domain.jobs import JobKind
from placement.domain.words import say
from placement.models.employers.employer import Employer, Site
from placement.models.enrollments.enrollment import Enrollment
from placement.models.imports.upload import Upload
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.imports.uploads import known
from placement.usecases.effects.log import audit, enqueue
from placement.usecases.transaction import Work

Removable = type[Enrollment] | type[Participant] | type[Site] | type[Employer]
#: In which order rows can be removed: what points at others first.
_TABLES: dict[str, Removable] = {
    "enrollment": Enrollment,
    "participant": Participant,
    "site": Site,
    "employer": Employer,
}
BATCH = 200


@dataclass(frozen=True, slots=True)
class SaveUpload:
    kind: ImportKind
    file_name: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def save_upload(work: Work, actor: Actor, command: SaveUpload) -> str:
    """Keep a table; its public id. Columns are named as the last time for the same headings, else as they are called.

    Raises Forbidden.
    """
    ensure(actor, Permission.IMPORT_RUN, Facts(actor.program))
    with work.transaction() as session:
        before = session.scalars(
            select(Upload)
            .where(
                scope.in_program(actor, Upload.program_id), Upload.kind == command.kind,
                Upload.state != ImportState.DRAFT,
            )
            .order_by(Upload.id.desc())
            .limit(20)
        )  # fmt: skip
        same = next((row.mapping for row in before if list(row.header) == list(command.header)), None)
        row = Upload(
            program_id=actor.program, kind=command.kind, file_name=command.file_name[:120],
            header=list(command.header), rows=[list(line) for line in command.rows],
            mapping=same or guess(command.kind, command.header), total=len(command.rows),
            by_account_id=actor.account_id, created_at=work.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit(session, work, actor, "imports.upload", "upload", row.id, kind=command.kind.value, rows=row.total)
        return row.public_id


def map_columns(work: Work, actor: Actor, public_id: str, mapping: Mapping[str, int]) -> None:
    """Say which field is in which column. Raises NotFound, Forbidden, and Refused with the field's name."""
    with work.transaction() as session:
        row = _locked(session, actor, public_id, ImportState.DRAFT, ImportState.MAPPED)
        for field in FIELDS[row.kind]:
            if field.needed and field.key not in mapping:
                raise Refused(say("Please choose the column this is in."), field.key)
        if len(set(mapping.values())) != len(mapping):
            twice = next(key for key, at in mapping.items() if list(mapping.values()).count(at) > 1)
            raise Refused(say("This column was chosen twice."), twice)
        row.mapping = {key: at for key, at in mapping.items() if 0 <= at < len(row.header)}
        row.state = ImportState.MAPPED


def start_upload(work: Work, actor: Actor, public_id: str, left_out: Collection[int] = ()) -> int:
    """Let the worker bring in every row without a fault but those ``left_out``, by number; how many.

    Raises NotFound, Forbidden, and Refused when nothing is left.
    """
    with work.transaction() as session:
        row = _locked(session, actor, public_id, ImportState.MAPPED)
        found = check(row.kind, row.header, row.rows, row.mapping, known(session, actor, row.kind))
        row.chosen = [number for number in sorted(found.good) if number not in set(left_out)]
        if not row.chosen:
            raise Refused(say("No row would go in."))
        row.state, row.total, row.done = ImportState.RUNNING, len(row.chosen), 0
        enqueue(session, work, JobKind.IMPORT_ROWS, row.program_id, {"upload": row.id})
        audit(session, work, actor, "imports.start", "upload", row.id, rows=row.total)
        return row.total


def undo_upload(work: Work, actor: Actor, public_id: str) -> int:
    """Remove everything it made, but what is in use or was changed since; how many rows stayed.

    Raises NotFound, Forbidden.
    """
    with work.transaction() as session:
        row = _locked(session, actor, public_id, ImportState.DONE)
        kept = 0
        left: dict[str, list[int]] = {}
        for name, table in _TABLES.items():
            keys = list(row.made.get(name, ()))
            stay: list[int] = []
            for at in range(0, len(keys), BATCH):
                stay += _remove(session, table, keys[at : at + BATCH])
            kept += len(stay)
            if stay:
                left[name] = stay
        row.state, row.made, row.kept = ImportState.UNDONE, left, kept
        audit(session, work, actor, "imports.undo", "upload", row.id, kept=kept)
        return kept


def discard_upload(work: Work, actor: Actor, public_id: str) -> None:
    """Forget a table that was not brought in. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row = _locked(session, actor, public_id, ImportState.DRAFT, ImportState.MAPPED)
        audit(session, work, actor, "imports.discard", "upload", row.id)
        session.delete(row)


def _remove(session: Session, table: Removable, keys: list[int]) -> list[int]:
    """Delete the rows nobody has changed or uses; keys of those that stay."""
    if not keys:
        return []
    removed = delete(table).where(table.id.in_(keys), table.version == 1)
    try:
        with session.begin_nested():
            session.execute(removed, execution_options={"synchronize_session": False})
        return list(session.scalars(select(table.id).where(table.id.in_(keys))))
    except IntegrityError:
        if len(keys) == 1:
            return keys
        middle = len(keys) // 2
        return _remove(session, table, keys[:middle]) + _remove(session, table, keys[middle:])


def _locked(session: Session, actor: Actor, public_id: str, *states: ImportState) -> Upload:
    """Raises NotFound, also for one that is not in one of ``states``, and Forbidden."""
    row = session.scalar(
        select(Upload)
        .where(Upload.public_id == public_id, scope.in_program(actor, Upload.program_id))
        .with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.IMPORT_RUN, Facts(row.program_id))
    if row.state not in states:
        raise NotFound
    return row
