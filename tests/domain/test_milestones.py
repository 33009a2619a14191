from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.milestone_words import evidence_words, milestone_words, reach_words
from placement.domain.milestones import (
    Changes,
    Earned,
    History,
    Reach,
    Rule,
    RuleKind,
    ShiftPoint,
    StoredMilestone,
    TaskPoint,
    changes,
    detect,
    in_first_week,
    within_reach,
)
from placement.domain.shifts import Attendance
from tests.domain.histories import MONDAY, RULES, SHELVES, TILL, at, histories, history, rules, shift, task, task_points

FIRST, MASTERY, HALF, WHOLE_SHIFTS, TEN_HOURS, THREE_SHIFTS, FIRST_WEEK = RULES[:7]


def evidence(found: tuple[Earned, ...]) -> list[tuple[int, ...]]:
    return [milestone.evidence for milestone in found]


def store(found: tuple[Earned, ...]) -> list[StoredMilestone]:
    return [StoredMilestone(milestone.key, False) for milestone in found]


def apply(stored: list[StoredMilestone], made: Changes) -> list[StoredMilestone]:
    """What a writer makes of it."""
    flags = {milestone.key: milestone.withdrawn for milestone in stored}
    flags |= {milestone.key: False for milestone in (*made.new, *made.restored)}
    flags |= {milestone.key: True for milestone in made.withdrawn}
    return [StoredMilestone(key, withdrawn) for key, withdrawn in flags.items()]


class TestFirstAlone:
    def test_the_first_occasion_alone_of_each_task(self) -> None:
        found = detect(history(task(3), task(1, 5), task(2), task(2, of=TILL)), [FIRST])
        assert found == (
            Earned(1, SHELVES, None, at(2), at(2).date(), (2,)),
            Earned(1, TILL, None, at(2), at(2).date(), (2,)),
        )

    def test_never_alone(self) -> None:
        assert detect(history(task(1, 5), task(2, 0)), [FIRST]) == ()


class TestConsecutiveTask:
    def test_three_running_and_who_saw_them(self) -> None:
        (found,) = detect(history(task(1, 5, by=2), task(2), task(3), task(4, by=2)), [MASTERY])
        assert found == Earned(2, SHELVES, None, at(4), at(4).date(), (2, 3, 4))

    def test_a_gap_in_the_occasions_is_missing_and_breaks_nothing(self) -> None:
        assert evidence(detect(history(task(1), task(9), task(30)), [MASTERY])) == [(1, 9, 30)]

    def test_needing_help_once_starts_again(self) -> None:
        assert detect(history(task(1), task(2), task(3, 5), task(4), task(5)), [MASTERY]) == ()

    def test_other_tasks_do_not_help(self) -> None:
        assert detect(history(task(1), task(2), task(3, of=TILL)), [MASTERY]) == ()

    def test_steps_count_by_their_percentage(self) -> None:
        assert detect(history(*(task(n, 5, percent=90.0) for n in (1, 2, 3))), [MASTERY])
        assert not detect(history(*(task(n, 5, percent=89.0) for n in (1, 2, 3))), [MASTERY])

    def test_alone_but_seen_by_one_of_two(self) -> None:
        assert detect(history(task(1, 4, by=2), task(2), task(3), task(4), task(5)), [MASTERY]) == ()


class TestShifts:
    def test_whole_shifts_running_skip_those_without_ratings(self) -> None:
        given_history = history(
            shift(1, independence=100.0), shift(2), shift(3, independence=50.0), shift(4, independence=80.0),
            shift(5, Attendance.UNKNOWN), shift(6, independence=90.0),
        )  # fmt: skip
        assert evidence(detect(given_history, [WHOLE_SHIFTS])) == [(4, 6)]

    def test_hours_are_reached_by_the_shift_that_fills_them(self) -> None:
        given_history = history(shift(1), shift(2, minutes=None), shift(3), shift(8, minutes=120), shift(9))
        (found,) = detect(given_history, [TEN_HOURS])
        assert (found.evidence, found.day) == ((8,), at(8).date())
        assert detect(history(shift(1), shift(2), shift(3, minutes=119)), [TEN_HOURS]) == ()

    def test_only_shifts_somebody_confirmed_are_completed(self) -> None:
        away = [Attendance.UNKNOWN, Attendance.ABSENT, Attendance.EXCUSED]
        given_history = history(shift(1), *(shift(n, how) for n, how in enumerate(away, 2)), shift(5, Attendance.LATE))
        assert detect(given_history, [THREE_SHIFTS]) == ()
        assert evidence(detect(history(*given_history.shifts, shift(6)), [THREE_SHIFTS])) == [(6,)]

    @pytest.mark.parametrize("kind", [RuleKind.HOURS_COMPLETED, RuleKind.SHIFTS_COMPLETED])
    def test_a_mark_of_zero_is_never_reached(self, kind: RuleKind) -> None:
        assert detect(history(shift(1)), [Rule(1, kind, amount=0)]) == ()


