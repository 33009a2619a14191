"""Bring in door-to-door travel times, e.g. from a timetable service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from placement.domain.errors import NotFound
from placement.domain.words import Say, say
from placement.models.employers.employer import Site
from placement.models.matching.tables import TravelMinutes
from placement.models.participants.participant import Participant
from placement.models.programs.program import Program
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work

T = TypeVar("T")

#: Names looked up, and rows written, a statement.
BATCH = 500


@dataclass(frozen=True, slots=True)
class MinutesToImport:
    """``participant`` and ``site`` by public id; ``line`` is the row's place in the file."""

    line: int
    participant: str
    site: str
    minutes: int


@dataclass(frozen=True, slots=True)
class MinutesImported:
    """Counts. ``problems``: (line, why it was left out); unless bad rows are skipped, one of them keeps all out."""

    added: int
    changed: int
    same: int
    problems: list[tuple[int, Say]]


def import_minutes(
    work: Work, actor: System, rows: Sequence[MinutesToImport], *, skip_bad: bool = False, write: bool = True
) -> MinutesImported:
    """Add minutes, or put others in place of those that are there. Raises NotFound without a live program.

    A row of somebody or somewhere this program does not have, and a pair that was there before in the file, is bad.
    ``write`` False only looks.
    """
    with work.transaction() as session:
        program = session.scalar(
            select(Program.id).where(Program.id == actor.program_id, Program.archived_at.is_(None))
        )
        if program is None:
            raise NotFound
        people = _ids(session, program, Participant.public_id, Participant.id, [row.participant for row in rows])
        sites = _ids(session, program, Site.public_id, Site.id, [row.site for row in rows])
        wanted, problems = _sort_out(rows, people, sites)
        stored = _stored(session, program)
        new = {pair: minutes for pair, minutes in wanted.items() if pair not in stored}
        other = {pair: minutes for pair, minutes in wanted.items() if pair in stored and stored[pair] != minutes}
        result = MinutesImported(len(new), len(other), len(wanted) - len(new) - len(other), problems)
        if (problems and not skip_bad) or not write:
            return result
        for batch in _batches(list(new.items())):
            session.execute(insert(TravelMinutes), [_row(program, pair, minutes) for pair, minutes in batch])
        for batch in _batches(list(other.items())):
            session.execute(update(TravelMinutes), [_row(program, pair, minutes) for pair, minutes in batch])
        if new or other:
            audit(session, work, actor, "imports.minutes", "program", program, added=len(new), changed=len(other))
        return result


def _sort_out(
    rows: Sequence[MinutesToImport], people: dict[str, int], sites: dict[str, int]
) -> tuple[dict[tuple[int, int], int], list[tuple[int, Say]]]:
    wanted: dict[tuple[int, int], int] = {}
    problems: list[tuple[int, Say]] = []
    lines: dict[tuple[int, int], int] = {}
    for row in rows:
        if row.participant not in people:
            problems.append((row.line, say("no participant %(id)s in this program", id=row.participant[:40])))
        elif row.site not in sites:
            problems.append((row.line, say("no site %(id)s in this program", id=row.site[:40])))
        elif (pair := (people[row.participant], sites[row.site])) in lines:
            problems.append((row.line, say("the same way as in line %(line)s", line=lines[pair])))
        else:
            wanted[pair], lines[pair] = row.minutes, row.line
    return wanted, problems


def _ids(
    session: Session, program: int, public_id: InstrumentedAttribute[str], key: InstrumentedAttribute[int],
    wanted: Sequence[str],
) -> dict[str, int]:  # fmt: skip
    """Public id → key of those the program has and has not archived."""
    table = public_id.class_
    found: dict[str, int] = {}
    for batch in _batches(sorted(set(wanted))):
        rows = session.execute(
            select(public_id, key).where(
                table.program_id == program, table.archived_at.is_(None), public_id.in_(batch)
            )
        )  # fmt: skip
        found.update(rows.all())
    return found


def _stored(session: Session, program: int) -> dict[tuple[int, int], int]:
    rows = session.execute(
        select(TravelMinutes.participant_id, TravelMinutes.site_id, TravelMinutes.minutes).where(
            TravelMinutes.program_id == program
        )
    )
    return {(person, site): minutes for person, site, minutes in rows}


def _row(program: int, pair: tuple[int, int], minutes: int) -> dict[str, int]:
    return {"program_id": program, "participant_id": pair[0], "site_id": pair[1], "minutes": minutes}


def _batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
