"""Hard rules: where exactly they begin, and that the reason named is the reason."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from placement.domain.matching.features import prepare
from placement.domain.matching.problem import Opening, Person, Problem
from placement.domain.matching.rules import RULES, HardRule, failing_pair, passing, reasons, reasons_many
from placement.domain.matching.schedule import shared_block
from placement.domain.matching.travel import EARTH_KM, far_block, rough_far_block
from placement.domain.matching.week import WHOLE_WEEK, pattern_mask
from tests.domain.matching import plain
from tests.domain.matching.cohorts import cohort


def broken(person, opening, bans=()):
    return list(failing_pair(prepare(Problem((person,), (opening,), bans=bans)), 0, 0))


@pytest.mark.parametrize("seed", range(3))
def test_reasons_equal_the_plain_oracle(seed):
    problem = cohort(seed, 25, 40)
    f = prepare(problem)
    for i, person in enumerate(problem.people):
        found = reasons(f, i)
        expected = [plain.broken(problem, person, opening) for opening in problem.openings]
        names = [rules[0] if rules else "" for rules in expected]
        assert found.passing == names.count("")
        assert found.counts == {rule: names.count(rule) for rule in RULES if rule in names}
        for j, rules in enumerate(expected):
            assert list(failing_pair(f, i, j)) == rules
    turned = np.arange(len(f.people))[::-1]
    assert reasons_many(f, turned) == [reasons(f, int(i)) for i in turned]


RELAX = {
    HardRule.EXCLUDED: lambda q: replace(q, people=(replace(q.people[0], excluded_employers=frozenset()),)),
    HardRule.BANNED: lambda q: replace(q, bans=()),
    HardRule.DISTANCE: lambda q: replace(
        q, people=(replace(q.people[0], travel_limit_km=None, travel_limit_minutes=None),)
    ),
    HardRule.HOURS: lambda q: replace(q, people=(replace(q.people[0], weekly_hours_limit=None),)),
    HardRule.SCHEDULE: lambda q: replace(q, people=(replace(q.people[0], availability=WHOLE_WEEK),)),
    HardRule.ACCOMMODATION: lambda q: replace(q, openings=(replace(q.openings[0], offers=q.people[0].needs),)),
    HardRule.PLACES: lambda q: replace(q, openings=(replace(q.openings[0], places=1),)),
}


def test_relaxing_the_named_rules_makes_the_pair_feasible():
    problem = cohort(11, 20, 20)
    seen = set()
    for person in problem.people:
        for opening in problem.openings:
            small = problem.only(person.key, opening.key)
            rules = failing_pair(prepare(small), 0, 0)
            for k, rule in enumerate(rules):
                small = RELAX[rule](small)
                assert failing_pair(prepare(small), 0, 0) == rules[k + 1 :]
            f = prepare(small)
            assert passing(f, np.arange(1), shared_block(f.times, np.arange(1))).tolist() == [0]
            seen |= set(rules)
    assert seen == set(RULES)


@pytest.mark.parametrize("lon", [13.7001, 13.71, 13.75, 13.8, 13.9, 14.3, 17.0, 60.0])
def test_a_distance_exactly_at_the_limit_is_within(lon):
    home, shop = Person("p", lat=51.0, lon=13.7), Opening("o", "e", lat=51.05, lon=lon)
    away = plain.meters(home, shop)
    assert broken(replace(home, travel_limit_km=away / 1000), shop) == []
    assert broken(replace(home, travel_limit_km=(away - 1) / 1000), shop) == [HardRule.DISTANCE]


@pytest.mark.parametrize("km", [0.2, 5.0, 30.0, 800.0])
def test_half_a_meter_beyond_the_limit_is_the_first_refused(km):
    home = Person("p", lat=0.0, lon=13.7, travel_limit_km=km)
    degrees = 180 / (math.pi * EARTH_KM)
    shops = [Opening("o", "e", lat=(km + beyond) * degrees, lon=13.7) for beyond in (0, 0.00049, 0.00051)]
    assert [broken(home, shop) for shop in shops] == [[], [], [HardRule.DISTANCE]]


@pytest.mark.parametrize("seed", range(20))
def test_what_is_roughly_too_far_is_too_far(seed):
    rng = np.random.default_rng(seed)
    spread = [0.001, 0.1, 1, 10, 90][seed % 5]
    people = tuple(
        Person(f"p{k:02}", lat=float(lat), lon=float(lon) + 90 * (seed % 2), travel_limit_km=float(limit))
        for k, (lat, lon, limit) in enumerate(
            rng.uniform([-spread, -spread, 0], [spread, spread, spread * 111], (40, 3))
        )
    )
    places = rng.uniform(-spread, spread, (50, 2)).tolist()
    openings = tuple(Opening(f"o{k:02}", "e", lat=lat, lon=lon) for k, (lat, lon) in enumerate(places))
    # Some stand exactly at a limit as whole meters count it.
    shop = openings[0]
    people += tuple(replace(p, key=f"q{p.key}", travel_limit_km=plain.meters(p, shop) / 1000) for p in people)
    travel, rows = prepare(Problem(people, openings)).travel, np.arange(80)
    rough, far = rough_far_block(travel, rows), far_block(travel, rows)
    assert not (rough & ~far).any()
    assert np.count_nonzero(far & ~rough) <= 0.02 * far.size + 40


def test_a_table_of_minutes_goes_before_distance_and_speed():
    home = Person("p", lat=51.0, lon=13.7, travel_limit_minutes=30, travel_speed_kmh=5)
    shop = Opening("o", "e", lat=51.05, lon=13.7)
    assert broken(home, shop) == [HardRule.DISTANCE]
    assert broken(replace(home, minutes={"o": 30}), shop) == []
    assert broken(replace(home, minutes={"o": 30.1}), shop) == [HardRule.DISTANCE]
    assert broken(replace(home, minutes={"x": 30}), shop) == [HardRule.DISTANCE]
    # The limit in kilometers still holds by great circle.
    assert broken(replace(home, minutes={"o": 30}, travel_limit_km=5.559), shop) == [HardRule.DISTANCE]
    assert broken(replace(home, minutes={"o": 30}, travel_limit_km=5.56), shop) == []
    assert broken(replace(home, minutes={"o": 30}, travel_limit_km=1), replace(shop, lat=None, lon=None)) == []
    assert broken(replace(home, minutes={"o": 900}, travel_limit_minutes=None), shop) == []


@pytest.mark.parametrize(("speed", "too_far"), [(4, True), (11, True), (11.12, False), (16, False), (25, False)])
def test_the_way_of_travelling_decides_how_far_minutes_reach(speed, too_far):
    home = Person("p", lat=51.0, lon=13.7, travel_limit_minutes=30, travel_speed_kmh=speed)
    assert broken(home, Opening("o", "e", lat=51.05, lon=13.7)) == ([HardRule.DISTANCE] if too_far else [])


def test_minutes_count_at_the_speed_of_travelling():
    home, shop = Person("p", lat=51.0, lon=13.7, travel_limit_minutes=30), Opening("o", "e", lat=51.05, lon=13.7)
    assert plain.meters(home, shop) == 5560
    assert broken(replace(home, travel_speed_kmh=11.12), shop) == []
    assert broken(replace(home, travel_speed_kmh=11.0), shop) == [HardRule.DISTANCE]
    assert broken(replace(home, travel_speed_kmh=40.0, travel_limit_km=5.5), shop) == [HardRule.DISTANCE]


def test_zero_distance_zero_limit_and_the_far_side_of_the_earth():
    home, shop = Person("p", lat=51.0, lon=13.7, travel_limit_km=0), Opening("o", "e", lat=51.0, lon=13.7)
    assert broken(home, shop) == []
    assert broken(home, replace(shop, lon=13.701)) == [HardRule.DISTANCE]
    assert broken(replace(home, travel_limit_km=20_037.0), replace(shop, lat=-51.0, lon=-166.3)) == []


def test_what_is_unknown_breaks_no_rule():
    shop = Opening("o", "e", lat=51.0, lon=13.7, pattern=pattern_mask(0, 480, 720))
    assert broken(Person("p", travel_limit_km=1), shop) == []
    assert broken(Person("p", lat=40.0, lon=0.0), shop) == []
    assert broken(Person("p", lat=40.0, lon=0.0, travel_limit_km=1), replace(shop, lat=None, lon=None)) == []
    assert broken(Person("p", availability=0), shop) == [HardRule.SCHEDULE]
    assert broken(Person("p", availability=0, weekly_hours_limit=0), replace(shop, pattern=0)) == []


def test_a_shift_over_sunday_midnight_needs_monday_morning():
    shop = Opening("o", "e", pattern=pattern_mask(6, 22 * 60, 2 * 60))
    sunday = pattern_mask(6, 20 * 60, 24 * 60)
    assert broken(Person("p", availability=sunday), shop) == [HardRule.SCHEDULE]
    assert broken(Person("p", availability=sunday | pattern_mask(0, 0, 2 * 60)), shop) == []
    assert broken(Person("p", availability=pattern_mask(6, 22 * 60, 2 * 60)), shop) == []
    monday = pattern_mask(0, 0, 2 * 60 - 15)
    assert broken(Person("p", availability=sunday | monday), shop) == [HardRule.SCHEDULE]
    assert broken(Person("p", availability=sunday | monday), replace(shop, minimum_weekly_hours=3.75)) == []


def test_hours_and_overlap_count_to_the_quarter():
    shop = Opening("o", "e", pattern=pattern_mask(1, 480, 720), minimum_weekly_hours=2.0)
    assert broken(Person("p", availability=pattern_mask(1, 600, 720), weekly_hours_limit=2.0), shop) == []
    assert broken(Person("p", availability=pattern_mask(1, 615, 720)), shop) == [HardRule.SCHEDULE]
    assert broken(Person("p", weekly_hours_limit=1.9), shop) == [HardRule.HOURS]
    odd = Opening("o", "e", pattern=pattern_mask(1, 485, 715))
    assert broken(Person("p", availability=pattern_mask(1, 480, 720)), odd) == []
    assert broken(Person("p", availability=pattern_mask(1, 495, 705)), odd) == [HardRule.SCHEDULE]
    assert broken(Person("p", weekly_hours_limit=2.0), replace(shop, minimum_weekly_hours=None)) == [HardRule.HOURS]


def test_needs_must_be_offered_and_bans_and_employers_hold():
    person, shop = Person("p", needs=frozenset({"seat", "quiet"})), Opening("o", "e", offers=frozenset({"seat"}))
    assert broken(person, shop) == [HardRule.ACCOMMODATION]
    assert broken(person, replace(shop, offers=person.needs | {"more"})) == []
    assert broken(Person("p"), shop, bans=(("p", "o"),)) == [HardRule.BANNED]
    assert broken(Person("p", excluded_employers=frozenset({"e", "x"})), shop) == [HardRule.EXCLUDED]
    assert broken(Person("p"), replace(shop, places=0)) == [HardRule.PLACES]


def test_reasons_of_many_come_in_the_order_asked():
    f = prepare(cohort(4, 30, 20))
    rows = np.array([7, 3, 3, 29])
    many = reasons_many(f, rows)
    assert many == [reasons(f, i) for i in (7, 3, 3, 29)]
    assert reasons_many(f, np.arange(0)) == []
