"""The daily look: what was seen becomes suggestions, and never a changed profile."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.occasions import Audience
from placement.domain.placements import PlacementKind
from placement.domain.proposals import Decision
from placement.domain.suggestions import Reply
from placement.domain.support import RaterKind
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.system.log import Audit
from placement.policy.actor import Actor
from placement.queries.matching import learning
from placement.usecases.effects.suggestions import Written
from placement.usecases.matching.decide import decide_suggestion, undo_decision
from placement.usecases.matching.learn import Failure, refresh_suggestions
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter
from tests.usecases.matching.seen import Shop, able, rated, refresh, shop, worked


@pytest.fixture
def store(make: Make, cast: Cast) -> Shop:
    return shop(make, cast.a.program, cast.a.catalog)


@pytest.fixture
def coordinator(make: Make, cast: Cast) -> Actor:
    return make.actor(cast.accounts.coordinator)


def look(work: Work, cast: Cast) -> Written:
    return refresh_suggestions(work, cast.a.program.id).written


def opened(make: Make) -> list[Any]:
    return make.all(
        select(ProfileSuggestion).where(ProfileSuggestion.decision == Decision.OPEN).order_by(ProfileSuggestion.id)
    )


def people(make: Make, cast: Cast, count: int) -> list[Participant]:
    return [make.participant(cast.a.program, f"Person{number}") for number in range(count)]


def test_doing_it_alone_suggests_what_the_opening_asks_for(make: Make, work: Work, cast: Cast, store: Shop) -> None:
    worked(make, store, cast.lee, [3, 4, 5, 5, 6])
    assert look(work, cast) == Written(added=1)
    (row,) = opened(make)
    assert (row.participant_id, row.opening_id, row.trait_id) == (cast.lee.id, None, store.trait.id)
    assert (row.from_level, row.to_level) == (None, 3)
    seen = row.evidence["params"]["seen"]["$say"]
    # Of the twelve shifts, three are more than four weeks before the last one; the next took a reminder.
    assert (seen["params"]["times"], seen["params"]["shifts"]) == (8, 9)
    assert seen["params"]["tasks"]["$say"]["params"]["one"]["$wording"] == store.catalog.tasks[0].name
    assert make.all(select(Ability.level)) == []
    # Another look comes to the same.
    assert look(work, cast) == Written()
    assert [one.public_id for one in opened(make)] == [row.public_id]


def test_much_help_suggests_one_level_less(make: Make, work: Work, cast: Cast, store: Shop) -> None:
    able(make, cast.lee, store.trait, 5)
    worked(make, store, cast.lee, [2])
    look(work, cast)
    assert [(row.from_level, row.to_level) for row in opened(make)] == [(5, 4)]
    assert make.all(select(Ability.level)) == [5]


@pytest.mark.parametrize(("known", "ranks"), [(None, [2]), (3, [6]), (5, [6]), (2, [2]), (3, [5]), (None, [5])])
def test_nothing_is_suggested_where_nothing_is_learned(
    make: Make, work: Work, cast: Cast, store: Shop, known: int | None, ranks: list[int]
) -> None:
    if known is not None:
        able(make, cast.lee, store.trait, known)
    worked(make, store, cast.lee, ranks)
    assert look(work, cast) == Written()


def test_four_weeks_and_six_shifts_are_needed(make: Make, work: Work, cast: Cast, store: Shop) -> None:
    one, two = people(make, cast, 2)
    worked(make, store, one, [6], days=(-27, -24, -20, -17, -13, -10, -6))
    worked(make, store, two, [6], days=(-41, -36, -20, -17, -13, -10, -6))
    assert look(work, cast) == Written()


def test_what_somebody_said_about_themselves_never_counts(make: Make, work: Work, cast: Cast, store: Shop) -> None:
    worked(make, store, cast.lee, [6])
    make.do(lambda session: session.execute(update(Rater).values(kind=RaterKind.SELF)))
    assert look(work, cast) == Written()


def test_private_tasks_and_the_own_workplace_are_left_out(make: Make, work: Work, cast: Cast, store: Shop) -> None:
    one, two = people(make, cast, 2)
    worked(make, store, one, [6])
    stay = worked(make, store, two, [6])
    own = update(Placement).where(Placement.id == stay.id).values(kind=PlacementKind.OWN_WORKPLACE)
    make.do(lambda session: session.execute(own))
    tasks = update(Task).where(Task.program_id == one.program_id)
    private = {"audience": Audience.PRIVATE, "participant_id": one.id}
    make.do(lambda session: session.execute(tasks.values(private)))
    assert look(work, cast) == Written()
    make.do(lambda session: session.execute(tasks.values(audience=Audience.PROGRAM, participant_id=None)))
    assert look(work, cast) == Written(added=1)
    assert [row.participant_id for row in opened(make)] == [one.id]


def test_newer_shifts_renew_or_withdraw(make: Make, work: Work, cast: Cast, store: Shop, clock: Clock) -> None:
    stay = worked(make, store, cast.lee, [6])
    look(work, cast)
    (first,) = opened(make)
    clock.advance(days=1)
    worked(make, store, cast.lee, [6], days=(-1,), placement=stay)
    assert look(work, cast) == Written(renewed=1)
    (row,) = opened(make)
    assert row.public_id == first.public_id
    assert row.evidence != first.evidence
    clock.advance(days=8)
    worked(make, store, cast.lee, [3], days=(-3, -2, -1), placement=stay)
    assert look(work, cast) == Written(withdrawn=1)
    assert opened(make) == []


def test_a_correction_withdraws(make: Make, work: Work, cast: Cast, store: Shop, clock: Clock) -> None:
    worked(make, store, cast.lee, [6])
    look(work, cast)
    make.do(lambda session: session.execute(update(Observation).values(replaced_at=clock.now)))
    assert look(work, cast) == Written(withdrawn=1)


def test_it_waits_while_nobody_works_but_not_forever(
    make: Make, work: Work, cast: Cast, store: Shop, clock: Clock
) -> None:
    worked(make, store, cast.lee, [6])
    look(work, cast)
    clock.advance(days=80)
    assert look(work, cast) == Written()
    clock.advance(days=7)
    assert look(work, cast) == Written(withdrawn=1)


def test_a_profile_changed_by_hand_is_looked_at_anew(make: Make, work: Work, cast: Cast, store: Shop) -> None:
    worked(make, store, cast.lee, [6])
    look(work, cast)
    able(make, cast.lee, store.trait, 1)
    assert look(work, cast) == Written(renewed=1)
    assert [(row.from_level, row.to_level) for row in opened(make)] == [(1, 3)]
    make.do(lambda session: session.execute(update(Ability).values(level=4)))
    assert look(work, cast) == Written(withdrawn=1)


def test_what_was_refused_comes_back_only_with_newer_shifts(
    make: Make, work: Work, cast: Cast, store: Shop, coordinator: Actor, clock: Clock
) -> None:
    stay = worked(make, store, cast.lee, [6])
    look(work, cast)
    decide_suggestion(work, coordinator, opened(make)[0].public_id, Reply.REFUSE)
    assert look(work, cast) == Written()
    clock.advance(days=28)
    assert look(work, cast) == Written(), "the same shifts"
    worked(make, store, cast.lee, [6], days=(-20, -18, -15, -11, -7, -1), placement=stay)
    assert look(work, cast) == Written(added=1)


def test_one_acceptance_does_not_lead_to_the_next_by_the_same_shifts(
    make: Make, work: Work, cast: Cast, store: Shop, coordinator: Actor
) -> None:
    able(make, cast.lee, store.trait, 5)
    worked(make, store, cast.lee, [2])
    look(work, cast)
    decide_suggestion(work, coordinator, opened(make)[0].public_id, Reply.ACCEPT)
    assert make.all(select(Ability.level)) == [4]
    assert look(work, cast) == Written()


def test_three_people_who_needed_much_help_suggest_to_ask_for_more(
    make: Make, work: Work, cast: Cast, store: Shop, coordinator: Actor
) -> None:
    group = people(make, cast, 3)
    for person in group:
        able(make, person, store.trait, 3)
        worked(make, store, person, [2])
    look(work, cast)
    assert sorted((row.opening_id or 0, row.from_level, row.to_level) for row in opened(make)) == [
        (0, 3, 2), (0, 3, 2), (0, 3, 2), (store.opening.id, 3, 4),
    ]  # fmt: skip
    words = str(next(row.evidence for row in opened(make) if row.opening_id))
    assert not any(person.preferred_name in words for person in group)
    # What was known when they worked there stays what it was, though the profiles say less now.
    for row in opened(make):
        if row.participant_id is not None:
            decide_suggestion(work, coordinator, row.public_id, Reply.ACCEPT)
    assert look(work, cast) == Written()
    assert [row.opening_id for row in opened(make)] == [store.opening.id]


def test_three_people_below_it_who_needed_no_help_suggest_to_ask_for_less(
    make: Make, work: Work, cast: Cast, store: Shop
) -> None:
    for person in people(make, cast, 3):
        able(make, person, store.trait, 1)
        worked(make, store, person, [6])
    look(work, cast)
    assert [(row.from_level, row.to_level) for row in opened(make) if row.opening_id] == [(3, 2)]


@pytest.mark.parametrize("known", [(3, 3), (3, 3, None)])
def test_two_people_are_too_few_and_unknown_is_nobody(
    make: Make, work: Work, cast: Cast, store: Shop, known: tuple[int | None, ...]
) -> None:
    for person, level in zip(people(make, cast, len(known)), known, strict=True):
        if level is not None:
            able(make, person, store.trait, level)
        worked(make, store, person, [2])
    look(work, cast)
    assert [row for row in opened(make) if row.opening_id] == []


def test_undone_it_is_open_again(make: Make, work: Work, cast: Cast, store: Shop, coordinator: Actor) -> None:
    worked(make, store, cast.lee, [6])
    look(work, cast)
    (row,) = opened(make)
    for reply in Reply:
        decide_suggestion(work, coordinator, row.public_id, reply)
        undo_decision(work, coordinator, row.public_id)
        (again,) = opened(make)
        assert (again.public_id, again.decided_at, again.decided_by_id) == (row.public_id, None, None)
        assert make.all(select(Ability.level)) == []


def test_once_a_day_by_the_programs_own_calendar(make: Make, work: Work, cast: Cast, store: Shop, clock: Clock) -> None:
    looks = select(func.count(Audit.id)).where(Audit.action == "suggestions.refresh")
    worked(make, store, cast.lee, [6])
    first = refresh_suggestions(work, once_a_day=True)
    assert first.written == Written(added=1)
    assert make.one(looks) == first.programs
    assert refresh_suggestions(work, once_a_day=True).programs == 0
    clock.advance(hours=13)  # 22:00 UTC: eleven at night in Berlin
    assert refresh_suggestions(work, once_a_day=True).programs == 0
    clock.advance(hours=1)  # midnight in Berlin
    assert refresh_suggestions(work, once_a_day=True).programs == first.programs
    with pytest.raises(NotFound):
        refresh_suggestions(work, 10**9)


def test_a_program_that_fails_does_not_keep_the_others_waiting(
    make: Make, work: Work, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked(make, shop(make, cast.b.program, cast.b.catalog), make.participant(cast.b.program, "Noor"), [6])
    first, last = cast.a.program.id, make.program("Farthest", zone="Atlantis/Sunk").id
    assert first < cast.b.program.id < last
    real = learning.people_to_look_at

    def some(db: Session, program: int, today: date) -> list[int]:
        if program == first:
            raise RuntimeError("something personal")
        return real(db, program, today)

    monkeypatch.setattr(learning, "people_to_look_at", some)
    found = refresh_suggestions(work, once_a_day=True)
    assert (found.programs, found.written) == (1, Written(added=1))
    assert found.failed == (Failure(first, "RuntimeError"), Failure(last, "ZoneInfoNotFoundError"))
    with pytest.raises(RuntimeError):
        refresh_suggestions(work, first)


def test_as_many_statements_for_many_people_as_for_few(
    make: Make, work: Work, cast: Cast, store: Shop, statements: Counter
) -> None:
    worked(make, store, cast.lee, [6])
    look(work, cast)
    with statements:
        look(work, cast)
    few = statements.count
    for person in people(make, cast, 4):
        stay = worked(make, store, person, [6])
        rated(make, store, stay, make.day(-2), [6, 6])
        refresh(make, person)
    assert look(work, cast).added == 4
    with statements:
        assert look(work, cast) == Written()
    assert statements.count == few
