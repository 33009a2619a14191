"""What was seen at work, and which level of an ability or a requirement it speaks for.

A shift counts once for a trait, over all tasks that call on it: for *took no help* by the task that took the most
help, for *took much help* by the one that took the least. So both sentences are true of every task of such a shift,
and a shift with both counts for neither. Ranks are canonical (:mod:`placement.domain.support`); what people said
about themselves never counts, and among several raters the one who saw more support does.

Nothing here changes a profile: every level is a suggestion to a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from placement.domain.support import CanonicalRank, Rating, deciding_rank, is_alone
from placement.domain.words import Say, Wording, say

#: How long after the first shift of a placement something can be said, and how far back is looked.
FOUR_WEEKS = timedelta(days=28)
FEWEST_SHIFTS = 6
FEWEST_DAYS = 3
#: Percent of the shifts that make "mostly alone".
MOSTLY = 80
#: As many people's work speaks about an opening; fewer would speak about them.
FEWEST_PEOPLE = 3
LOWEST, HIGHEST = 0, 5
#: Tasks named in a sentence.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """One task on one occasion as others saw it; ``rank`` canonical, ``day`` local."""

    occasion: int
    day: date
    task: int
    rank: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the last weeks of one placement say about one trait.

    ``shifts`` with a rating of its ``tasks``; ``alone`` of them took no help, ``helped`` took at least showing;
    ``middle`` is the median rank of each shift's easiest task; ``last`` the latest day.
    """

    shifts: int
    alone: int
    helped: int
    middle: float
    tasks: tuple[int, ...]
    last: date

    @property
    def mostly_alone(self) -> bool:
        return 100 * self.alone >= MOSTLY * self.shifts

    @property
    def much_help(self) -> bool:
        return self.middle <= CanonicalRank.MODEL


@dataclass(frozen=True, slots=True)
class Case:
    """One person in one opening: the ability known then (None: unknown) and what was seen."""

    person: int
    known: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Change:
    """A level to suggest. ``index``: which case speaks for it (abilities); ``people``: how many (requirements)."""

    level: int
    index: int = 0
    people: int = 0


def seen(occasion: int, day: date, task: int, ratings: Iterable[Rating]) -> Seen | None:
    """One task on one occasion from everybody's ratings; None if nobody but the participant saw it attempted."""
    rank = deciding_rank(ratings)
    return None if rank is None else Seen(occasion, day, task, rank)


def evidence(
    rows: Iterable[Seen], tasks: Collection[int], first_day: date | None, until: date, after: date | None = None
) -> Evidence | None:
    """What ``rows`` of one placement say about the trait that ``tasks`` call on; None while it is too early.

    ``first_day`` of attended shifts; looked at are the four weeks up to ``until``, and only days after ``after``.
    """
    if first_day is None or until - first_day < FOUR_WEEKS:
        return None
    shifts: dict[int, list[Seen]] = defaultdict(list)
    for row in rows:
        if row.task in tasks and until - FOUR_WEEKS < row.day <= until and (after is None or row.day > after):
            shifts[row.occasion].append(row)
    days = {row.day for of_shift in shifts.values() for row in of_shift}
    if len(shifts) < FEWEST_SHIFTS or len(days) < FEWEST_DAYS:
        return None
    easiest = [max(row.rank for row in of_shift) for of_shift in shifts.values()]
    return Evidence(
        shifts=len(shifts),
        alone=sum(is_alone(min(row.rank for row in of_shift)) for of_shift in shifts.values()),
        helped=sum(rank <= CanonicalRank.MODEL for rank in easiest),
        middle=float(median(easiest)),
        tasks=tuple(sorted({row.task for of_shift in shifts.values() for row in of_shift})),
        last=max(days),
    )


