"""Pairs placed against a rule, when they are confirmed; and what is taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.matching.problem import Settings
from placement.domain.proposals import Mark, RunState
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion
from placement.models.placements.placement import Placement
from placement.usecases.matching.confirm import ConfirmMatching, StalePairs, confirm_matching
from placement.usecases.matching.marks import (
    AllowPair,
    BanPair,
    MarkPair,
    allow_pair,
    ban_pair,
    discard_run,
    mark_pair,
    restore_run,
)
from placement.usecases.matching.run import Hold, RunMatching, run_matching
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.usecases.matching.cohort import Cohort, drawn, write_cohort


@pytest.fixture
def cohort(make: Make, cast: Cast) -> Cohort:
    return write_cohort(make, cast)


def forced(make: Make, cohort: Cohort) -> str:
    """A run in which the first person is at the bakery although they can work only three hours."""
    ana = cohort.people[0]
    make.do(lambda session: setattr(session.get_one(Participant, ana.id), "weekly_hours_limit", 3))
    hold = Hold(ana.public_id, cohort.bakery.public_id, "She wants to try")
    command = cohort.command()
    return run_matching(
        make.work,
        cohort.coordinator,
        RunMatching(command.name, command.participants, command.openings, Settings(), drawn(make, cohort), hold),
    )


def run_of(make: Make, public: str) -> MatchRun:
    found: MatchRun = make.one(select(MatchRun).where(MatchRun.public_id == public))
    return found


def row_of(make: Make, cohort: Cohort, public: str) -> Proposal:
    found: Proposal = make.one(
        select(Proposal).where(
            Proposal.run_id == run_of(make, public).id, Proposal.participant_id == cohort.people[0].id
        )
    )
    return found


def confirm(make: Make, cohort: Cohort, public: str) -> tuple[str, ...]:
    return confirm_matching(make.work, cohort.coordinator, ConfirmMatching(public, run_of(make, public).version))


def test_the_rule_it_goes_against_does_not_make_it_stale(make: Make, cohort: Cohort) -> None:
    public = forced(make, cohort)
    assert row_of(make, cohort, public).mark is Mark.FORCED
    assert len(confirm(make, cohort, public)) == 3
    placed = make.one(select(Placement).where(Placement.participant_id == cohort.people[0].id))
    assert placed.force_reason == "She wants to try"


def protect(cohort: Cohort) -> Callable[[Session], None]:
    def change(session: Session) -> None:
        site = select(Opening.site_id).where(Opening.id == cohort.bakery.id).scalar_subquery()
        employer = session.scalar(select(Site.employer_id).where(Site.id == site))
        ana = cohort.people[0]
        session.add(EmployerExclusion(program_id=ana.program_id, participant_id=ana.id, employer_id=employer))

    return change


def fill(cohort: Cohort) -> Callable[[Session], None]:
    def change(session: Session) -> None:
        session.get_one(Opening, cohort.bakery.id).filled = 1

    return change


@pytest.mark.parametrize(("meanwhile", "word"), [(protect, "never"), (fill, "free place")])
def test_a_protection_and_a_missing_place_do(
    meanwhile: Callable[[Cohort], Callable[[Session], None]], word: str, make: Make, cohort: Cohort
) -> None:
    public = forced(make, cohort)
    make.do(meanwhile(cohort))
    with pytest.raises(StalePairs) as caught:
        confirm(make, cohort, public)
    assert [pair.person for pair in caught.value.pairs] == ["Ana"]
    assert word in repr(caught.value.pairs[0].reason)
    people = [person.id for person in cohort.people]
    assert make.all(select(Placement.id).where(Placement.participant_id.in_(people))) == []


def test_set_free_it_is_held_to_the_rules_again(make: Make, cohort: Cohort) -> None:
    public = forced(make, cohort)
    row = row_of(make, cohort, public)
    mark_pair(make.work, cohort.coordinator, MarkPair(public, row.public_id, False))
    with pytest.raises(StalePairs):
        confirm(make, cohort, public)
    mark_pair(make.work, cohort.coordinator, MarkPair(public, row.public_id, True))
    assert row_of(make, cohort, public).mark is Mark.FORCED, "with the reason it had"
    assert confirm(make, cohort, public)


def test_putting_back_keeps_what_was_kept(make: Make, cohort: Cohort) -> None:
    public = forced(make, cohort)
    ana, bakery = cohort.people[0].public_id, cohort.bakery.public_id
    assert ban_pair(make.work, cohort.coordinator, BanPair(public, ana, bakery)) is True
    assert row_of(make, cohort, public).mark is Mark.FREE
    assert ban_pair(make.work, cohort.coordinator, BanPair(public, ana, bakery)) is False
    allow_pair(make.work, cohort.coordinator, AllowPair(public, ana, bakery, keep=True))
    assert row_of(make, cohort, public).mark is Mark.FORCED


def test_only_what_was_discarded_comes_back(make: Make, cast: Cast, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    with pytest.raises(Refused):
        restore_run(make.work, cohort.coordinator, public)
    discard_run(make.work, cohort.coordinator, public)
    with pytest.raises(NotFound):
        restore_run(make.work, make.actor(cast.accounts.outsider_coordinator), public)
    with pytest.raises(Forbidden):
        restore_run(make.work, make.actor(cast.accounts.therapist), public)
    version = run_of(make, public).version
    restore_run(make.work, cohort.coordinator, public)
    assert (run_of(make, public).state, run_of(make, public).version) == (RunState.DRAFT, version + 1)
    assert len(confirm(make, cohort, public)) == 3
