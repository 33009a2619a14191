from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.matching.problem import Problem
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import Answer, PlacementState
from placement.domain.proposals import Mark, RunState
from placement.domain.words import Say
from placement.models.employers.employer import Site
from placement.models.matching.run import MatchBan, MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion, EmployerWish
from placement.usecases.matching.marks import (
    AllowPair,
    BanPair,
    MarkPair,
    allow_pair,
    ban_pair,
    discard_run,
    mark_pair,
)
from placement.usecases.matching.run import run_matching
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.usecases.matching.cohort import Cohort, drawn, write_cohort


def the_run(make: Make, public_id: str) -> MatchRun:
    found: MatchRun = make.one(select(MatchRun).where(MatchRun.public_id == public_id))
    return found


def pairs(make: Make, public_id: str) -> dict[int, Proposal]:
    rows = make.all(
        select(Proposal).join(MatchRun, MatchRun.id == Proposal.run_id).where(MatchRun.public_id == public_id)
    )
    return {row.participant_id: row for row in rows}


@pytest.fixture
def cohort(make: Make, cast: Cast) -> Cohort:
    return write_cohort(make, cast)


def test_a_run_keeps_its_problem_and_a_row_for_everybody(make: Make, cast: Cast, cohort: Cohort) -> None:
    ana, bo, cem = cohort.people
    make.add(
        EmployerWish(
            program_id=cast.a.program.id, participant_id=bo.id, employer_id=employer(make, cohort), wish="love"
        )
    )
    make.add(EmployerExclusion(program_id=cast.a.program.id, participant_id=ana.id, employer_id=employer(make, cohort)))
    make.add(EmployerExclusion(program_id=cast.a.program.id, participant_id=ana.id, employer_id=cast.a.employer.id))
    public = drawn(make, cohort, minimum_fit=1000)
    run = the_run(make, public)
    assert (run.name, run.state, run.people, run.places, run.placed) == ("Winter", RunState.DRAFT, 3, 3, 2)
    assert run.proved_best
    problem = Problem.from_json(run.problem)
    assert {person.key for person in problem.people} == {person.public_id for person in cohort.people}
    assert problem.settings.minimum_fit == 1000
    found = pairs(make, public)
    assert found[bo.id].opening_id == cohort.bakery.id
    assert found[cem.id].opening_id == cohort.stock.id
    assert sum((found[bo.id].parts or {}).values()) == found[bo.id].fit
    assert run.total_fit == sum(row.fit or 0 for row in found.values())
    assert found[ana.id].opening_id is None
    assert "No opening passes" in Say.from_json(found[ana.id].reason or {}).msgid


def employer(make: Make, cohort: Cohort) -> int:
    return int(make.one(select(Site.employer_id).where(Site.id == cohort.bakery.site_id)))


def test_locks_and_bans_live_on_in_the_next_draft(make: Make, cohort: Cohort) -> None:
    ana, bo, _cem = cohort.people
    first = drawn(make, cohort)
    at_bakery = next(row for row in pairs(make, first).values() if row.opening_id == cohort.bakery.id)
    person = next(p for p in cohort.people if p.id == at_bakery.participant_id)
    other = ana if person is not ana else bo
    ban_pair(make.work, cohort.coordinator, BanPair(first, person.public_id, cohort.bakery.public_id, "too early"))
    stocked = pairs(make, first)[other.id]
    mark_pair(make.work, cohort.coordinator, MarkPair(first, stocked.public_id, True))
    second = drawn(make, cohort, from_run=first)
    found = pairs(make, second)
    assert found[person.id].opening_id != cohort.bakery.id
    assert (found[other.id].opening_id, found[other.id].mark) == (cohort.stock.id, Mark.LOCKED)
    ban = make.one(select(MatchBan).where(MatchBan.run_id == the_run(make, second).id))
    assert (ban.participant_id, ban.opening_id, ban.reason) == (person.id, cohort.bakery.id, "too early")
    assert pairs(make, first)[person.id].opening_id == cohort.bakery.id, "the first draft stays as it was"


