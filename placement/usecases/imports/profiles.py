"""Bring in ready sets of requirements, e.g. from O*NET, to start openings from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.programs.catalog import RequirementProfile, RequirementProfileTrait, Trait
from placement.models.programs.program import Program
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class ProfileToImport:
    """``title`` by locale, English always; ``requirements``: trait key → (level 0–5, weight 1–5)."""

    code: str
    title: Mapping[str, str]
    requirements: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ProfilesImported:
    """Counts. ``unknown_traits``: keys the program's catalog does not have (any more)."""

    added: int
    changed: int
    same: int
    unknown_traits: list[str]


def import_profiles(work: Work, actor: System, source: str, profiles: Sequence[ProfileToImport]) -> ProfilesImported:
    """Add profiles of ``source`` (shown wherever one is chosen) or update them in place, all or nothing.

    Raises NotFound without a live program, Refused when the program knows none of the traits.
    """  # fmt: skip
    with work.transaction() as session:
        program = session.execute(
            select(Program.id, Program.locale).where(Program.id == actor.program_id, Program.archived_at.is_(None))
        ).one_or_none()
        if program is None:
            raise NotFound
        traits = _traits(session, program.id)
        asked = {key for profile in profiles for key in profile.requirements}
        if not asked & traits.keys():
            raise Refused(say("The program's catalog has none of the abilities these profiles ask for."))
        counts = {"added": 0, "changed": 0, "same": 0}
        stored = _stored(session, program.id, source)
        for profile in profiles:
            counts[_write(session, program.id, program.locale, source, profile, traits, stored.get(profile.code))] += 1
        if counts["added"] or counts["changed"]:
            audit(session, work, actor, "imports.profiles", "program", program.id, **counts)
        return ProfilesImported(**counts, unknown_traits=sorted(asked - traits.keys()))


def _traits(session: Session, program_id: int) -> dict[str, int]:
    rows = session.execute(
        select(Trait.key, Trait.id).where(Trait.program_id == program_id, Trait.archived_at.is_(None))
    )  # fmt: skip
    return dict(rows.all())


def _stored(session: Session, program_id: int, source: str) -> dict[str, RequirementProfile]:
    rows = session.scalars(
        select(RequirementProfile).where(
            RequirementProfile.program_id == program_id, RequirementProfile.source == source
        )
    )
    return {row.code: row for row in rows}


def _write(
    session: Session,
    program_id: int,
    locale: str,
    source: str,
    profile: ProfileToImport,
    traits: Mapping[str, int],
    row: RequirementProfile | None,
) -> str:
    """Write one profile; answers which of the counts it belongs to."""
    # The program's locale is always there; where nobody translated the title, the English one stands in.
    title = {locale: profile.title["en"], **profile.title}
    wanted = {traits[key]: pair for key, pair in profile.requirements.items() if key in traits}
    link = RequirementProfileTrait
    outcome = "added"
    if row is None:
        row = RequirementProfile(program_id=program_id, source=source, code=profile.code, title=title)
        session.add(row)
        session.flush()
    else:
        stored = session.execute(select(link.trait_id, link.level, link.weight).where(link.profile_id == row.id))
        if row.title == title and {key: (level, weight) for key, level, weight in stored} == wanted:
            return "same"
        row.title = title
        session.execute(delete(link).where(link.profile_id == row.id))
        outcome = "changed"
    if wanted:
        session.execute(
            insert(link),
            [
                {"program_id": program_id, "profile_id": row.id, "trait_id": key, "level": level, "weight": weight}
                for key, (level, weight) in wanted.items()
            ],
        )
    return outcome