class TestFirstWeek:
    def test_there_as_agreed(self) -> None:
        (found,) = detect(history(shift(0), shift(2), shift(9, Attendance.ABSENT)), [FIRST_WEEK])
        assert found == Earned(7, None, 1, at(2), at(2).date(), (0, 2))

    def test_excused_moved_and_shortened_do_not_break_it(self) -> None:
        moved = shift(12, agreed_first_week=True)
        shortened = shift(2, minutes=30)
        given_history = history(shift(0), shift(1, Attendance.EXCUSED), shortened, moved)
        assert evidence(detect(given_history, [FIRST_WEEK])) == [(0, 2, 12)]

    @pytest.mark.parametrize("attendance", [Attendance.ABSENT, Attendance.UNKNOWN])
    def test_an_absence_breaks_it_and_an_open_shift_leaves_it_open(self, attendance: Attendance) -> None:
        assert detect(history(shift(0), shift(2, attendance)), [FIRST_WEEK]) == ()

    def test_never_there_is_not_as_agreed(self) -> None:
        assert detect(history(shift(0, Attendance.EXCUSED)), [FIRST_WEEK]) == ()

    def test_each_placement_has_its_own(self) -> None:
        found = detect(history(shift(0), shift(1, placement=2), shift(2, Attendance.ABSENT, placement=2)), [FIRST_WEEK])
        assert [milestone.placement for milestone in found] == [1]

    def test_the_first_week_has_seven_days(self) -> None:
        assert [
            in_first_week(day, MONDAY) for day in (date(2026, 3, 1), MONDAY, date(2026, 3, 8), date(2026, 3, 9))
        ] == [
            False,
            True,
            True,
            False,
        ]


class TestProperties:
    @given(histories, rules, st.randoms(use_true_random=False))
    def test_order_and_repetition_do_not_matter(
        self, given_history: History, given_rules: list[Rule], random: Random
    ) -> None:
        tasks, shifts, again = list(given_history.tasks), list(given_history.shifts), list(given_rules)
        for values in (tasks, shifts, again):
            random.shuffle(values)
        shuffled = History(tasks + tasks[:3], shifts + shifts[:3])
        assert detect(shuffled, again + again) == detect(given_history, given_rules)

    @given(histories)
    def test_each_key_is_earned_once_and_proved_by_the_history(self, given_history: History) -> None:
        found = detect(given_history, RULES)
        assert len({milestone.key for milestone in found}) == len(found)
        points: list[TaskPoint | ShiftPoint] = [*given_history.tasks, *given_history.shifts]
        known = {point.occasion: point.at for point in points}
        for milestone in found:
            assert list(milestone.evidence) == sorted(milestone.evidence, key=lambda n: (known[n], n))
            assert known[milestone.evidence[-1]] == milestone.reached_at

    @given(histories)
    def test_detecting_again_changes_nothing(self, given_history: History) -> None:
        found = detect(given_history, RULES)
        assert changes(store(found), detect(given_history, RULES)) == Changes((), (), (), found)

    @given(histories, task_points)
    def test_a_later_rating_takes_nothing_back(self, given_history: History, point: TaskPoint) -> None:
        later = point._replace(occasion=99, at=at(99), day=at(99).date())
        before = detect(given_history, RULES)
        assert set(before) <= set(detect(History([*given_history.tasks, later], given_history.shifts), RULES))

    @given(histories, st.data())
    def test_a_correction_undone_restores_exactly(self, given_history: History, data: st.DataObject) -> None:
        first = detect(given_history, RULES)
        stored = store(first)
        if not given_history.tasks:
            return
        n = data.draw(st.integers(0, len(given_history.tasks) - 1))
        mistaken = [*given_history.tasks[:n], *given_history.tasks[n + 1 :]]
        corrected = detect(History(mistaken, given_history.shifts), RULES)
        after = apply(stored, changes(stored, corrected))
        assert {milestone.key for milestone in after if not milestone.withdrawn} == {m.key for m in corrected}
        back = changes(after, first)
        assert {m.key for m in apply(after, back) if not m.withdrawn} == {m.key for m in first}
        assert set(back.restored) | set(back.kept) == set(first)
        assert back.new == ()

    @given(histories)
    def test_tasks_can_be_looked_at_one_by_one(self, given_history: History) -> None:
        apart = [
            milestone
            for one in (SHELVES, TILL)
            for milestone in detect(History([p for p in given_history.tasks if p.task == one], []), RULES)
        ]
        assert set(apart) == {milestone for milestone in detect(given_history, RULES) if milestone.task is not None}

    @given(histories)
    def test_what_is_within_reach_is_reached_by_as_many_more_like_the_last(self, given_history: History) -> None:
        reach = within_reach(given_history, [MASTERY], SHELVES)
        if reach is None:
            return
        last = max((p for p in given_history.tasks if p.task == SHELVES), key=lambda p: p.at)
        points = list(given_history.tasks)
        for n in range(1, reach.more + 1):
            assert MASTERY.id not in {m.rule for m in detect(History(points, []), [MASTERY]) if m.task == SHELVES}
            everyone = frozenset({1, 2, 3}) if reach.other_raters else last.raters
            points.append(last._replace(occasion=100 + n, at=at(41 + n), day=at(41 + n).date(), raters=everyone))
        assert MASTERY.id in {m.rule for m in detect(History(points, []), [MASTERY]) if m.task == SHELVES}