def test_what_takes_a_mark_back(make: Make, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    row = next(iter(pairs(make, public).values()))
    person = next(p for p in cohort.people if p.id == row.participant_id)
    opening = cohort.bakery if row.opening_id == cohort.bakery.id else cohort.stock
    who, work = cohort.coordinator, make.work
    mark_pair(work, who, MarkPair(public, row.public_id, True))
    mark_pair(work, who, MarkPair(public, row.public_id, True))
    assert the_run(make, public).version == 2
    ban_pair(work, who, BanPair(public, person.public_id, opening.public_id))
    assert pairs(make, public)[person.id].mark is Mark.FREE
    with pytest.raises(Refused):
        mark_pair(work, who, MarkPair(public, row.public_id, True))
    allow_pair(work, who, AllowPair(public, person.public_id, opening.public_id))
    assert make.all(select(MatchBan.run_id)) == []
    mark_pair(work, who, MarkPair(public, row.public_id, True))
    mark_pair(work, who, MarkPair(public, row.public_id, False))
    assert pairs(make, public)[person.id].mark is Mark.FREE


def test_a_kept_pair_that_breaks_a_rule_is_named(make: Make, cast: Cast, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    row = next(row for row in pairs(make, public).values() if row.opening_id == cohort.stock.id)
    mark_pair(make.work, cohort.coordinator, MarkPair(public, row.public_id, True))
    make.add(
        EmployerExclusion(
            program_id=cast.a.program.id, participant_id=row.participant_id, employer_id=cast.a.employer.id
        )
    )
    with pytest.raises(Refused) as caught:
        drawn(make, cohort, from_run=public)
    name = next(p.preferred_name for p in cohort.people if p.id == row.participant_id)
    assert caught.value.reason.params["person"] == name
    assert caught.value.reason.params["opening"] == "Stock helper"


def test_a_no_is_respected_in_every_later_run(make: Make, cohort: Cohort) -> None:
    for person in cohort.people:
        make.placement(person, cohort.bakery, PlacementState.DECLINED, answer=Answer.NO)
    found = pairs(make, drawn(make, cohort))
    assert cohort.bakery.id not in {row.opening_id for row in found.values()}


def test_who_and_what_may_be_matched(make: Make, cast: Cast, cohort: Cohort) -> None:
    command = cohort.command()
    for people, openings in (
        ((cast.b.participant.public_id,), command.openings),
        (command.participants, (cast.b.opening.public_id,)),
    ):
        with pytest.raises(NotFound):
            run_matching(make.work, cohort.coordinator, replace(command, participants=people, openings=openings))
    for changes in ({"participants": ()}, {"openings": ()}, {"participants": ("x",) * 10_001}):
        with pytest.raises(Refused):
            run_matching(make.work, cohort.coordinator, replace(command, **changes))  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        run_matching(make.work, cohort.coordinator, replace(command, from_run=cast.b.run.public_id))
    for who in ("therapist", "coach", "supervisor", "noa", "admin"):
        with pytest.raises(Forbidden):
            run_matching(make.work, make.actor(getattr(cast.accounts, who)), command)


def test_who_left_since_is_left_out_when_it_is_run_again(make: Make, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    gone = cohort.people[0]

    def finish(session: object) -> None:
        session.get_one(Participant, gone.id).status = ParticipantStatus.FINISHED  # type: ignore[attr-defined]

    make.do(finish)
    assert gone.id not in pairs(make, drawn(make, cohort, from_run=public))
    with pytest.raises(NotFound):
        drawn(make, cohort)


def test_a_discarded_run_can_only_be_read(make: Make, cast: Cast, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    with pytest.raises(NotFound):
        discard_run(make.work, make.actor(cast.accounts.outsider_coordinator), public)
    discard_run(make.work, cohort.coordinator, public)
    assert the_run(make, public).state is RunState.DISCARDED
    row = next(iter(pairs(make, public).values()))
    with pytest.raises(Refused):
        mark_pair(make.work, cohort.coordinator, MarkPair(public, row.public_id, True))
    with pytest.raises(Refused):
        discard_run(make.work, cohort.coordinator, public)
