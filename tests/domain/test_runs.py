from __future__ import annotations

from datetime import UTC, datetime, timedelta

from placement.domain.runs import RATER_MEMORY, RunPoint, RunRule, current_run, first_run, raters_asked

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
MASTERY = RunRule(percent=90, occasions=3, raters=2)


def points(*seen: tuple[float, set[int]], every: timedelta = timedelta(days=2)) -> list[RunPoint]:
    return [RunPoint(n, START + n * every, percent, frozenset(by)) for n, (percent, by) in enumerate(seen, 1)]


def test_a_run_needs_the_percentage_each_time() -> None:
    good = (90.0, {1})
    assert first_run(points(good, good, (89.9, {1}), good, good), MASTERY) is None
    assert first_run(points(good, (89.9, {1}), good, good, good), MASTERY) == (2, 4)


def test_the_first_run_is_kept_whatever_follows() -> None:
    good, bad = (100.0, {1}), (0.0, {1})
    assert first_run(points(good, good, good, good, bad), MASTERY) == (0, 2)


def test_two_people_must_have_seen_it_where_there_are_two() -> None:
    one, two = (100.0, {1}), (100.0, {2})
    assert first_run(points((0.0, {2}), one, one, one), MASTERY) is None
    assert first_run(points(two, (0.0, {1}), one, one, one), MASTERY) is None
    assert first_run(points((0.0, {2}), one, one, one, two), MASTERY) == (2, 4)
    assert first_run(points((0.0, {2}), two, one, one, one), MASTERY) == (1, 3)


def test_one_person_is_enough_where_there_is_only_one() -> None:
    assert first_run(points(*[(100.0, {1})] * 3), MASTERY) == (0, 2)


def test_the_run_grows_longer_until_a_second_person_sees_it() -> None:
    one, two = (100.0, {1}), (100.0, {2})
    run = first_run(points((0.0, {2}), one, one, one, one, one, two), MASTERY)
    assert run == (4, 6)


def test_someone_long_gone_is_not_waited_for() -> None:
    seen = [*points((0.0, {2})), *points((0.0, {1}), *[(100.0, {1})] * 4)]
    late = [RunPoint(n, p.at + (RATER_MEMORY if n else timedelta()), p.percent, p.raters) for n, p in enumerate(seen)]
    assert first_run(seen, MASTERY) is None
    assert first_run(late, MASTERY) == (2, 4)


def test_raters_asked_is_at_most_what_the_rule_says() -> None:
    seen = points((100.0, {1, 2, 3}), (100.0, {1}))
    assert raters_asked(seen, 1, MASTERY) == 2
    assert raters_asked(seen, 1, RunRule(90, 3, 5)) == 3


def test_the_current_run_counts_back_from_the_last() -> None:
    assert current_run(points((100.0, {1}), (0.0, {1}), (100.0, {2}), (95.0, {3})), 90) == (2, frozenset({2, 3}))
    assert current_run(points((100.0, {1}), (0.0, {1})), 90) == (0, frozenset())
    assert current_run([], 90) == (0, frozenset())
