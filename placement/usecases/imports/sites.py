"""Bring in stores somebody else listed: a chain's name is the employer, every store one of its sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from placement.domain.employers import address_complete, employer_key, site_key
from placement.domain.errors import NotFound
from placement.domain.words import Say, say
from placement.models.employers.employer import Employer, Site
from placement.models.programs.program import Program
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work

#: Rows a statement.
BATCH = 500


@dataclass(frozen=True, slots=True)
class StoreToImport:
    """One store as read. ``line`` is its place in the file, ``ref`` its stable reference in the source.

    ``complete``: the source knows the whole address; ``week``: the hours as a mask, None if they could not be read.
    """

    line: int
    ref: str
    chain: str
    street: str
    postcode: str
    city: str
    lat: float
    lon: float
    opening_hours: str
    week: int | None
    complete: bool


@dataclass(frozen=True, slots=True)
class SitesImported:
    """Counts. ``problems``: (line, why it was left out)."""

    added: int
    already_there: int
    employers_added: int
    incomplete: int
    hours_unread: int
    problems: list[tuple[int, Say]] = field(default_factory=list)


def import_sites(work: Work, actor: System, stores: Iterable[StoreToImport]) -> SitesImported:
    """Add the stores that are not there yet, all or nothing. Raises NotFound without a live program."""
    with work.transaction() as session:
        program = session.execute(
            select(Program.id, Program.zone).where(Program.id == actor.program_id, Program.archived_at.is_(None))
        ).one_or_none()
        if program is None:
            raise NotFound
        known = set(session.scalars(select(Site.source_ref).where(Site.program_id == program.id)))
        usable, problems, already = _sort_out(stores, known)
        employers, new_employers = _employers(session, work, program.id, usable)
        now = work.clock()
        rows = (
            _row(store, program.id, employers[employer_key(store.chain)], program.zone, now) for store in usable
        )  # fmt: skip
        for batch in _batches(rows):
            # Left to itself, the ORM leaves NULLs out and starts a new statement wherever the columns differ.
            session.execute(insert(Site), batch, execution_options={"render_nulls": True})
        result = SitesImported(
            added=len(usable),
            already_there=already,
            employers_added=new_employers,
            incomplete=sum(not _complete(store) for store in usable),
            hours_unread=sum(bool(store.opening_hours) and store.week is None for store in usable),
            problems=problems,
        )
        if usable:
            counts = {"added": result.added, "employers": new_employers}
            audit(session, work, actor, "imports.sites", "program", program.id, **counts)
        return result


def _sort_out(
    stores: Iterable[StoreToImport], known: set[str | None]
) -> tuple[list[StoreToImport], list[tuple[int, Say]], int]:
    """What can go in, what cannot and why, and how many are there already."""
    usable: list[StoreToImport] = []
    problems: list[tuple[int, Say]] = []
    already = 0
    for store in stores:
        reason = _too_long(store)
        if reason is not None:
            problems.append((store.line, reason))
        elif store.ref in known:
            already += 1
        else:
            known.add(store.ref)
            usable.append(store)
    return usable, problems, already


def _too_long(store: StoreToImport) -> Say | None:
    limits = (
        ("name", store.chain, 160),
        ("street", store.street, 160),
        ("postcode", store.postcode, 16),
        ("city", store.city, 120),
        ("reference", store.ref, 80),
    )
    for column, text, most in limits:
        if len(text) > most:
            return say("more than %(most)s characters in %(column)s", most=most, column=column)
    return None


def _employers(
    session: Session, work: Work, program_id: int, stores: Sequence[StoreToImport]
) -> tuple[dict[str, int], int]:
    """Employer key → id for every chain, missing ones made; and how many were made."""
    chains = {employer_key(store.chain): store.chain for store in reversed(stores)}
    found = {
        key: employer_id
        for key, employer_id in session.execute(
            select(Employer.sort_key, Employer.id)
            .where(Employer.program_id == program_id, Employer.archived_at.is_(None))
            .order_by(Employer.id.desc())
        )
        if key in chains
    }
    missing = [
        Employer(program_id=program_id, name=name, sort_key=key, created_at=work.clock())
        for key, name in chains.items()
        if key not in found
    ]
    session.add_all(missing)
    session.flush()
    return found | {employer.sort_key: employer.id for employer in missing}, len(missing)


def _row(store: StoreToImport, program_id: int, employer_id: int, zone: str, now: Any) -> dict[str, Any]:
    name = site_name(store)
    return {
        "program_id": program_id,
        "employer_id": employer_id,
        "name": name,
        "sort_key": site_key(name, store.city),
        "street": store.street,
        "postcode": store.postcode,
        "city": store.city,
        "address_complete": _complete(store),
        "lat": store.lat,
        "lon": store.lon,
        "zone": zone,
        "opening_hours": store.opening_hours,
        "opening_week": store.week,
        "source_ref": store.ref,
        "created_at": now,
    }


def site_name(store: StoreToImport) -> str:
    """Stores of a chain share its name; the address, else the position, tells them apart: "Lidl Essen, Ruhrallee 1"."""
    where = ", ".join(part for part in (store.city, store.street) if part)
    return f"{store.chain} {where or f'({store.lat:.4f}, {store.lon:.4f})'}"[:160]


def _complete(store: StoreToImport) -> bool:
    return store.complete and address_complete(store.street, store.postcode, store.city)


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
