"""Bring in a series of numbers from elsewhere: percentages or points with phases and gaps.

They are no levels of support, so they become measures: drawn with their figures beside the spine, part of no
milestone, verdict or matching.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.measures import LONGEST_NAME, MOST_VALUES, MeasureKind, Unit
from placement.domain.words import say
from placement.models.participants.participant import Participant
from placement.models.programs.program import Program
from placement.models.progress.measure import Measure, MeasureItem
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class ValueToImport:
    """``value`` None: it was to be measured and was not."""

    day: date
    value: float | None
    phase: str = ""


@dataclass(frozen=True, slots=True)
class SeriesToImport:
    """``participant`` by public id; ``name`` tells the person's series apart."""

    participant: str
    name: str
    unit: Unit
    values: Sequence[ValueToImport]
    more_is_better: bool = True


@dataclass(frozen=True, slots=True)
class SeriesImported:
    public_id: str
    added: int
    changed: int
    same: int


def import_series(work: Work, actor: System, command: SeriesToImport) -> SeriesImported:
    """Write the series; sent again it adds nothing, and another value of a day replaces the one before.

    Raises NotFound without a live program, Refused (field participant, name, value or time) for what can't be stored.
    """
    name = command.name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused(say("Please keep it to %(n)s characters.", n=LONGEST_NAME), "name")
    if len(command.values) > MOST_VALUES:
        raise Refused(say("A series holds %(n)s values at most.", n=MOST_VALUES), "value")
    with work.transaction() as session:
        program = session.scalar(select(Program).where(Program.id == actor.program_id, Program.archived_at.is_(None)))
        if program is None:
            raise NotFound
        today = work.clock().astimezone(ZoneInfo(program.zone)).date()
        late = [value.day for value in command.values if value.day > today]
        if late:
            raise Refused(say("%(day)s is still to come.", day=late[0].isoformat()), "time")
        item = _item(session, work, program.id, command, name)
        counts = _values(session, work, item, command.values)
        if counts["added"] or counts["changed"]:
            detail = {"participant_id": item.participant_id, **counts}
            audit(session, work, actor, "imports.series", "measure_item", item.id, **detail)
        return SeriesImported(item.public_id, **counts)


def _item(session: Session, work: Work, program_id: int, command: SeriesToImport, name: str) -> MeasureItem:
    person = session.scalar(
        select(Participant.id).where(
            Participant.program_id == program_id,
            Participant.public_id == command.participant,
            Participant.archived_at.is_(None),
        )
    )
    if person is None:
        raise Refused(
            say("There is no participant %(id)s in this program.", id=command.participant[:40]), "participant"
        )
    item = session.scalar(
        select(MeasureItem).where(
            MeasureItem.participant_id == person, MeasureItem.name == name, MeasureItem.archived_at.is_(None)
        )
    )
    if item is None:
        item = MeasureItem(
            program_id=program_id, participant_id=person, kind=MeasureKind.SERIES, name=name, unit=command.unit,
            more_is_better=command.more_is_better, created_at=work.clock(),
        )  # fmt: skip
        session.add(item)
        session.flush()
    elif (item.unit, item.more_is_better) != (command.unit, command.more_is_better):
        raise Refused(say("There is a series of this name with another unit or direction."), "name")
    return item


def _values(session: Session, work: Work, item: MeasureItem, values: Sequence[ValueToImport]) -> dict[str, int]:
    stored = {row.day: row for row in session.scalars(select(Measure).where(Measure.item_id == item.id))}
    new = {value.day for value in values} - set(stored)
    if len(stored) + len(new) > MOST_VALUES:
        raise Refused(say("A series holds %(n)s values at most.", n=MOST_VALUES), "value")
    counts = {"added": 0, "changed": 0, "same": 0}
    for value in values:
        row = stored.get(value.day)
        if row is None:
            row = Measure(program_id=item.program_id, item_id=item.id, day=value.day, created_at=work.clock())
            session.add(row)
            counts["added"] += 1
        elif (row.value, row.phase) == (value.value, value.phase):
            counts["same"] += 1
            continue
        else:
            counts["changed"] += 1
        row.value, row.phase = value.value, value.phase
    return counts
