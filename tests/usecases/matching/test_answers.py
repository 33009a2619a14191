"""What people answered is respected in the next run; no answer changes a fit."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import Answer, PlacementState
from placement.domain.roles import Role
from placement.domain.words import Say
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchRun, Proposal
from placement.queries.matching.cohort import OpeningFilter, PeopleFilter, every_opening, everybody, staff
from placement.usecases.matching.confirm import ConfirmMatching, StalePairs, confirm_matching
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.usecases.matching.cohort import Cohort, drawn, write_cohort


@pytest.fixture
def cohort(make: Make, cast: Cast) -> Cohort:
    return write_cohort(make, cast)


@pytest.fixture
def elsewhere(make: Make, cast: Cast) -> Opening:
    return make.opening(cast.other_site, "Elsewhere", capacity=5)


def rows(make: Make, public: str) -> dict[int, Proposal]:
    found = make.all(
        select(Proposal).join(MatchRun, MatchRun.id == Proposal.run_id).where(MatchRun.public_id == public)
    )
    return {row.participant_id: row for row in found}


def test_who_asked_to_wait_is_left_out_with_a_sentence(
    make: Make, cohort: Cohort, elsewhere: Opening, clock: Clock
) -> None:
    ana, bo, cem = cohort.people
    plain = rows(make, drawn(make, cohort))[cem.id].fit
    day = make.day(10)
    make.placement(ana, elsewhere, PlacementState.WITHDRAWN, answer=Answer.NOT_NOW, ask_again_on=day)
    make.placement(bo, elsewhere, PlacementState.PROPOSED, answer=Answer.TALK_FIRST)
    make.placement(cem, elsewhere, PlacementState.WITHDRAWN, answer=Answer.TALK_FIRST)
    public = drawn(make, cohort)
    found = rows(make, public)
    assert found[ana.id].opening_id is found[bo.id].opening_id is None
    assert Say.from_json(found[ana.id].reason or {}).params == {"day": day}
    assert "talk first" in Say.from_json(found[bo.id].reason or {}).msgid
    assert found[cem.id].fit == plain, "talking is over with the proposal, and no answer costs fit"
    run = make.one(select(MatchRun).where(MatchRun.public_id == public))
    assert (run.people, run.placed, len(run.problem["people"])) == (3, 1, 1)
    clock.advance(days=11)
    later = rows(make, drawn(make, cohort, from_run=public))
    assert later[ana.id].opening_id is not None
    assert later[bo.id].opening_id is None


def test_an_answer_since_the_draft_keeps_a_pair_from_being_confirmed(
    make: Make, cohort: Cohort, elsewhere: Opening
) -> None:
    public = drawn(make, cohort)
    make.placement(
        cohort.people[0], elsewhere, PlacementState.WITHDRAWN, answer=Answer.NOT_NOW, ask_again_on=make.day(5)
    )
    with pytest.raises(StalePairs) as caught:
        confirm_matching(make.work, cohort.coordinator, ConfirmMatching(public, 1))
    assert [(pair.person, pair.reason.params) for pair in caught.value.pairs] == [("Ana", {"day": make.day(5)})]


def test_nobody_left_to_match_is_said(make: Make, cohort: Cohort, elsewhere: Opening) -> None:
    for person in cohort.people:
        make.placement(person, elsewhere, PlacementState.PROPOSED, answer=Answer.TALK_FIRST)
    with pytest.raises(Refused) as caught:
        drawn(make, cohort)
    assert "matched today" in caught.value.reason.msgid


def test_whom_the_filters_find(make: Make, cast: Cast, cohort: Cohort, elsewhere: Opening, reads: Session) -> None:
    ana, bo, cem = cohort.people
    who, day = cohort.coordinator, make.today
    make.placement(ana, elsewhere, PlacementState.PROPOSED, answer=Answer.TALK_FIRST)
    make.placement(bo, elsewhere, PlacementState.PROPOSED)
    active = make.participant(cast.a.program, "Dag", "Winter", status=ParticipantStatus.ACTIVE)
    make.assign(cast.accounts.coach, cem)

    def found(wanted: PeopleFilter) -> dict[str, bool]:
        known = {row.public_id: row.preferred_name for row in (*cohort.people, active)}
        return {known[key]: waits for key, waits in everybody(reads, who, day, wanted).items() if key in known}

    assert found(PeopleFilter()) == {"Ana": True, "Cem": False}
    assert found(PeopleFilter(None)) == {"Ana": True, "Bo": False, "Cem": False, "Dag": False}
    assert found(PeopleFilter(ParticipantStatus.ACTIVE)) == {"Dag": False}
    assert found(PeopleFilter(q="winter c")) == {"Cem": False}
    assert found(PeopleFilter(staff=cast.accounts.coach.public_id)) == {"Cem": False}
    assert found(PeopleFilter(staff="nobody")) == {}
    assert everybody(reads, make.actor(cast.accounts.outsider_coordinator), day, PeopleFilter(q="winter")) == {}


def test_what_the_filters_find(make: Make, cast: Cast, cohort: Cohort, reads: Session) -> None:
    who, day = cohort.coordinator, make.today
    late = make.opening(cast.other_site, "Late shift", first_day=make.day(30))
    make.opening(cast.other_site, "Full", capacity=1, filled=1)
    everything = every_opening(reads, who, day, OpeningFilter())
    assert {cohort.bakery.public_id, cohort.stock.public_id, late.public_id} <= set(everything)
    assert late.public_id in every_opening(reads, who, day, OpeningFilter(before=make.day(31)))
    assert late.public_id not in every_opening(reads, who, day, OpeningFilter(before=make.day(30)))
    named = every_opening(reads, who, day, OpeningFilter("bakery helper"))
    assert cohort.bakery.public_id in named
    assert cohort.stock.public_id not in named
    assert "Full" not in make.all(select(Opening.role).where(Opening.public_id.in_(everything)))


def test_staff_to_narrow_down_by_oneself_first(make: Make, cast: Cast, cohort: Cohort, reads: Session) -> None:
    other = make.account("Aa Early", [Role.COACH], cast.a.program)
    gone = make.account("Gone", [Role.COACH], cast.a.program)
    make.assign(other, cohort.people[0])
    make.assign(cohort.account, cohort.people[1])
    make.assign(gone, cohort.people[1], last_day=make.day(-1))
    names = [one.name for one in staff(reads, cohort.coordinator, make.today)]
    assert names[0] == cohort.account.name
    assert other.name in names
    assert "Gone" not in names
    assert len(names) == len(set(names))
