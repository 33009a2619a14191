from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.openings import OpeningState
from placement.domain.placements import PlacementKind, PlacementState
from placement.domain.proposals import Mark, RunState
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion
from placement.models.placements.placement import Placement
from placement.usecases.matching.confirm import ConfirmMatching, StalePairs, confirm_matching
from placement.usecases.matching.marks import BanPair, MarkPair, ban_pair, mark_pair
from placement.usecases.placements.propose import ProposePlacement, propose_placement
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.usecases.matching.cohort import Cohort, drawn, write_cohort


@pytest.fixture
def cohort(make: Make, cast: Cast) -> Cohort:
    return write_cohort(make, cast)


def run_of(make: Make, public: str) -> MatchRun:
    found: MatchRun = make.one(select(MatchRun).where(MatchRun.public_id == public))
    return found


def rows(make: Make, public: str) -> list[Proposal]:
    return make.all(select(Proposal).where(Proposal.run_id == run_of(make, public).id).order_by(Proposal.id))


def confirm(make: Make, cohort: Cohort, public: str, *chosen: Proposal) -> tuple[str, ...]:
    proposals = tuple(row.public_id for row in chosen) or None
    return confirm_matching(
        make.work, cohort.coordinator, ConfirmMatching(public, run_of(make, public).version, proposals)
    )


def placements(make: Make, cohort: Cohort) -> list[Placement]:
    people = [person.id for person in cohort.people]
    return make.all(select(Placement).where(Placement.participant_id.in_(people)))


def filled(make: Make, opening: Opening) -> int:
    return int(make.one(select(Opening.filled).where(Opening.id == opening.id)))


