"""A placement's checklist, and the program's list."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from placement.domain.checklists import Entry, FileKind, Item, missing
from placement.domain.errors import NotFound
from placement.domain.placements import PlacementKind, PlacementState
from placement.domain.profiles import full_name
from placement.domain.sealed import Cipher, Place
from placement.models.checklists.checklist import CheckEntry, CheckFile, CheckItem
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.sealed import opened

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ItemRow:
    public_id: str
    name: Words
    kinds: frozenset[PlacementKind]
    archived: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """``file``: the name of the paper that is kept with it."""

    public_id: str
    version: int
    done_on: date
    done_by: str
    expires_on: date | None
    note: str
    file: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """``kind``: its media type."""

    participant_id: int
    name: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """An item, what was written down, and whether it is missing on the day of the start."""

    item: str
    name: Words
    entry: EntryRow | None
    missing: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """``starts``: the day that is looked at: today, or the first day while it is still to come."""

    participant_id: int
    placement: str
    name: str
    shop: str
    state: PlacementState
    starts: date
    lines: tuple[Line, ...]

    @property
    def open(self) -> int:
        return sum(line.missing for line in self.lines)

    def line(self, item: str) -> Line:
        """Raises NotFound for an item that is not asked of this placement."""
        for line in self.lines:
            if line.item == item:
                return line
        raise NotFound


def checklist(db: Session, actor: Actor, placement: str, today: date) -> Checklist:
    """In two statements. Raises NotFound, Forbidden."""
    return _read(db, actor, Placement.public_id == placement, today)


def checklist_of_entry(db: Session, actor: Actor, entry: str, today: date) -> Checklist:
    """The checklist an entry is from. Raises NotFound, Forbidden."""
    mine = select(CheckEntry.placement_id).where(CheckEntry.public_id == entry, scope.check_entries(actor))
    return _read(db, actor, Placement.id.in_(mine), today)


def paper_of(db: Session, actor: Actor, entry: str, cipher: Cipher) -> Paper:
    """An entry's paper, opened. Raises NotFound, also where its seal is broken, and Forbidden."""
    row = db.execute(
        select(
            Placement.program_id, Placement.participant_id, CheckFile.public_id, CheckFile.name, CheckFile.kind,
            CheckFile.content_sealed,
        )
        .join(CheckEntry, CheckEntry.id == CheckFile.entry_id)
        .join(Placement, Placement.id == CheckEntry.placement_id)
        .where(CheckEntry.public_id == entry, CheckEntry.archived_at.is_(None), scope.check_entries(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    ensure(actor, Permission.CHECKLIST_SEE, Facts(row.program_id, row.participant_id))
    words = opened(cipher, row.content_sealed, Place("check_file", "content_sealed", row.public_id))
    if words.broken:
        raise NotFound
    return Paper(row.participant_id, row.name, row.kind, b64decode(words.text))


def items(db: Session, actor: Actor) -> list[ItemRow]:
    """The program's list, archived lines too; one statement."""
    rows = db.execute(
        select(CheckItem.public_id, CheckItem.name, CheckItem.kinds, CheckItem.archived_at)
        .where(scope.in_program(actor, CheckItem.program_id))
        .order_by(CheckItem.id)
    )
    return [
        ItemRow(public, name, frozenset(PlacementKind(kind) for kind in kinds), gone is not None)
        for public, name, kinds, gone in rows
    ]


def _read(db: Session, actor: Actor, which: object, today: date) -> Checklist:
    head = db.execute(
        select(
            Placement.id, Placement.public_id, Placement.program_id, Placement.participant_id, Placement.kind,
            Placement.state, Placement.first_day, Participant.preferred_name, Participant.family_name,
            Employer.name.label("employer"), Site.name.label("site"),
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(scope.placements(actor), which)  # type: ignore[arg-type]
    ).one_or_none()  # fmt: skip
    if head is None:
        raise NotFound
    ensure(actor, Permission.CHECKLIST_SEE, Facts(head.program_id, head.participant_id))
    day = max(today, head.first_day) if head.state is PlacementState.ACCEPTED else today
    return Checklist(
        head.participant_id, head.public_id, full_name(head.preferred_name, head.family_name),
        head.employer if head.site in ("", head.employer) else f"{head.employer}, {head.site}", head.state, day,
        _lines(db, actor, head.id, head.kind, day),
    )  # fmt: skip


def _lines(db: Session, actor: Actor, placement_id: int, kind: PlacementKind, day: date) -> tuple[Line, ...]:
    """Live items asked of the kind, and others with an entry."""
    rows = db.execute(
        select(CheckItem, CheckEntry, CheckFile.name)
        .outerjoin(
            CheckEntry,
            and_(
                CheckEntry.item_id == CheckItem.id,
                CheckEntry.placement_id == placement_id,
                CheckEntry.archived_at.is_(None),
            ),
        )
        .outerjoin(CheckFile, CheckFile.entry_id == CheckEntry.id)
        .where(scope.in_program(actor, CheckItem.program_id))
        .order_by(CheckItem.id)
    ).all()
    asked = [
        Item(item.id, frozenset(PlacementKind(one) for one in item.kinds))
        for item, _, _ in rows
        if item.archived_at is None
    ]
    held = [Entry(item.id, entry.done_on, entry.expires_on) for item, entry, _ in rows if entry is not None]
    gone = set(missing(kind, asked, held, day))
    shown = {item.id for item in asked if item.asked_of(kind)}
    return tuple(
        Line(item.public_id, item.name, _entry(entry, file), item.id in gone)
        for item, entry, file in rows
        if item.id in shown or entry is not None
    )


def _entry(row: CheckEntry | None, file: str | None) -> EntryRow | None:
    if row is None:
        return None
    return EntryRow(row.public_id, row.version, row.done_on, row.done_by, row.expires_on, row.note, file)
