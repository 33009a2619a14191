"""Many at once for few places. Threads are real, and so are both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from placement.domain.errors import Refused, Stale
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import Answer, PlacementState
from placement.domain.proposals import RunState
from placement.domain.roles import Role
from placement.models.accounts.account import Account
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchRun
from placement.models.placements.placement import Placement, PlacementMove
from placement.usecases.matching.confirm import ConfirmMatching, StalePairs, confirm_matching
from placement.usecases.matching.run import RunMatching, run_matching
from placement.usecases.placements.answer import AnswerPlacement, answer_placement
from placement.usecases.placements.propose import ProposePlacement, propose_placement
from tests.factories.cast import Cast
from tests.factories.make import Make

THREADS = 12
PLACES = 3
OCCUPYING = ("proposed", "offered", "accepted", "active", "paused")


def at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Run all at the same moment; an answer is what a job returned, or the refusal it raised."""
    barrier = Barrier(len(jobs))

    def start(job: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return job()
        except (Refused, Stale) as error:
            return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(start, jobs))


def counted(make: Make, opening: Opening) -> tuple[int, int]:
    """(the opening's counter, placements that occupy a place)."""
    rows = select(func.count()).select_from(Placement)
    live = make.one(rows.where(Placement.opening_id == opening.id, Placement.state.in_(OCCUPYING)))
    return make.one(select(Opening.filled).where(Opening.id == opening.id)), live


@pytest.fixture
def scarce(make: Make, cast: Cast) -> Opening:
    return make.opening(cast.other_site, "Scarce", capacity=PLACES)


def people(make: Make, cast: Cast, count: int = THREADS) -> list[str]:
    return [
        make.participant(cast.a.program, f"Race {n}", status=ParticipantStatus.WAITING).public_id for n in range(count)
    ]


def test_twelve_proposals_for_three_places(make: Make, cast: Cast, scarce: Opening) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    jobs = [
        lambda person=person: propose_placement(make.work, coordinator, ProposePlacement(person, scarce.public_id))
        for person in people(make, cast)
    ]
    answers = at_once(jobs)
    assert sum(isinstance(answer, str) for answer in answers) == PLACES
    assert sum(isinstance(answer, Refused) for answer in answers) == THREADS - PLACES
    assert counted(make, scarce) == (PLACES, PLACES)


def test_the_same_person_twelve_times_is_there_once(make: Make, cast: Cast, scarce: Opening) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    (person,) = people(make, cast, 1)
    job = lambda: propose_placement(make.work, coordinator, ProposePlacement(person, scarce.public_id))  # noqa: E731
    answers = at_once([job] * THREADS)
    assert sum(isinstance(answer, str) for answer in answers) == 1
    assert counted(make, scarce) == (1, 1)


def test_twelve_runs_confirmed_for_three_places(make: Make, cast: Cast, scarce: Opening) -> None:
    """Each run holds one person, so that only the places decide."""
    coordinator = make.actor(cast.accounts.coordinator)
    runs = [
        run_matching(make.work, coordinator, RunMatching("Race", (person,), (scarce.public_id,)))
        for person in people(make, cast)
    ]
    jobs = [lambda run=run: confirm_matching(make.work, coordinator, ConfirmMatching(run, 1)) for run in runs]
    answers = at_once(jobs)
    assert sum(isinstance(answer, tuple) for answer in answers) == PLACES
    assert counted(make, scarce) == (PLACES, PLACES)
    confirmed = select(func.count()).select_from(MatchRun).where(MatchRun.state == RunState.CONFIRMED)
    assert make.one(confirmed) == PLACES


def test_two_cohorts_over_several_openings_never_wait_in_a_circle(make: Make, cast: Cast, scarce: Opening) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    openings = [scarce, *(make.opening(cast.other_site, f"Opening {n}", capacity=2) for n in range(4))]
    keys = tuple(opening.public_id for opening in openings)
    runs = [
        run_matching(make.work, coordinator, RunMatching("Race", tuple(people(make, cast, 5)), keys)) for _ in range(6)
    ]
    answers = at_once(
        [lambda run=run: confirm_matching(make.work, coordinator, ConfirmMatching(run, 1)) for run in runs]
    )
    assert any(isinstance(answer, tuple) for answer in answers)
    for opening in openings:
        taken, live = counted(make, opening)
        assert taken == live <= opening.capacity


