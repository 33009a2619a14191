"""Turning the pairs of a draft into proposed placements: all of the chosen ones, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.matching.against import against
from placement.domain.matching.options import refusals
from placement.domain.matching.problem import Settings
from placement.domain.openings import place_name
from placement.domain.placements import PlacementKind, PlacementState, can_be_matched, occupies
from placement.domain.proposals import Mark, RunState
from placement.domain.words import Say, say, say_n
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, MatchForce, MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.queries.matching.problem import Loaded, load_problem
from placement.queries.matching.runs import its_ban, its_force
from placement.usecases.effects.log import audit
from placement.usecases.effects.placements import NewPlacement, add_placement
from placement.usecases.effects.runs import locked_draft
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class ConfirmMatching:
    """``version`` of the run as it was looked at; ``proposals`` by public id, None for every pair not taken out."""

    run: str
    version: int
    proposals: tuple[str, ...] | None = None
    kind: PlacementKind = PlacementKind.INTERNSHIP


@dataclass(frozen=True, slots=True)
class StalePair:
    """A pair that no longer holds: names of person and opening, and why."""

    person: str
    opening: str
    reason: Say


class StalePairs(Refused):
    """Some pairs no longer hold; nothing was done."""

    def __init__(self, pairs: Sequence[StalePair]) -> None:
        super().__init__(
            say_n(
                "One pair no longer holds, so nothing was proposed.",
                "%(n)s pairs no longer hold, so nothing was proposed.",
                len(pairs),
            )
        )
        self.pairs = tuple(pairs)


class _Pair(NamedTuple):
    public_id: str
    person_id: int
    person: str
    name: str
    opening_id: int
    opening: str
    role: str
    employer: str
    site: str
    mark: Mark
    fit: int
    banned: bool
    force_reason: str

    @property
    def place(self) -> str:
        return place_name(self.role, self.employer, self.site)


def confirm_matching(work: Work, actor: Actor, command: ConfirmMatching) -> tuple[str, ...]:
    """Make a placement in state *proposed* of every chosen pair; returns their public ids.

    Everything is checked again on today's data: version, hard rules, minimum fit, free places. Raises NotFound,
    Forbidden, Stale when the run changed meanwhile, StalePairs with what no longer holds, and Refused when nothing
    is chosen or the kind is never matched. Then nothing at all is written.
    """
    if not can_be_matched(command.kind):
        raise Refused(say("A return to one's own workplace is never matched."), "kind")
    with work.transaction() as session:
        run = locked_draft(session, actor, command.run)
        check_version(run, command.version, {})
        pairs = _chosen(_pairs(session, run), command.proposals)
        _hold(session, pairs)
        loaded = _load(session, actor, run, pairs, actor.today(work.clock()))
        stale = _stale(session, run, pairs, loaded)
        if stale:
            raise StalePairs(stale)
        made = _place(session, work, actor, run, command.kind, pairs, loaded)
        run.state = RunState.CONFIRMED
        audit(session, work, actor, "matching.confirm", "match_run", run.id, placed=len(made))
        return made


def _pairs(session: Session, run: MatchRun) -> list[_Pair]:
    """In the order of openings, so that two confirmations take places in the same order."""
    columns: tuple[Any, ...] = (
        *(Proposal.public_id, Participant.id, Participant.public_id, Participant.preferred_name, Opening.id),
        *(Opening.public_id, Opening.role, Employer.name.label("employer"), Site.name.label("site"), Proposal.mark),
        *(Proposal.fit, MatchBan.run_id.is_not(None), func.coalesce(MatchForce.reason, "")),
    )
    rows = session.execute(
        select(*columns)
        .join(Participant, Participant.id == Proposal.participant_id)
        .join(Opening, Opening.id == Proposal.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(MatchBan, its_ban())
        .outerjoin(MatchForce, its_force())
        .where(Proposal.run_id == run.id)
        .order_by(Opening.id, Participant.id)
    )
    return [_Pair(*row) for row in rows]


def _chosen(pairs: list[_Pair], wanted: tuple[str, ...] | None) -> list[_Pair]:
    if wanted is not None:
        if set(wanted) - {pair.public_id for pair in pairs}:
            raise NotFound
        pairs = [pair for pair in pairs if pair.public_id in set(wanted)]
        if any(pair.banned for pair in pairs):
            raise Refused(say("A pair that was taken out cannot be proposed. Put it back first."))
    pairs = [pair for pair in pairs if not pair.banned]
    if not pairs:
        raise Refused(say("Choose at least one pair."))
    return pairs


def _hold(session: Session, pairs: list[_Pair]) -> None:
    """Nobody confirms another draft with one of these people meanwhile: they would get two proposals.

    Not so strong that it keeps anybody from pointing at them: whoever does may hold a place that we wait for.
    """
    people = [pair.person_id for pair in pairs]
    session.execute(
        select(Participant.id)
        .where(Participant.id.in_(people))
        .order_by(Participant.id)
        .with_for_update(key_share=True)
    )


def _load(session: Session, actor: Actor, run: MatchRun, pairs: list[_Pair], today: date) -> Loaded:
    asked = session.scalar(select(MatchRun.problem["settings"]).where(MatchRun.id == run.id))
    return load_problem(
        session,
        actor,
        [pair.person for pair in pairs],
        [pair.opening for pair in pairs],
        Settings.from_json(asked),
        locks=[(pair.person, pair.opening) for pair in pairs if pair.mark is not Mark.FREE],
        today=today,
    )


def _stale(session: Session, run: MatchRun, pairs: list[_Pair], loaded: Loaded) -> list[StalePair]:
    there = [pair for pair in pairs if pair.person in loaded.people and pair.opening in loaded.openings]
    broken = dict(refusals(loaded.problem, [(pair.person, pair.opening) for pair in there]))
    for pair in there:
        if pair.mark is Mark.FORCED and _may_be_forced(loaded, pair):
            broken.pop((pair.person, pair.opening), None)
    placed = set(
        session.scalars(
            select(Placement.participant_id).where(
                Placement.participant_id.in_([pair.person_id for pair in pairs]),
                Placement.state.in_([state for state in PlacementState if occupies(state)]),
                Placement.created_at >= run.created_at,
            )
        )
    )
    free = {opening.key: opening.places for opening in loaded.problem.openings}
    found = []
    for pair in pairs:
        reason = _reason(pair, loaded, broken.get((pair.person, pair.opening)), pair.person_id in placed, free)
        if reason is not None:
            found.append(StalePair(pair.name, pair.place, reason))
        elif pair.opening in free:
            free[pair.opening] -= 1
    return found


def _may_be_forced(loaded: Loaded, pair: _Pair) -> bool:
    """Decided by a person already, unless it is a protection, their own no, or no place is left."""
    one = loaded.problem.only(pair.person, pair.opening)
    said_no = {pair.opening} if (pair.person, pair.opening) in loaded.declined else set()
    return all(found.forcible for found in against(one, pair.person, said_no=said_no))


def _reason(pair: _Pair, loaded: Loaded, broken: Say | None, placed: bool, free: dict[str, int]) -> Say | None:
    if pair.person in loaded.aside:
        return loaded.aside[pair.person]
    if pair.person not in loaded.people:
        return say("They are no longer in the program.")
    if pair.opening not in loaded.openings:
        return say("This opening is no longer open.")
    if placed:
        return say("They have been proposed another place since this run.")
    if broken is None and free[pair.opening] <= 0:
        return say("Its last free place has been taken.")
    return broken


def _place(
    session: Session, work: Work, actor: Actor, run: MatchRun, kind: PlacementKind, pairs: list[_Pair], loaded: Loaded
) -> tuple[str, ...]:
    made, today = [], actor.today(work.clock())
    for pair in pairs:
        terms = loaded.openings[pair.opening]
        new = NewPlacement(
            program_id=run.program_id,
            participant_id=pair.person_id,
            opening_id=pair.opening_id,
            kind=kind,
            first_day=_first_day(terms.first_day, terms.last_day, today),
            last_day=terms.last_day,
            pattern=terms.pattern,
            run_id=run.id,
            fit=pair.fit,
            force_reason=pair.force_reason if pair.mark is Mark.FORCED else "",
        )
        try:
            made.append(add_placement(session, work, actor, new).public_id)
        except Refused as error:
            # Taken between the check and now, by somebody who was not in our way until here.
            raise StalePairs([StalePair(pair.name, pair.place, error.reason)]) from error
    return tuple(made)


def _first_day(first: date, last: date | None, today: date) -> date:
    """The opening's first day, or today once it has begun; an opening that is over keeps its own day."""
    return first if last is not None and last < today else max(first, today)
