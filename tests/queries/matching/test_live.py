"""Looking live at who fits what: the same fits as a run's, everybody named, few statements whatever the size."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound
from placement.domain.matching.options import options
from placement.domain.matching.problem import Settings, Weights
from placement.domain.matching.remedies import sensible_help
from placement.domain.participants import ParticipantStatus, Wish
from placement.domain.placements import Answer, PlacementState
from placement.models.employers.opening import Opening, OpeningAccommodation
from placement.models.matching.tables import TravelMinutes
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability, EmployerExclusion, EmployerWish, Need, TaskWish
from placement.queries.matching.live import SAID_NO, SHOWN, Asked, openings_for, people_for_opening
from placement.queries.matching.problem import load_problem
from placement.usecases.placements.answer import AnswerPlacement, answer_placement
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import MORNINGS, Make
from tests.statements import Counter

PLAIN = Asked(Settings())


@pytest.fixture
def rich(cast: Cast, make: Make) -> Cast:
    """Lee with everything a profile can hold, and openings near, far, full, and at an employer ruled out."""
    catalog, lee, program = cast.a.catalog, cast.lee, cast.a.program

    def change(session: Session) -> None:
        person = session.get_one(Participant, lee.id)
        person.lat, person.lon, person.travel_limit_minutes = 52.5, 13.4, 30
        person.availability, person.weekly_hours_limit, person.status = MORNINGS, 25, ParticipantStatus.WAITING
        rows = {"program_id": program.id, "participant_id": lee.id}
        session.add_all(
            [
                *[
                    Ability(**rows, trait_id=trait.id, level=level)
                    for trait, level in zip(catalog.traits, (2, 5, 3), strict=True)
                ],
                TaskWish(**rows, task_id=catalog.tasks[0].id, wish=Wish.LOVE),
                TaskWish(**rows, task_id=catalog.tasks[1].id, wish=Wish.RATHER_NOT),
                EmployerWish(**rows, employer_id=cast.a.employer.id, wish=Wish.LIKE),
                Need(**rows, accommodation_id=catalog.accommodations[0].id),
            ]
        )  # fmt: skip

    make.do(change)
    need = catalog.accommodations[0]
    other = make.employer(program, "Never Again")
    make.add(EmployerExclusion(program_id=program.id, participant_id=lee.id, employer_id=other.id))
    near = make.site(cast.a.employer, "Near", lat=52.51, lon=13.41)
    far = make.site(cast.a.employer, "Far", lat=52.9, lon=13.4)
    looked_up = make.site(cast.a.employer, "Looked up", lat=52.9, lon=13.4)
    make.add(TravelMinutes(program_id=program.id, participant_id=lee.id, site_id=looked_up.id, minutes=25))
    for number, site in enumerate((near, far, looked_up, make.site(other))):
        opening = make.opening(
            site, f"Job {number}", tasks=catalog.tasks[number : number + 2],
            requirements=[(catalog.traits[0], 3), (catalog.traits[number % 3], 2)][: 1 + (number % 3 > 0)],
        )  # fmt: skip
        make.add(OpeningAccommodation(program_id=program.id, opening_id=opening.id, accommodation_id=need.id))
    full = make.opening(near, "Full", capacity=1, filled=1)
    make.add(OpeningAccommodation(program_id=program.id, opening_id=full.id, accommodation_id=need.id))
    return cast


@pytest.mark.parametrize("weights", [Weights(), Weights(1000, 6000, 1500, 1500)])
def test_the_same_as_a_run_would_say(weights: Weights, reads: Session, make: Make, rich: Cast) -> None:
    coordinator = make.actor(rich.accounts.coordinator)
    settings = Settings(weights)
    keys = make.all(select(Opening.public_id).where(Opening.program_id == rich.a.program.id))
    people = make.all(select(Participant.public_id).where(Participant.program_id == rich.a.program.id))
    problem = load_problem(reads, coordinator, people, keys, settings).problem
    live = openings_for(reads, coordinator, rich.lee.public_id, Asked(settings), make.today)
    expected = options(problem, rich.lee.public_id)
    assert [(line.public_id, line.fit, line.refusal) for line in live.lines] == [
        (one.opening, one.fit, one.refusal) for one in expected
    ]
    assert (live.fitting, live.total) == (sum(one.fit is not None for one in expected), len(expected))
    assert 0 < live.fitting < live.total
    for line in live.lines:
        assert line.fit is None or sum((line.parts.profile, line.parts.wishes, line.parts.travel,
                                        line.parts.schedule)) == line.fit  # fmt: skip
        help_ = sensible_help(problem, rich.lee.public_id, line.public_id)
        assert [one.msgid for one in line.help] == [
            "It would have to offer what they need: %(things)s." if remedy.needs else remedy.words.msgid
            for remedy in help_
        ]
        other = people_for_opening(reads, coordinator, line.public_id, Asked(settings), make.today)
        mine = next(one for one in other.lines if one.public_id == rich.lee.public_id)
        if line.name == "Full":
            assert (line.fit, line.free) == (None, 0)
            assert mine.fit is not None
        else:
            assert (mine.fit, mine.refusal) == (line.fit, line.refusal)


def test_a_table_of_minutes_goes_before_the_map(reads: Session, make: Make, rich: Cast) -> None:
    live = openings_for(reads, make.actor(rich.accounts.coordinator), rich.lee.public_id, PLAIN, make.today)
    by_name = {line.name: line for line in live.lines}
    assert by_name["Job 2"].fit is not None
    assert by_name["Job 1"].fit is None


def test_nobody_is_hidden_everybody_is_marked(work: Work, reads: Session, make: Make, rich: Cast) -> None:
    coordinator, opening = make.actor(rich.accounts.coordinator), rich.proposed.opening_id
    public = make.one(select(Opening.public_id).where(Opening.id == opening))
    make.do(lambda s: setattr(s.get_one(Participant, rich.lee.id), "status", ParticipantStatus.PAUSED))
    kim = make.actor(rich.accounts.kim)

    def marks() -> dict[str, tuple[list[str], bool]]:
        found = people_for_opening(reads, coordinator, public, PLAIN, make.today)
        return {line.name: ([mark.msgid for mark in line.marks], line.here) for line in found.lines}

    assert marks() == {
        "Noa Lind": (["%(shop)s: %(state)s"], False),
        "Kim Okafor": (["%(shop)s: %(state)s"], True),
        "Lee Abel": (["paused"], False),
    }
    answer_placement(work, kim, AnswerPlacement(rich.proposed.public_id, Answer.TALK_FIRST))
    assert marks()["Kim Okafor"] == (["%(shop)s: would like to talk first"], True)
    later = make.today + timedelta(days=5)
    answer_placement(work, kim, AnswerPlacement(rich.proposed.public_id, Answer.NOT_NOW, later))
    assert marks()["Kim Okafor"] == (["%(shop)s: said “not now”, ask again on %(day)s"], True)
    own = openings_for(reads, coordinator, rich.kim.public_id, PLAIN, make.today)
    assert [mark.msgid for mark in own.marks] == ["%(shop)s: said “not now”, ask again on %(day)s"]
    assert [line.here for line in own.lines if line.public_id == public] == [True]


@pytest.mark.parametrize("answer", [Answer.NOT_NOW, Answer.TALK_FIRST, Answer.NO])
def test_no_answer_lowers_a_fit(answer: Answer, work: Work, reads: Session, make: Make, rich: Cast) -> None:
    """Only a pair somebody said no to is no longer offered; every other fit is what it was."""
    coordinator = make.actor(rich.accounts.coordinator)
    public = make.one(select(Opening.public_id).where(Opening.id == rich.proposed.opening_id))

    def fits() -> dict[str, int | None]:
        found = openings_for(reads, coordinator, rich.kim.public_id, PLAIN, make.today)
        return {line.public_id: line.fit for line in found.lines}

    before = fits()
    answer_placement(work, make.actor(rich.accounts.kim), AnswerPlacement(rich.proposed.public_id, answer))
    after = fits()
    if answer is Answer.NO:
        assert (before.pop(public) is None, after.pop(public)) == (False, None)
        found = people_for_opening(reads, coordinator, public, PLAIN, make.today)
        kim = next(line for line in found.lines if line.public_id == rich.kim.public_id)
        assert (kim.refusal, kim.help, kim.here) == (SAID_NO, (), False)
    assert after == before


def test_finding_and_turning_pages(reads: Session, make: Make, rich: Cast) -> None:
    coordinator, program = make.actor(rich.accounts.coordinator), rich.a.program
    for number in range(SHOWN + 3):
        make.participant(program, f"Uma{number}", "Berg", status=ParticipantStatus.WAITING)
    public = rich.a.opening.public_id
    first = people_for_opening(reads, coordinator, public, PLAIN, make.today)
    second = people_for_opening(reads, coordinator, public, Asked(Settings(), page=1), make.today)
    assert (len(first.lines), first.more, second.more) == (SHOWN, True, False)
    assert {line.public_id for line in first.lines}.isdisjoint(line.public_id for line in second.lines)
    assert first.total == len(first.lines) + len(second.lines)
    found = people_for_opening(reads, coordinator, public, Asked(Settings(), q="uma3"), make.today)
    assert [line.name for line in found.lines] == ["Uma3 Berg"]
    waiting = people_for_opening(reads, coordinator, public, Asked(Settings(), waiting=True), make.today)
    assert waiting.total == first.total - 2
    job = openings_for(reads, coordinator, rich.lee.public_id, Asked(Settings(), q="job 1"), make.today)
    assert [line.name for line in job.lines] == ["Job 1"]


def test_who_may_ask(reads: Session, make: Make, rich: Cast) -> None:
    for who in ("therapist", "coach", "supervisor", "noa", "admin"):
        actor = make.actor(getattr(rich.accounts, who))
        with pytest.raises(Forbidden):
            openings_for(reads, actor, rich.a.participant.public_id, PLAIN, make.today)
        with pytest.raises(Forbidden):
            people_for_opening(reads, actor, rich.a.opening.public_id, PLAIN, make.today)
    outsider = make.actor(rich.accounts.outsider_coordinator)
    with pytest.raises(NotFound):
        openings_for(reads, outsider, rich.a.participant.public_id, PLAIN, make.today)
    with pytest.raises(NotFound):
        people_for_opening(reads, outsider, rich.a.opening.public_id, PLAIN, make.today)


def test_what_they_need_is_named(reads: Session, make: Make, rich: Cast) -> None:
    coordinator, need = make.actor(rich.accounts.coordinator), rich.a.catalog.accommodations[0]
    live = openings_for(reads, coordinator, rich.lee.public_id, PLAIN, make.today)
    (line,) = [one for one in live.lines if one.public_id == rich.a.opening.public_id]
    (help_,) = [one for one in line.help if "things" in one.params]
    assert help_.params["things"].params["thing"] == need.name


def test_six_statements_for_one_or_many(reads: Session, make: Make, rich: Cast, statements: Counter) -> None:
    coordinator = make.actor(rich.accounts.coordinator)
    counts = []
    for _ in range(2):
        with statements:
            openings_for(reads, coordinator, rich.lee.public_id, PLAIN, make.today)
        counts.append(statements.count)
        with statements:
            people_for_opening(reads, coordinator, rich.a.opening.public_id, PLAIN, make.today)
        counts.append(statements.count)
        for number in range(30):
            make.placement(
                make.participant(rich.a.program, f"Pat{number}"), rich.a.opening, PlacementState.DECLINED,
                answer=Answer.NO,
            )  # fmt: skip
    assert counts == [6, 6, 6, 6]
