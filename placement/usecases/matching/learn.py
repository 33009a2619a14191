"""The daily look at what was seen at work: which levels it suggests. Only people change a profile."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.matching import learning
from placement.domain.matching.learning import FOUR_WEEKS, Case, Evidence
from placement.models.employers.opening import Opening
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import System
from placement.queries.matching import learning as read
from placement.queries.matching.decided import Decided, decided
from placement.queries.matching.learning import Links, Stay
from placement.usecases.effects.log import audit
from placement.usecases.effects.suggestions import Key, Wanted, Written, write_suggestions
from placement.usecases.transaction import Work

#: Looked at in one transaction, so that nobody waits long for it.
PEOPLE, OPENINGS = 50, 20
ACTION = "suggestions.refresh"


@dataclass(frozen=True, slots=True)
class Failure:
    """``program``: its id; ``error``: the class of what went wrong, never its text."""

    program: int
    error: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """``programs`` looked at, what became of their suggestions, and which programs could not be looked at."""

    programs: int
    written: Written
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Look:
    """One program on one of its days."""

    program: int
    zone: ZoneInfo
    today: date
    links: Links

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


def refresh_suggestions(work: Work, program: int | None = None, *, once_a_day: bool = False) -> Refreshed:
    """Bring open suggestions in line with what was seen, in all programs or one (id). A second run changes nothing.

    ``once_a_day``: leave out programs looked at already today, by their own calendar; the audit remembers that.
    One of all that fails does not keep the others waiting: it is told in ``failed``. Raises NotFound.
    """
    with work.reading() as session:
        found = read.programs(session, program)
    if program is not None and not found:
        raise NotFound
    done, total, failed = 0, Written(), []
    for key, zone_name in found:
        try:
            written = _refresh(work, key, zone_name, once_a_day)
        except Exception as error:
            if program is not None:
                raise
            failed.append(Failure(key, type(error).__name__))
            continue
        if written is not None:
            done, total = done + 1, total + written
    return Refreshed(done, total, tuple(failed))


def _refresh(work: Work, key: int, zone_name: str, once_a_day: bool) -> Written | None:
    """What became of one program's suggestions; None if there was nothing to look at."""
    zone = ZoneInfo(zone_name)
    today = work.clock().astimezone(zone).date()
    midnight = datetime.combine(today, time(), zone).astimezone(UTC)
    with work.reading() as session:
        if once_a_day and read.looked_since(session, key, ACTION, midnight):
            return None
        look = _Look(key, zone, today, read.links(session, key))
        people = read.people_to_look_at(session, key, today)
        openings = read.openings_to_look_at(session, key, today)
    if not people and not openings:
        return None
    written = _everybody(work, look, people, openings)
    with work.transaction() as session:
        audit(
            session, work, System(key), ACTION, "program", key,
            added=written.added, renewed=written.renewed, withdrawn=written.withdrawn,
        )  # fmt: skip
    return written


def _everybody(work: Work, look: _Look, people: Sequence[int], openings: Sequence[int]) -> Written:
    total = Written()
    for some in _some(people, PEOPLE):
        with work.transaction() as session:
            total += _people(session, work, look, some)
    for some in _some(openings, OPENINGS):
        with work.transaction() as session:
            total += _openings(session, work, look, some)
    return total


def _some(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _people(session: Session, work: Work, look: _Look, ids: Collection[int]) -> Written:
    """Suggestions about abilities, each from the last weeks of a placement.

    The people are held, so that no profile changes while it is compared.
    """
    session.execute(select(Participant.id).where(Participant.id.in_(ids)).order_by(Participant.id).with_for_update())
    stays = read.stays(session, look.program, look.today - read.RECENT, Placement.participant_id.in_(ids))
    rows = read.observed(session, {stay.id: stay.last_day - FOUR_WEEKS for stay in stays})
    asked = read.requirements(session, {stay.opening for stay in stays})
    known = read.abilities(session, ids)
    before = decided(session, ProfileSuggestion.participant_id, ids)
    wanted: dict[Key, Wanted] = {}
    for person in ids:
        own = [stay for stay in stays if stay.participant == person]
        for trait, tasks in look.links.tasks.items():
            key, level = (person, trait), known[person].get(trait)
            said = before.get(key, Decided())
            after = look.day(said.accepted[-1][0]) if said.accepted else None
            found = [
                (stay, asked[stay.opening][trait], seen)
                for stay in own
                if trait in asked[stay.opening]
                and (seen := learning.evidence(rows[stay.id], tasks, stay.first_day, stay.last_day, after))
            ]
            if (suggested := _ability(look, level, found, said)) is not None:
                wanted[key] = suggested
    return write_suggestions(session, work, look.program, "participant_id", ids, wanted)


def _ability(
    look: _Look, level: int | None, found: Sequence[tuple[Stay, int, Evidence]], said: Decided
) -> Wanted | None:
    newest = max((seen.last for _, _, seen in found), default=look.today)
    found = [row for row in found if row[2].last > newest - FOUR_WEEKS]
    change = learning.ability_change(level, [(asked, seen) for _, asked, seen in found])
    if change is None:
        return None
    stay, asked, seen = found[change.index]
    if not _may(look, said, change.level, seen.last):
        return None
    raised = level is None or change.level > level
    words = learning.ability_words(seen, raised, look.links.names, stay.role, asked)
    return Wanted(level, change.level, words)


def _openings(session: Session, work: Work, look: _Look, ids: Collection[int]) -> Written:
    """Suggestions about requirements, from everybody who worked there within a year, each in their last weeks."""
    session.execute(select(Opening.id).where(Opening.id.in_(ids)).order_by(Opening.id).with_for_update())
    stays = read.stays(session, look.program, look.today - read.YEAR, Placement.opening_id.in_(ids))
    rows = read.observed(session, {stay.id: stay.last_day - FOUR_WEEKS for stay in stays})
    asked = read.requirements(session, ids)
    people = {stay.participant for stay in stays}
    known = read.abilities(session, people)
    changed = decided(session, ProfileSuggestion.participant_id, people)
    before = decided(session, ProfileSuggestion.opening_id, ids)
    wanted: dict[Key, Wanted] = {}
    for opening in ids:
        own = [stay for stay in stays if stay.opening == opening]
        for trait, level in asked[opening].items():
            key, tasks = (opening, trait), look.links.tasks.get(trait, frozenset())
            said = before.get(key, Decided())
            after = look.day(said.accepted[-1][0]) if said.accepted else None
            cases = [
                Case(stay.participant, _known_then(look, stay, known[stay.participant].get(trait), past), seen)
                for stay in own
                if (seen := learning.evidence(rows[stay.id], tasks, stay.first_day, stay.last_day, after))
                for past in [changed.get((stay.participant, trait), Decided())]
            ]
            change = learning.requirement_change(level, cases)
            if change is not None and _may(look, said, change.level, max(case.evidence.last for case in cases)):
                wanted[key] = Wanted(level, change.level, learning.requirement_words(level, change))
    return write_suggestions(session, work, look.program, "opening_id", ids, wanted)


def _known_then(look: _Look, stay: Stay, now: int | None, past: Decided) -> int | None:
    """What was known when they worked there: accepting a suggestion since has changed the profile, not the past."""
    for at, level in past.accepted:
        if stay.first_day is not None and look.day(at) >= stay.first_day:
            return level
    return now


def _may(look: _Look, said: Decided, level: int, last: date) -> bool:
    if said.refused is None:
        return True
    at, refused = said.refused
    return learning.may_repeat(refused, look.day(at), level, last, look.today)