def ability_level(known: int | None, asked: int, found: Evidence) -> int | None:
    """The level to suggest for a person, or None: ``asked`` if mostly alone, one less than known if much help.

    An opening that asks for 0 asks for nothing: doing it alone shows no level. Unknown is never lowered.
    """
    if found.mostly_alone and asked > LOWEST and (known is None or known < asked):
        return asked
    if found.much_help and known is not None and known >= asked and known > LOWEST:
        return known - 1
    return None


def ability_change(known: int | None, cases: Sequence[tuple[int, Evidence]]) -> Change | None:
    """What several placements at once (level asked, evidence) say about one ability; nothing where they disagree."""
    levels = [(ability_level(known, asked, found), index) for index, (asked, found) in enumerate(cases)]
    told = [(level, index) for level, index in levels if level is not None]
    if not told:
        return None
    lower = [known is not None and level < known for level, _ in told]
    if any(lower) and not all(lower):
        return None
    level, index = max(told, key=lambda pair: (pair[0], cases[pair[1]][1].last, -pair[1]))
    return Change(level, index)


def requirement_change(asked: int, cases: Iterable[Case]) -> Change | None:
    """One level more if enough people known to reach ``asked`` needed much help, one less if enough below it did not.

    Nothing where both are so. Unknown abilities say nothing.
    """
    over, under = set[int](), set[int]()
    for case in cases:
        if case.known is not None and case.known >= asked and case.evidence.much_help:
            over.add(case.person)
        if case.known is not None and case.known < asked and case.evidence.mostly_alone:
            under.add(case.person)
    if len(over) >= FEWEST_PEOPLE and len(under) < FEWEST_PEOPLE and asked < HIGHEST:
        return Change(asked + 1, people=len(over))
    if len(under) >= FEWEST_PEOPLE and len(over) < FEWEST_PEOPLE and asked > LOWEST:
        return Change(asked - 1, people=len(under))
    return None


def may_repeat(refused: int, refused_on: date, level: int, last: date, today: date) -> bool:
    """Whether ``level`` may be suggested after ``refused`` was: another level, or four weeks later by newer shifts."""
    return level != refused or (today - refused_on >= FOUR_WEEKS and last > refused_on)


def ability_words(found: Evidence, raised: bool, names: Mapping[int, Wording], role: str, asked: int) -> Say:
    """What was seen (``seen``), and what the opening asks for (``asks``), as one sentence after the other."""
    tasks = task_list([names[task] for task in found.tasks])
    return say(
        "%(seen)s %(asks)s",
        seen=say("In %(times)s of %(shifts)s shifts this took no help: %(tasks)s.", times=found.alone,
                 shifts=found.shifts, tasks=tasks)
        if raised
        else say("In %(times)s of %(shifts)s shifts this took showing or doing it together: %(tasks)s.",
                 times=found.helped, shifts=found.shifts, tasks=tasks),
        asks=say("“%(role)s” asks for %(level)s.", role=role, level=asked),
    )  # fmt: skip


def requirement_words(asked: int, change: Change) -> Say:
    """Why an opening's level should be another one; names nobody."""
    if change.level > asked:
        return say(
            "%(people)s people known to reach %(level)s needed showing or doing it together in most of their shifts.",
            people=change.people, level=asked,
        )  # fmt: skip
    return say(
        "%(people)s people known to be below %(level)s needed no help in most of their shifts.",
        people=change.people, level=asked,
    )  # fmt: skip


def task_list(names: Sequence[Wording]) -> Say:
    """Up to three tasks by name, and how many more."""
    match names[:MOST_NAMED]:
        case [one]:
            return say("%(one)s", one=one)
        case [one, two]:
            return say("%(one)s, %(two)s", one=one, two=two)
        case [one, two, three] if len(names) == MOST_NAMED:
            return say("%(one)s, %(two)s, %(three)s", one=one, two=two, three=three)
        case [one, two, three]:
            return say("%(one)s, %(two)s, %(three)s and %(more)s more", one=one, two=two, three=three,
                       more=len(names) - MOST_NAMED)  # fmt: skip
    raise ValueError("a sentence without a task")