def test_two_coordinators_confirm_the_same_people_and_places(make: Make, cast: Cast, scarce: Opening) -> None:
    """Each from a draft of their own, over the same cohort: one is told what no longer holds, nothing is oversold."""
    both = [
        make.actor(cast.accounts.coordinator),
        make.actor(make.account("Second", [Role.COORDINATOR], cast.a.program)),
    ]
    cohort = tuple(people(make, cast, PLACES + 1))
    runs = [run_matching(make.work, who, RunMatching("Race", cohort, (scarce.public_id,))) for who in both]
    answers = at_once(
        [
            lambda run=run, who=who: confirm_matching(make.work, who, ConfirmMatching(run, 1))
            for run, who in zip(runs, both, strict=True)
        ]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["StalePairs", "tuple"]
    (refused,) = [answer for answer in answers if isinstance(answer, StalePairs)]
    assert len(refused.pairs) == PLACES
    assert counted(make, scarce) == (PLACES, PLACES)
    states = select(MatchRun.state).where(MatchRun.public_id.in_(runs)).order_by(MatchRun.state)
    assert make.all(states) == [RunState.CONFIRMED, RunState.DRAFT]


def test_one_person_in_two_drafts_gets_one_proposal(make: Make, cast: Cast, scarce: Opening) -> None:
    """Places would be there for both; the person is one."""
    coordinator = make.actor(cast.accounts.coordinator)
    other = make.opening(cast.other_site, "Other", capacity=PLACES)
    (person,) = people(make, cast, 1)
    runs = [
        run_matching(make.work, coordinator, RunMatching("Race", (person,), (opening.public_id,)))
        for opening in (scarce, other)
    ]
    answers = at_once(
        [lambda run=run: confirm_matching(make.work, coordinator, ConfirmMatching(run, 1)) for run in runs]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["StalePairs", "tuple"]
    assert counted(make, scarce)[0] + counted(make, other)[0] == 1


def test_one_run_confirmed_twelve_times_is_confirmed_once(make: Make, cast: Cast, scarce: Opening) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    run = run_matching(make.work, coordinator, RunMatching("Race", tuple(people(make, cast, 2)), (scarce.public_id,)))
    answers = at_once([lambda: confirm_matching(make.work, coordinator, ConfirmMatching(run, 1))] * THREADS)
    assert sum(isinstance(answer, tuple) for answer in answers) == 1
    assert counted(make, scarce) == (2, 2)


def test_answers_and_proposals_at_once_keep_the_counter_true(make: Make, cast: Cast, scarce: Opening) -> None:
    """Three say no (twice each) while six others are proposed: what is given back may be taken, nothing more."""
    coordinator = make.actor(cast.accounts.coordinator)
    asked = [
        (make.participant(cast.a.program, f"Asked {n}", account=True), PlacementState.PROPOSED) for n in range(PLACES)
    ]
    jobs: list[Callable[[], object]] = []
    for person, state in asked:
        row = make.placement(person, scarce, state)
        account = make.one(select(Account).where(Account.id == person.account_id))
        command, who = AnswerPlacement(row.public_id, Answer.NO), make.actor(account)
        jobs += [lambda command=command, who=who: answer_placement(make.work, who, command)] * 2
    jobs += [
        lambda person=person: propose_placement(make.work, coordinator, ProposePlacement(person, scarce.public_id))
        for person in people(make, cast, THREADS - len(jobs))
    ]
    answers = at_once(jobs)
    assert not [answer for answer in answers[: 2 * PLACES] if answer is not None]
    taken, live = counted(make, scarce)
    assert taken == live <= PLACES
    proposed = sum(isinstance(answer, str) for answer in answers)
    assert taken == proposed
    declined = select(func.count()).select_from(PlacementMove).where(PlacementMove.to_state == PlacementState.DECLINED)
    assert make.one(declined) == PLACES
