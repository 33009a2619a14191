"""A mastered task done alone where it was not learned: in another shop, seen by somebody else, at another time of day.

What is done in one place with one person has not been shown to hold elsewhere (Stokes & Baer 1977); so it is a
milestone of its own once it does. Each rule says itself what it means by mastered: ``percent`` on ``occasions``
running, seen by ``raters`` people.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import time
from enum import StrEnum

from placement.domain.milestone_records import Rule, RuleKind, TaskPoint
from placement.domain.runs import RunRule, first_run

NOON, EVENING = time(12), time(17)


class PartOfDay(StrEnum):
    """By the local start of an occasion."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


def part_of_day(start: time) -> PartOfDay:
    """Before twelve, from twelve to five, from five on."""
    if start < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if start < EVENING else PartOfDay.EVENING


def mastered(rule: Rule, points: Sequence[TaskPoint]) -> tuple[int, int] | None:
    """First and last index of the run by which one task (its points, oldest first) was mastered."""
    return first_run(points, RunRule(rule.percent, rule.occasions, rule.raters))


def shown_elsewhere(rule: Rule, points: Sequence[TaskPoint]) -> TaskPoint | None:
    """The first occasion after the mastery that was good enough, and elsewhere in the rule's sense.

    ``points`` of one task, oldest first. Only what came before is asked, so a later occasion never takes it back.
    """
    run = mastered(rule, points)
    if run is None:
        return None
    where = CIRCUMSTANCES[rule.kind]
    known = frozenset[Hashable]().union(*(where(point) for point in points[run[0] : run[1] + 1]))
    later = points[run[1] + 1 :]
    return next((point for point in later if point.percent >= rule.percent and where(point) - known), None)


def _site(point: TaskPoint) -> frozenset[Hashable]:
    """No shop is no other shop."""
    return frozenset({point.site}) if point.site else frozenset()


def _raters(point: TaskPoint) -> frozenset[Hashable]:
    return frozenset(point.raters)


def _part(point: TaskPoint) -> frozenset[Hashable]:
    return frozenset({part_of_day(point.start)})


CIRCUMSTANCES: Mapping[RuleKind, Callable[[TaskPoint], frozenset[Hashable]]] = {
    RuleKind.ANOTHER_SITE: _site,
    RuleKind.ANOTHER_RATER: _raters,
    RuleKind.ANOTHER_TIME: _part,
}
