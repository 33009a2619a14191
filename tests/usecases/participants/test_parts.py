"""Abilities, wishes, week, needs, exclusions, assignments."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.participants import Wish
from placement.domain.week import FULL_WEEK
from placement.models.accounts.account import Assignment
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability, EmployerExclusion, EmployerWish, Need, TaskWish
from placement.usecases.participants.abilities import set_abilities
from placement.usecases.participants.assignments import AssignStaff, assign_staff, end_assignment
from placement.usecases.participants.availability import set_availability
from placement.usecases.participants.exclusions import allow_employer, exclude_employer
from placement.usecases.participants.needs import set_needs
from placement.usecases.participants.wishes import set_wishes
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_levels_are_set_changed_and_forgotten_one_by_one(cast: Cast, make: Make, work: Work) -> None:
    thea, noa = make.actor(cast.accounts.therapist), cast.a.participant.public_id
    first, second, third = (trait.public_id for trait in cast.a.catalog.traits[:3])
    set_abilities(work, thea, noa, {first: 0, second: 5})
    set_abilities(work, thea, noa, {second: 4, third: None})
    rows = {row.trait_id: row.level for row in make.all(select(Ability))}
    assert rows == {cast.a.catalog.traits[0].id: 0, cast.a.catalog.traits[1].id: 4}
    set_abilities(work, thea, noa, {first: None})
    assert make.all(select(Ability.level)) == [4]


def test_levels_outside_the_scale_foreign_traits_and_own_ratings_are_refused(
    cast: Cast, make: Make, work: Work
) -> None:
    thea, noa = make.actor(cast.accounts.therapist), cast.a.participant.public_id
    own, foreign = cast.a.catalog.traits[0].public_id, cast.b.catalog.traits[0].public_id
    for level in (-1, 6):
        with pytest.raises(Refused):
            set_abilities(work, thea, noa, {own: level})
    with pytest.raises(NotFound):
        set_abilities(work, thea, noa, {own: 3, foreign: 3})
    with pytest.raises(Forbidden):
        set_abilities(work, make.actor(cast.accounts.noa), noa, {own: 3})
    with pytest.raises(NotFound):
        set_abilities(work, thea, cast.lee.public_id, {own: 3})
    assert make.all(select(Ability)) == []


def test_what_was_seen_decides_about_a_conflict(cast: Cast, make: Make, work: Work) -> None:
    thea, noa = make.actor(cast.accounts.therapist), cast.a.participant.public_id
    trait, other = (trait.public_id for trait in cast.a.catalog.traits[:2])
    set_abilities(work, thea, noa, {trait: 2})
    with pytest.raises(Stale) as stale:
        set_abilities(work, thea, noa, {trait: 4}, seen={})
    assert stale.value.current == {trait: 2}
    set_abilities(work, thea, noa, {other: 1}, seen={})
    set_abilities(work, thea, noa, {trait: 2}, seen={})
    set_abilities(work, thea, noa, {trait: 4}, seen={trait: 2})
    assert sorted(make.all(select(Ability.level))) == [1, 4]


def test_participants_and_their_staff_set_wishes(cast: Cast, make: Make, work: Work) -> None:
    noa = cast.a.participant.public_id
    task, employer = cast.a.catalog.tasks[0].public_id, cast.a.employer.public_id
    set_wishes(work, make.actor(cast.accounts.noa), noa, tasks={task: Wish.LOVE}, employers={employer: Wish.LIKE})
    set_wishes(work, make.actor(cast.accounts.coach), noa, tasks={task: Wish.RATHER_NOT})
    assert make.all(select(TaskWish.wish)) == [Wish.RATHER_NOT]
    set_wishes(work, make.actor(cast.accounts.noa), noa, employers={employer: None})
    assert make.all(select(EmployerWish)) == []
    for foreign in ({"tasks": {cast.b.catalog.tasks[0].public_id: Wish.LIKE}}, {"employers": {"absent": Wish.LIKE}}):
        with pytest.raises(NotFound):
            set_wishes(work, make.actor(cast.accounts.coordinator), noa, **foreign)


def test_a_week_is_kept_replaced_and_forgotten(cast: Cast, make: Make, work: Work) -> None:
    noa, person = make.actor(cast.accounts.noa), cast.a.participant
    saved = select(Participant.availability).where(Participant.id == person.id)
    for mask in (FULL_WEEK, 0, None):
        set_availability(work, noa, person.public_id, mask)
        assert make.one(saved) == mask
    set_availability(work, noa, person.public_id, 7)
    with pytest.raises(Stale) as stale:
        set_availability(work, noa, person.public_id, 8, seen=None)
    assert stale.value.current == {"week": 7}
    with pytest.raises(Refused):
        set_availability(work, noa, person.public_id, FULL_WEEK + 1)
    with pytest.raises(NotFound):
        set_availability(work, noa, cast.kim.public_id, 7)


def test_needs_are_replaced_as_a_whole(cast: Cast, make: Make, work: Work) -> None:
    coach, noa = make.actor(cast.accounts.coach), cast.a.participant.public_id
    one, two, three = cast.a.catalog.accommodations[:3]
    set_needs(work, coach, noa, frozenset({one.public_id, two.public_id}))
    set_needs(work, coach, noa, frozenset({two.public_id, three.public_id}))
    assert set(make.all(select(Need.accommodation_id))) == {two.id, three.id}
    with pytest.raises(Stale):
        set_needs(work, coach, noa, frozenset(), seen=frozenset({one.public_id}))
    with pytest.raises(NotFound):
        set_needs(work, coach, noa, frozenset({cast.b.catalog.accommodations[0].public_id}))
    with pytest.raises(Forbidden):
        set_needs(work, make.actor(cast.accounts.noa), noa, frozenset())


def test_an_exclusion_needs_a_reason_and_can_be_taken_back(cast: Cast, make: Make, work: Work) -> None:
    cora, noa, shop = make.actor(cast.accounts.coordinator), cast.a.participant.public_id, cast.a.employer.public_id
    with pytest.raises(Refused):
        exclude_employer(work, cora, noa, shop, "  ")
    exclude_employer(work, cora, noa, shop, "First")
    exclude_employer(work, cora, noa, shop, "Second")
    assert make.all(select(EmployerExclusion.reason)) == ["Second"]
    with pytest.raises(Forbidden):
        allow_employer(work, make.actor(cast.accounts.noa), noa, shop)
    allow_employer(work, cora, noa, shop)
    with pytest.raises(NotFound):
        allow_employer(work, cora, noa, shop)
    with pytest.raises(NotFound):
        exclude_employer(work, cora, noa, cast.b.employer.public_id, "Foreign")


def test_an_assignment_opens_the_record_from_its_first_day(cast: Cast, make: Make, work: Work) -> None:
    cora, thea = make.actor(cast.accounts.coordinator), cast.accounts.therapist
    assert cast.lee.id not in make.actor(thea).assigned
    given = AssignStaff(cast.lee.public_id, thea.public_id, make.day(0), make.day(10))
    public_id = assign_staff(work, cora, given)
    assert cast.lee.id in make.actor(thea).assigned
    cover = AssignStaff(cast.lee.public_id, cast.accounts.coach.public_id, make.day(0), stands_in_for=thea.public_id)
    assign_staff(work, cora, cover)
    assert cast.lee.id in make.actor(cast.accounts.coach).covering
    with pytest.raises(Refused):
        end_assignment(work, cora, public_id, make.day(-1))
    end_assignment(work, cora, public_id, make.day(0))
    make.clock.advance(days=1)
    assert cast.lee.id not in make.actor(thea).assigned


@pytest.mark.parametrize("days", [(0, -1), (5, 5), (10, None), (-3, 0)])
def test_days_in_the_wrong_order_and_the_same_twice_are_refused(
    cast: Cast, make: Make, work: Work, days: tuple[int, int | None]
) -> None:
    cora, thea = make.actor(cast.accounts.coordinator), cast.accounts.therapist.public_id
    assign_staff(work, cora, AssignStaff(cast.lee.public_id, thea, make.day(0), make.day(10)))
    last = None if days[1] is None else make.day(days[1])
    with pytest.raises(Refused):
        assign_staff(work, cora, AssignStaff(cast.lee.public_id, thea, make.day(days[0]), last))
    assign_staff(work, cora, AssignStaff(cast.lee.public_id, thea, make.day(11)))


def test_who_can_be_assigned_and_by_whom(cast: Cast, make: Make, work: Work) -> None:
    cora, thea = make.actor(cast.accounts.coordinator), cast.accounts.therapist.public_id
    for account in (cast.accounts.supervisor, cast.accounts.outsider_therapist, cast.accounts.kim):
        with pytest.raises(NotFound):
            assign_staff(work, cora, AssignStaff(cast.lee.public_id, account.public_id, make.day(0)))
    with pytest.raises(Refused):
        assign_staff(work, cora, AssignStaff(cast.lee.public_id, thea, make.day(0), stands_in_for=thea))
    own = cast.a.participant.public_id
    with pytest.raises(Forbidden):
        assign_staff(work, make.actor(cast.accounts.therapist), AssignStaff(own, thea, make.day(0)))
    with pytest.raises(NotFound):
        end_assignment(work, cora, "absent", make.day(0))


def test_an_assignment_that_never_began_is_taken_away(cast: Cast, make: Make, work: Work) -> None:
    cora = make.actor(cast.accounts.coordinator)
    given = AssignStaff(cast.lee.public_id, cast.accounts.coach.public_id, make.day(5))
    public_id = assign_staff(work, cora, given)
    end_assignment(work, cora, public_id, make.day(0))
    assert make.one(select(Assignment.id).where(Assignment.public_id == public_id)) is None
