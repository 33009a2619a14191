"""Pairs set by hand live on from draft to draft; what may never be forced."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.matching.problem import Mode, Problem, Settings
from placement.domain.matching.result import Solution
from placement.domain.placements import Answer, PlacementState
from placement.domain.proposals import Mark
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, MatchForce, MatchRun, Proposal
from placement.models.matching.tables import OpeningRank, TravelMinutes
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion
from placement.usecases.matching import run as running
from placement.usecases.matching.marks import AllowPair, BanPair, MarkPair, allow_pair, ban_pair, mark_pair
from placement.usecases.matching.run import Hold, run_matching, try_matching
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.usecases.matching.cohort import Cohort, drawn, write_cohort


@pytest.fixture
def cohort(make: Make, cast: Cast) -> Cohort:
    return write_cohort(make, cast)


def the_run(make: Make, public_id: str) -> MatchRun:
    found: MatchRun = make.one(select(MatchRun).where(MatchRun.public_id == public_id))
    return found


def pair_of(make: Make, public_id: str, person: Participant) -> Proposal:
    found: Proposal = make.one(
        select(Proposal).where(Proposal.run_id == the_run(make, public_id).id, Proposal.participant_id == person.id)
    )
    return found


def hold(
    make: Make, cohort: Cohort, former: str | None, person: int, opening: Opening, reason: str | None = None
) -> str:
    pair = Hold(cohort.people[person].public_id, opening.public_id, reason)
    return drawn(make, cohort, from_run=former, hold=pair)


def shorten(make: Make, person: Participant, hours: float | None) -> None:
    def change(session: Session) -> None:
        session.get_one(Participant, person.id).weekly_hours_limit = hours

    make.do(change)


def exclude(make: Make, person: Participant, opening: Opening) -> None:
    employer = make.one(select(Site.employer_id).where(Site.id == opening.site_id))
    make.add(EmployerExclusion(program_id=person.program_id, participant_id=person.id, employer_id=employer))


def decline(make: Make, person: Participant, opening: Opening) -> None:
    make.placement(person, opening, PlacementState.DECLINED, answer=Answer.NO)


def test_choosing_another_opening_makes_a_new_draft_and_leaves_the_former(make: Make, cohort: Cohort) -> None:
    first = drawn(make, cohort)
    before = [pair_of(make, first, person).opening_id for person in cohort.people]
    for n in range(3):
        second = hold(make, cohort, first, n, cohort.bakery)
        chosen = pair_of(make, second, cohort.people[n])
        assert (chosen.opening_id, chosen.mark) == (cohort.bakery.id, Mark.LOCKED)
        assert the_run(make, second).from_run_id == the_run(make, first).id
    assert [pair_of(make, first, person).opening_id for person in cohort.people] == before
    with pytest.raises(Refused) as caught:
        hold(make, cohort, second, 0, cohort.bakery)
    assert "places" in str(caught.value.reason.params["reason"].msgid)
    moved = hold(make, cohort, second, 2, cohort.stock)
    assert pair_of(make, moved, cohort.people[2]).opening_id == cohort.stock.id, "the new choice outweighs the old lock"


def test_everything_by_hand_lives_on_several_drafts_deep(make: Make, cohort: Cohort) -> None:
    ana, bo, cem = cohort.people
    shorten(make, ana, 3)
    first = hold(make, cohort, None, 0, cohort.bakery, " She knows the shop ")
    ban_pair(make.work, cohort.coordinator, BanPair(first, bo.public_id, cohort.stock.public_id, "stairs"))
    kept = pair_of(make, first, cem)
    mark_pair(make.work, cohort.coordinator, MarkPair(first, kept.public_id, True))
    public = first
    for _ in range(3):
        public = drawn(make, cohort, from_run=public)
    run = the_run(make, public)
    assert (pair_of(make, public, ana).opening_id, pair_of(make, public, ana).mark) == (cohort.bakery.id, Mark.FORCED)
    assert pair_of(make, public, cem).mark is Mark.LOCKED
    assert pair_of(make, public, bo).opening_id is None
    force = make.one(select(MatchForce).where(MatchForce.run_id == run.id))
    assert (force.participant_id, force.opening_id, force.reason) == (ana.id, cohort.bakery.id, "She knows the shop")
    assert make.one(select(MatchBan.reason).where(MatchBan.run_id == run.id)) == "stairs"
    assert Problem.from_json(run.problem).overrides == ((ana.public_id, cohort.bakery.public_id),)
    free = hold(make, cohort, public, 0, cohort.stock, "closer")
    assert make.all(select(MatchForce.opening_id).where(MatchForce.run_id == the_run(make, free).id)) == [
        cohort.stock.id
    ]


def test_a_rule_is_named_and_may_be_broken_with_a_reason(make: Make, cohort: Cohort) -> None:
    shorten(make, cohort.people[0], 3)
    with pytest.raises(Refused) as caught:
        hold(make, cohort, None, 0, cohort.stock)
    assert "hours a week" in caught.value.reason.msgid
    with pytest.raises(Refused) as caught:
        hold(make, cohort, None, 0, cohort.stock, "  ")
    assert caught.value.field == "reason"
    forced = hold(make, cohort, None, 0, cohort.stock, "agreed with the shop")
    assert pair_of(make, forced, cohort.people[0]).mark is Mark.FORCED


def test_below_the_minimum_only_with_a_reason(make: Make, cohort: Cohort) -> None:
    person = cohort.people[0]
    command = cohort.command(10_000, hold=Hold(person.public_id, cohort.stock.public_id))
    with pytest.raises(Refused) as caught:
        run_matching(make.work, cohort.coordinator, command)
    assert "minimum" in caught.value.reason.msgid
    forced = drawn(make, cohort, 10_000, hold=Hold(person.public_id, cohort.stock.public_id, "a try"))
    assert pair_of(make, forced, person).opening_id == cohort.stock.id
    assert the_run(make, forced).placed == 1
    assert the_run(make, forced).worst_fit is None, "what was set by hand says nothing about the rules"


def test_a_ban_by_hand_gives_way_to_a_reason_only(make: Make, cohort: Cohort) -> None:
    person = cohort.people[0]
    first = drawn(make, cohort)
    ban_pair(make.work, cohort.coordinator, BanPair(first, person.public_id, cohort.stock.public_id, "noise"))
    with pytest.raises(Refused):
        hold(make, cohort, first, 0, cohort.stock)
    forced = hold(make, cohort, first, 0, cohort.stock, "quiet hours now")
    assert make.all(select(MatchBan.run_id).where(MatchBan.run_id == the_run(make, forced).id)) == []
    assert pair_of(make, forced, person).mark is Mark.FORCED


@pytest.mark.parametrize("reason", [None, "it would be good for them"])
def test_protection_places_and_a_no_stand_whatever_the_reason(reason: str | None, make: Make, cohort: Cohort) -> None:
    ana, bo, _cem = cohort.people
    exclude(make, ana, cohort.bakery)
    decline(make, bo, cohort.stock)
    make.do(lambda session: setattr(session.get_one(Opening, cohort.bakery.id), "filled", 1))
    for person, opening, words in (
        (0, cohort.bakery, "never"),
        (1, cohort.stock, "no stands"),
        (2, cohort.bakery, "no free place"),
    ):
        with pytest.raises(Refused) as caught:
            hold(make, cohort, None, person, opening, reason)
        assert words in str(caught.value.reason.to_json())


def test_a_no_ends_what_was_kept_or_forced_before(make: Make, cohort: Cohort) -> None:
    ana, bo, _cem = cohort.people
    first = hold(make, cohort, None, 0, cohort.stock, "a try")
    second = hold(make, cohort, first, 1, cohort.stock)
    decline(make, ana, cohort.stock)
    decline(make, bo, cohort.stock)
    third = drawn(make, cohort, from_run=second)
    assert cohort.stock.id not in {pair_of(make, third, person).opening_id for person in (ana, bo)}
    assert make.all(select(MatchForce.run_id).where(MatchForce.run_id == the_run(make, third).id)) == []


def test_only_who_and_what_is_in_the_run_can_be_held(make: Make, cast: Cast, cohort: Cohort) -> None:
    for person, opening in ((cast.b.participant.public_id, cohort.stock.public_id),
                            (cohort.people[0].public_id, cast.b.opening.public_id), ("x", "y")):  # fmt: skip
        with pytest.raises(NotFound):
            drawn(make, cohort, hold=Hold(person, opening, "why"))


def test_what_a_list_is_sorted_by(make: Make, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    run = the_run(make, public)
    rows = [pair_of(make, public, person) for person in cohort.people]
    assert run.worst_fit == min(row.fit or 0 for row in rows)
    weights = Settings().weights
    for row in rows:
        shares = [points * 10_000 // getattr(weights, name) for name, points in (row.parts or {}).items()]
        assert row.weakest == min(shares)
        assert row.contested == 2, "both others could have it"


def test_the_programs_own_minutes_and_rankings_are_asked(make: Make, cohort: Cohort) -> None:
    ana, bo, cem = cohort.people
    rows = [TravelMinutes(program_id=ana.program_id, participant_id=ana.id, site_id=cohort.stock.site_id, minutes=35)]
    for rank, person in ((2, bo), (1, cem)):
        make.add(
            OpeningRank(program_id=ana.program_id, opening_id=cohort.bakery.id, participant_id=person.id, rank=rank)
        )
    make.add(rows[0])
    make.do(lambda session: setattr(session.get_one(Participant, ana.id), "travel_limit_minutes", 30))
    public = drawn(make, cohort, settings=Settings(mode=Mode.STABLE))
    problem = Problem.from_json(the_run(make, public).problem)
    assert problem.person(ana.public_id).minutes == {cohort.stock.public_id: 35}
    assert problem.person(bo.public_id).minutes == {}
    assert problem.opening(cohort.bakery.public_id).ranking == (cem.public_id, bo.public_id)
    assert problem.opening(cohort.stock.public_id).ranking == ()
    assert pair_of(make, public, ana).opening_id != cohort.stock.id


def test_trying_keeps_nothing_and_says_what_would_change(make: Make, cohort: Cohort) -> None:
    first = drawn(make, cohort, openings=(cohort.stock.public_id,))
    same = try_matching(
        make.work, cohort.coordinator, cohort.command(from_run=first, openings=(cohort.stock.public_id,))
    )
    assert (same.changed, same.people, same.before) == (0, 3, same.after)
    ban_pair(make.work, cohort.coordinator, BanPair(first, *both(make, cohort, first)))
    trial = try_matching(make.work, cohort.coordinator, cohort.command(from_run=first))
    assert trial.after is not None
    assert (trial.before.placed, trial.after.placed) == (1, 3)
    assert trial.changed == 2
    assert len(make.all(select(MatchRun.id).where(MatchRun.name == "Winter"))) == 1


def test_what_is_set_by_hand_meanwhile_is_kept(make: Make, cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn(make, cohort)
    pair, real = both(make, cohort, first), running.match
    solved: list[int] = []

    def meanwhile(problem: Problem) -> Solution:
        solved.append(len(problem.bans))
        if len(solved) == 1:
            ban_pair(make.work, cohort.coordinator, BanPair(first, *pair))
        return real(problem)

    monkeypatch.setattr(running, "match", meanwhile)
    again = the_run(make, drawn(make, cohort, from_run=first))
    assert solved == [0, 1]
    assert Problem.from_json(again.problem).bans == (pair,)
    assert len(make.all(select(MatchRun.id).where(MatchRun.name == "Winter"))) == 2


def test_a_draft_that_is_changed_all_the_time_is_not_started_from(
    make: Make, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drawn(make, cohort)
    pair, real = both(make, cohort, first), running.match

    def meanwhile(problem: Problem) -> Solution:
        if problem.bans:
            allow_pair(make.work, cohort.coordinator, AllowPair(first, *pair))
        else:
            ban_pair(make.work, cohort.coordinator, BanPair(first, *pair))
        return real(problem)

    monkeypatch.setattr(running, "match", meanwhile)
    with pytest.raises(Refused, match="Somebody is changing"):
        drawn(make, cohort, from_run=first)
    assert len(make.all(select(MatchRun.id).where(MatchRun.name == "Winter"))) == 1


def test_trying_waits_for_no_writer(make: Make, cohort: Cohort) -> None:
    command = cohort.command(from_run=drawn(make, cohort))
    with make.work.transaction() as session:
        session.execute(update(Participant).values(travel_limit_km=1))
        assert try_matching(make.work, cohort.coordinator, command).changed == 0


def both(make: Make, cohort: Cohort, public: str) -> tuple[str, str]:
    person = next(p for p in cohort.people if pair_of(make, public, p).opening_id == cohort.stock.id)
    return person.public_id, cohort.stock.public_id