class TestChanges:
    EARNED = Earned(2, SHELVES, None, at(4), at(4).date(), (2, 3, 4))

    def test_new_then_kept(self) -> None:
        assert changes([], [self.EARNED]).new == (self.EARNED,)
        assert changes([StoredMilestone(self.EARNED.key, False)], [self.EARNED]).kept == (self.EARNED,)

    def test_withdrawn_once_and_restored(self) -> None:
        standing, withdrawn = StoredMilestone(self.EARNED.key, False, 8), StoredMilestone(self.EARNED.key, True, 8)
        assert changes([standing], []).withdrawn == (standing,)
        assert changes([withdrawn], []) == Changes((), (), (), ())
        assert changes([withdrawn], [self.EARNED]).restored == (self.EARNED,)

    def test_a_new_rule_version_withdraws_nothing(self) -> None:
        old_version = StoredMilestone((1, SHELVES, None), False)
        made = changes([old_version], [self.EARNED], [MASTERY])
        assert (made.new, made.withdrawn) == ((self.EARNED,), ())


class TestWithinReach:
    def test_how_many_more_like_the_last(self) -> None:
        assert within_reach(history(task(1, 5), task(2)), [MASTERY], SHELVES) == Reach(2, SHELVES, 1, 3)
        assert Reach(2, SHELVES, 1, 3).more == 2

    def test_nothing_when_the_last_one_does_not_count(self) -> None:
        assert within_reach(history(task(1), task(2, 5)), [MASTERY], SHELVES) is None
        assert within_reach(history(), [MASTERY], SHELVES) is None

    def test_nothing_once_it_is_reached(self) -> None:
        assert within_reach(history(task(1), task(2), task(3), task(4)), [MASTERY, FIRST], SHELVES) is None

    def test_the_nearest_rule_is_named(self) -> None:
        assert within_reach(history(task(1)), [MASTERY, HALF], SHELVES) == Reach(3, SHELVES, 1, 2)

    def test_somebody_else_must_see_it(self) -> None:
        reach = within_reach(history(task(1, 4, by=2), task(2), task(3), task(4)), [MASTERY], SHELVES)
        assert reach == Reach(2, SHELVES, 3, 3, other_raters=1)
        assert reach.more == 1
        assert "somebody else" in reach_words(reach, {"en": "Shelves"}).msgid


class TestWords:
    SHELVES = {"en": "Filling shelves", "de": "Regale auffüllen"}

    def test_every_kind_has_a_title(self) -> None:
        said = [milestone_words(kind, task=self.SHELVES, occasions=3, amount=40) for kind in RuleKind]
        assert len({words.msgid for words in said}) == len(RuleKind)
        assert milestone_words(RuleKind.HOURS_COMPLETED, amount=40).params["n"] == 40
        assert milestone_words(RuleKind.CONSECUTIVE_TASK, task=self.SHELVES).params == {"n": 3, "task": self.SHELVES}

    def test_less_than_ninety_percent_is_not_called_alone(self) -> None:
        mostly = milestone_words(RuleKind.CONSECUTIVE_TASK, task=self.SHELVES, percent=70)
        assert mostly.plural is not None
        assert "mostly alone" in mostly.plural

    def test_evidence_names_days_and_people(self) -> None:
        days = [at(n).date() for n in (1, 3, 5, 8)]
        three = evidence_words(RuleKind.CONSECUTIVE_TASK, days[:3], raters=2)
        assert three.params["n"] == 2
        assert three.params["when"].params == {"first": days[0], "second": days[1], "third": days[2]}
        many = evidence_words(RuleKind.FIRST_WEEK, days)
        assert many.params["when"].params == {"n": 4, "first": days[0], "last": days[3]}
        assert evidence_words(RuleKind.HOURS_COMPLETED, days).params == {"day": days[3]}

    def test_every_sentence_finds_all_it_names(self) -> None:
        days = [at(n).date() for n in range(5)]
        for kind in RuleKind:
            for words in (
                milestone_words(kind, task=self.SHELVES, percent=50, amount=1),
                milestone_words(kind, task=self.SHELVES, percent=100, amount=1),
                *(evidence_words(kind, days[:n], raters) for n in (1, 2, 3, 5) for raters in (0, 1, 2)),
                reach_words(Reach(1, 1, 1, 3), self.SHELVES),
            ):
                assert words.msgid % words.params
                assert words.plural is None or words.plural % words.params
