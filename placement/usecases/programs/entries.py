"""The catalog: fixing a word edits in place; changing a meaning archives and creates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.catalog import EntryKind, free_key
from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.usecases.effects.entries import (
    TABLES,
    StepWords,
    checked_entry,
    ensure_catalog,
    find_entry,
    linked_traits,
    write_steps,
    write_traits,
)
from placement.usecases.effects.log import audit
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class EntryWords:
    """``words``: field → locale → text. ``area``, ``steps`` and ``traits`` (public ids) belong to tasks."""

    kind: EntryKind
    words: Mapping[str, Mapping[str, str]]
    area: str = ""
    steps: tuple[StepWords, ...] = ()
    traits: frozenset[str] = frozenset()


def create_entry(work: Work, actor: Actor, entry: EntryWords, replaces: str | None = None) -> str:
    """A new entry, in place of the one ``replaces`` names, which is archived; returns the public id.

    Raises Refused at the field, NotFound.
    """
    ensure_catalog(actor)
    values = checked_entry(entry.kind, entry.words, entry.area, actor.program_locale)
    table = TABLES[entry.kind]
    try:
        with work.transaction() as session:
            if replaces is not None:
                old = find_entry(session, actor, entry.kind, replaces)
                old.archived_at = old.archived_at or work.clock()
                session.flush()
            name = values["name"].get("en") or values["name"][actor.program_locale]
            row = table(program_id=actor.program, key=free_key(name, _keys(session, actor, entry.kind)), **values)
            session.add(row)
            session.flush()
            if entry.kind is EntryKind.TASK:
                write_steps(session, row, [StepWords(None, step.words) for step in entry.steps], actor.program_locale)
                write_traits(session, row, entry.traits)
            audit(session, work, actor, "catalog.create", entry.kind, row.id, replaces=replaces is not None)
            return str(row.public_id)
    except IntegrityError as error:
        raise Refused(say("Somebody added the same just now. Please look at the list."), "name_en") from error


def edit_entry(work: Work, actor: Actor, public_id: str, version: int, entry: EntryWords) -> None:
    """Better words for the same meaning. Raises NotFound, Stale, Refused at the field."""
    ensure_catalog(actor)
    values = checked_entry(entry.kind, entry.words, entry.area, actor.program_locale)
    with work.transaction() as session:
        row = find_entry(session, actor, entry.kind, public_id)
        current = {name: getattr(row, name) for name in values}
        links = {"traits": sorted(linked_traits(session, row))} if entry.kind is EntryKind.TASK else {}
        check_version(row, version, _flat(current) | links)
        for name, value in values.items():
            setattr(row, name, value)
        if entry.kind is EntryKind.TASK:
            write_steps(session, row, entry.steps, actor.program_locale)
        changed = sorted(name for name in values if current[name] != values[name])
        if entry.kind is EntryKind.TASK and write_traits(session, row, entry.traits):
            changed.append("traits")
        audit(session, work, actor, "catalog.edit", entry.kind, row.id, fields=changed)


def archive_entry(work: Work, actor: Actor, kind: EntryKind, public_id: str) -> None:
    """Offer it no longer; what was said with it stays. Raises NotFound."""
    ensure_catalog(actor)
    with work.transaction() as session:
        row = find_entry(session, actor, kind, public_id)
        if row.archived_at is None:
            row.archived_at = work.clock()
            audit(session, work, actor, "catalog.archive", kind, row.id)


def restore_entry(work: Work, actor: Actor, kind: EntryKind, public_id: str) -> None:
    """Offer it again. Raises NotFound, Refused if another has taken its place."""
    ensure_catalog(actor)
    with work.transaction() as session:
        row = find_entry(session, actor, kind, public_id)
        if row.archived_at is None:
            return
        if row.key in _keys(session, actor, kind):
            raise Refused(say("Another one has taken its place. Archive that one first."))
        row.archived_at = None
        audit(session, work, actor, "catalog.restore", kind, row.id)


def _keys(session: Session, actor: Actor, kind: EntryKind) -> set[str]:
    table = TABLES[kind]
    if actor.program_id is None:
        raise NotFound
    return set(session.scalars(select(table.key).where(table.program_id == actor.program, table.archived_at.is_(None))))


def _flat(values: Mapping[str, object]) -> dict[str, object]:
    """Keyed like the form's fields: name_en, name_de, area."""
    flat: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}_{locale}": value.get(locale, "") for locale in ("en", "de")}
        else:
            flat[name] = value
    return flat