def test_all_pairs_become_proposed_placements(make: Make, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    made = confirm(make, cohort, public)
    found = {row.participant_id: row for row in placements(make, cohort)}
    assert len(made) == len(found) == 3
    for row in rows(make, public):
        placed = found[row.participant_id]
        assert (placed.state, placed.fit, placed.opening_id) == (PlacementState.PROPOSED, row.fit, row.opening_id)
        assert (placed.run_id, placed.first_day, placed.pattern) == (row.run_id, make.today, cohort.stock.pattern)
    assert (filled(make, cohort.bakery), filled(make, cohort.stock)) == (1, 2)
    assert run_of(make, public).state is RunState.CONFIRMED
    with pytest.raises(Refused):
        confirm(make, cohort, public)


def test_chosen_pairs_only_and_none_that_was_taken_out(make: Make, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    first, second, third = rows(make, public)
    person = {p.id: p.public_id for p in cohort.people}
    opening = {o.id: o.public_id for o in (cohort.bakery, cohort.stock)}
    ban_pair(
        make.work,
        cohort.coordinator,
        BanPair(public, person[first.participant_id], opening[first.opening_id or 0]),
    )
    with pytest.raises(Refused):
        confirm(make, cohort, public, first)
    with pytest.raises(NotFound):
        confirm_matching(
            make.work, cohort.coordinator, ConfirmMatching(public, run_of(make, public).version, ("unknown",))
        )
    confirm(make, cohort, public, second)
    assert [row.participant_id for row in placements(make, cohort)] == [second.participant_id]
    assert third.participant_id not in {row.participant_id for row in placements(make, cohort)}


def test_without_choosing_the_pairs_taken_out_stay_out(make: Make, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    first = rows(make, public)[0]
    person = next(p for p in cohort.people if p.id == first.participant_id)
    opening = cohort.bakery if first.opening_id == cohort.bakery.id else cohort.stock
    ban_pair(make.work, cohort.coordinator, BanPair(public, person.public_id, opening.public_id))
    confirm(make, cohort, public)
    assert {row.participant_id for row in placements(make, cohort)} == {p.id for p in cohort.people} - {person.id}


def close_stock(cohort: Cohort) -> Callable[[Session], None]:
    def change(session: Session) -> None:
        session.get_one(Opening, cohort.stock.id).state = OpeningState.CLOSED

    return change


def fill_stock(cohort: Cohort) -> Callable[[Session], None]:
    def change(session: Session) -> None:
        session.get_one(Opening, cohort.stock.id).filled = 1

    return change


def archive(cohort: Cohort) -> Callable[[Session], None]:
    def change(session: Session) -> None:
        row = session.get_one(Participant, cohort.people[0].id)
        row.archived_at = row.created_at

    return change


def exclude(cohort: Cohort) -> Callable[[Session], None]:
    def change(session: Session) -> None:
        employers = select(Opening.site_id).where(Opening.id == cohort.bakery.id).scalar_subquery()
        from_site = session.scalar(select(Site.employer_id).where(Site.id == employers))
        for person in cohort.people:
            session.add(
                EmployerExclusion(program_id=person.program_id, participant_id=person.id, employer_id=from_site)
            )

    return change


def limit_hours(cohort: Cohort) -> Callable[[Session], None]:
    def change(session: Session) -> None:
        for person in cohort.people:
            session.get_one(Participant, person.id).weekly_hours_limit = 3

    return change


@pytest.mark.parametrize(
    ("meanwhile", "stale", "word"),
    [
        (close_stock, 2, "no longer open"),
        (fill_stock, 1, "free place"),
        (archive, 1, "in the program"),
        (exclude, 1, "never"),
        (limit_hours, 3, "hours a week"),
    ],
)
def test_what_no_longer_holds_is_listed_and_nothing_half_done(
    meanwhile: Callable[[Cohort], Callable[[Session], None]], stale: int, word: str, make: Make, cohort: Cohort
) -> None:
    public = drawn(make, cohort)
    make.do(meanwhile(cohort))
    before = (filled(make, cohort.bakery), filled(make, cohort.stock), run_of(make, public).version)
    with pytest.raises(StalePairs) as caught:
        confirm(make, cohort, public)
    assert len(caught.value.pairs) == stale
    assert all(word in pair.reason.msgid for pair in caught.value.pairs)
    assert placements(make, cohort) == []
    assert (filled(make, cohort.bakery), filled(make, cohort.stock), run_of(make, public).version) == before
    assert run_of(make, public).state is RunState.DRAFT


def test_somebody_placed_elsewhere_since_is_stale(make: Make, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    person = cohort.people[0]
    elsewhere = make.opening(make.one(select(Site).where(Site.id == cohort.stock.site_id)), "Elsewhere")
    propose_placement(make.work, cohort.coordinator, ProposePlacement(person.public_id, elsewhere.public_id))
    with pytest.raises(StalePairs) as caught:
        confirm(make, cohort, public)
    assert [pair.person for pair in caught.value.pairs] == [person.preferred_name]


def test_the_minimum_fit_holds_but_not_for_kept_pairs(make: Make, cohort: Cohort) -> None:
    public = drawn(make, cohort, minimum_fit=5000)
    kept = rows(make, public)[0]
    mark_pair(make.work, cohort.coordinator, MarkPair(public, kept.public_id, True))
    assert kept.mark is Mark.FREE

    def far(session: Session) -> None:
        for person in cohort.people:
            session.get_one(Participant, person.id).availability = 0b1111 << 36
        for opening in (cohort.bakery, cohort.stock):
            session.get_one(Opening, opening.id).minimum_weekly_hours = 1

    make.do(far)
    with pytest.raises(StalePairs) as caught:
        confirm(make, cohort, public)
    names = {p.preferred_name for p in cohort.people if p.id != kept.participant_id}
    assert {pair.person for pair in caught.value.pairs} == names
    assert all("below the minimum" in pair.reason.msgid for pair in caught.value.pairs)


def test_who_confirms_and_what(make: Make, cast: Cast, cohort: Cohort) -> None:
    public = drawn(make, cohort)
    with pytest.raises(Stale):
        confirm_matching(make.work, cohort.coordinator, ConfirmMatching(public, 99))
    with pytest.raises(Refused):
        confirm_matching(make.work, cohort.coordinator, ConfirmMatching(public, 1, kind=PlacementKind.OWN_WORKPLACE))
    with pytest.raises(Refused):
        confirm_matching(make.work, cohort.coordinator, ConfirmMatching(public, 1, ()))
    with pytest.raises(NotFound):
        confirm_matching(make.work, make.actor(cast.accounts.outsider_coordinator), ConfirmMatching(public, 1))
    with pytest.raises(Forbidden):
        confirm_matching(make.work, make.actor(cast.accounts.therapist), ConfirmMatching(public, 1))
    assert make.one(select(func.count()).select_from(Placement).where(Placement.run_id == run_of(make, public).id)) == 0
