"""What a milestone rule may ask for, in words and numbers, and what another version of it would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from placement.domain.errors import Refused
from placement.domain.generalization import CIRCUMSTANCES
from placement.domain.milestone_records import GIVEN, Earned, History, Rule, RuleKind
from placement.domain.milestones import detect
from placement.domain.words import Say, say, say_n

_RUN = ("percent", "occasions", "raters")
#: The numbers each kind asks for; kinds without any are there or not.
NUMBERS: Mapping[RuleKind, tuple[str, ...]] = {
    RuleKind.FIRST_ALONE: (),
    RuleKind.CONSECUTIVE_TASK: _RUN,
    RuleKind.CONSECUTIVE_SHIFT: ("percent", "occasions"),
    RuleKind.HOURS_COMPLETED: ("amount",),
    RuleKind.SHIFTS_COMPLETED: ("amount",),
    RuleKind.FIRST_WEEK: (),
    RuleKind.ANOTHER_SITE: _RUN,
    RuleKind.ANOTHER_RATER: _RUN,
    RuleKind.ANOTHER_TIME: _RUN,
    RuleKind.FADING_HELD: (),
    RuleKind.GOAL_ATTAINED: (),
}
#: Kinds a rule for a single task may be of.
ABOUT_A_TASK = frozenset({RuleKind.FIRST_ALONE, RuleKind.CONSECUTIVE_TASK, *CIRCUMSTANCES})
#: Kinds a participant may choose for themself, besides words of their own.
TO_CHOOSE = (RuleKind.CONSECUTIVE_TASK, RuleKind.HOURS_COMPLETED, RuleKind.SHIFTS_COMPLETED)

_BOUNDS: Mapping[str, tuple[int, int]] = {
    "percent": (1, 100),
    "occasions": (1, 20),
    "raters": (1, 5),
    "amount": (1, 10_000),
}
_DEFAULTS: Mapping[str, int] = {"percent": 90, "occasions": 3, "raters": 1, "amount": 0}


@dataclass(frozen=True, slots=True)
class Difference:
    """What a history earns by one version and not by the other."""

    won: tuple[Earned, ...]
    lost: tuple[Earned, ...]


def checked_numbers(kind: RuleKind, numbers: Mapping[str, int | None]) -> dict[str, int]:
    """The numbers of a rule, those its kind does not ask for at their defaults. Raises Refused at the number's name."""
    found = dict(_DEFAULTS)
    for name in NUMBERS.get(kind, ()):
        low, high = _BOUNDS[name]
        value = numbers.get(name)
        if value is None or not low <= value <= high:
            raise Refused(say("Please enter a number from %(low)s to %(high)s.", low=low, high=high), name)
        found[name] = value
    return found


def difference(history: History, old: Rule | None, new: Rule | None) -> Difference:
    """What the new version would give that the old one did not, and the other way round; None: no rule."""
    before = {found.key[1:]: found for found in detect(history, [] if old is None else [old])}
    after = {found.key[1:]: found for found in detect(history, [] if new is None else [new])}
    return Difference(
        won=tuple(found for key, found in after.items() if key not in before),
        lost=tuple(found for key, found in before.items() if key not in after),
    )


def is_given(kind: RuleKind) -> bool:
    """Whether such a milestone comes from a fact of its own, so that no history shows what a rule would change."""
    return kind in GIVEN


def kind_words(kind: RuleKind) -> Say:
    """A kind of rule as one chooses it."""
    return _KINDS[kind]


def rule_words(rule: Rule) -> Say:
    """When a rule gives its milestone."""
    match rule.kind:
        case RuleKind.CONSECUTIVE_TASK:
            return _run_words(rule, say("at least %(percent)s%% independent, %(times)s times running", **_run(rule)))
        case RuleKind.CONSECUTIVE_SHIFT:
            return say("at least %(percent)s%% of a shift’s tasks independent, %(times)s shifts running", **_run(rule))
        case RuleKind.HOURS_COMPLETED:
            return say_n("%(n)s confirmed hour", "%(n)s confirmed hours", rule.amount)
        case RuleKind.SHIFTS_COMPLETED:
            return say_n("%(n)s confirmed shift", "%(n)s confirmed shifts", rule.amount)
        case RuleKind.ANOTHER_SITE | RuleKind.ANOTHER_RATER | RuleKind.ANOTHER_TIME:
            learned = say("after at least %(percent)s%% independent, %(times)s times running", **_run(rule))
            return _run_words(rule, learned)
    return _WHEN[rule.kind]


def tasks_of(found: Iterable[Earned]) -> frozenset[int]:
    """The tasks these milestones are about."""
    return frozenset(one.task for one in found if one.task is not None)


def _run(rule: Rule) -> dict[str, int]:
    return {"percent": rule.percent, "times": rule.occasions}


def _run_words(rule: Rule, run: Say) -> Say:
    if rule.raters == 1:
        return run
    return say("%(run)s, seen by %(raters)s people where there are that many", run=run, raters=rule.raters)


_KINDS: Mapping[RuleKind, Say] = {
    RuleKind.FIRST_ALONE: say("A task alone for the first time"),
    RuleKind.CONSECUTIVE_TASK: say("A task alone, several times running"),
    RuleKind.CONSECUTIVE_SHIFT: say("Whole shifts alone, several running"),
    RuleKind.HOURS_COMPLETED: say("A number of hours worked"),
    RuleKind.SHIFTS_COMPLETED: say("A number of shifts done"),
    RuleKind.FIRST_WEEK: say("The first week as agreed"),
    RuleKind.ANOTHER_SITE: say("A mastered task alone in another shop"),
    RuleKind.ANOTHER_RATER: say("A mastered task alone, seen by somebody else"),
    RuleKind.ANOTHER_TIME: say("A mastered task alone at another time of day"),
    RuleKind.FADING_HELD: say("The coach stepped back, and it held"),
    RuleKind.GOAL_ATTAINED: say("An own goal reached"),
    RuleKind.OWN_WORDS: say("In own words"),
}
_WHEN: Mapping[RuleKind, Say] = {
    RuleKind.FIRST_ALONE: say("the first time without help"),
    RuleKind.FIRST_WEEK: say(
        "the first seven days went as agreed; excused, moved and shortened shifts count as agreed"
    ),
    RuleKind.FADING_HELD: say("a step back of the coach was watched to its end, and held"),
    RuleKind.GOAL_ATTAINED: say("a goal is rated as reached, or better"),
    RuleKind.OWN_WORDS: say("they say themselves when it is reached"),
}
