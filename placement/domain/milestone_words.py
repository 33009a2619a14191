"""Milestones in words: their titles, what proves them, what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placement.domain.milestone_records import Reach, RuleKind
from placement.domain.words import Say, Wording, say, say_n


def milestone_words(
    kind: RuleKind,
    *,
    task: Wording | None = None,
    percent: int = 90,
    occasions: int = 3,
    amount: int = 0,
    name: Wording | None = None,
) -> Say:
    """A milestone's title. ``task`` is the task's wording, for kinds that have one; the rest as in :class:`Rule`.

    ``name``: the rule's own wording, which somebody's own words are shown with.
    """
    match kind:
        case RuleKind.FIRST_ALONE:
            return say("%(task)s: alone for the first time", task=task)
        case RuleKind.CONSECUTIVE_TASK if percent >= 90:
            return say_n("%(task)s: alone", "%(task)s: alone, %(n)s times running", occasions, task=task)
        case RuleKind.CONSECUTIVE_TASK:
            return say_n("%(task)s: mostly alone", "%(task)s: mostly alone, %(n)s times running", occasions, task=task)
        case RuleKind.CONSECUTIVE_SHIFT if percent >= 100:
            return say_n("A whole shift alone", "%(n)s whole shifts running alone", occasions)
        case RuleKind.CONSECUTIVE_SHIFT:
            return say_n("Most of a shift alone", "Most of the shift alone, %(n)s shifts running", occasions)
        case RuleKind.HOURS_COMPLETED:
            return say_n("%(n)s hour worked", "%(n)s hours worked", amount)
        case RuleKind.SHIFTS_COMPLETED:
            return say_n("%(n)s shift done", "%(n)s shifts done", amount)
        case RuleKind.FIRST_WEEK:
            return say("First week as agreed")
        case RuleKind.ANOTHER_SITE:
            return say("%(task)s: alone in another shop too", task=task)
        case RuleKind.ANOTHER_RATER:
            return say("%(task)s: alone, and somebody else has seen it too", task=task)
        case RuleKind.ANOTHER_TIME:
            return say("%(task)s: alone at another time of day too", task=task)
        case RuleKind.FADING_HELD:
            return say("Working with less company, and it holds")
        case RuleKind.GOAL_ATTAINED:
            return say("A goal of one's own reached")
        case RuleKind.OWN_WORDS if name:
            return say("“%(words)s”", words=name)
        case RuleKind.OWN_WORDS:
            return say("Reached, in one's own words")


def evidence_words(kind: RuleKind, days: Sequence[date], raters: int = 0) -> Say:
    """What proves a milestone: the evidence's days, oldest first (at least one), and how many saw it (0: unsaid)."""
    if kind in (RuleKind.HOURS_COMPLETED, RuleKind.SHIFTS_COMPLETED):
        return say("Reached with the shift on %(day)s.", day=days[-1])
    when = _days_words(days)
    if kind is RuleKind.FIRST_WEEK:
        return say("There as agreed: %(when)s.", when=when)
    if not raters:
        return say("Seen on %(when)s.", when=when)
    return say_n("Seen on %(when)s, by one person.", "Seen on %(when)s, by %(n)s different people.", raters, when=when)


def reach_words(reach: Reach, task: Wording) -> Say:
    """What is still missing, to the participant."""
    if reach.done >= reach.needed:
        return say("Once somebody else has seen it too, “%(task)s” is yours.", task=task)
    return say_n(
        "One more shift like the last one, and “%(task)s” is yours.",
        "%(n)s more shifts like the last one, and “%(task)s” is yours.",
        reach.more,
        task=task,
    )


def _days_words(days: Sequence[date]) -> Say:
    match days:
        case [day]:
            return say("%(day)s", day=day)
        case [first, second]:
            return say("%(first)s and %(second)s", first=first, second=second)
        case [first, second, third]:
            return say("%(first)s, %(second)s and %(third)s", first=first, second=second, third=third)
    return say("%(n)s days from %(first)s to %(last)s", n=len(days), first=days[0], last=days[-1])
