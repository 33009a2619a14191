"""What a program reports to its funders: definitions over hand-kept facts, everybody who started counted.

Every rate names its base, says yes, no or unknown of each of them, and never leaves the unknown out of the base.
An internship is never a job. Sources: FACTS.md; IPS fidelity manual (supported employment); Project SEARCH outcome
definition; WIOA, 20 CFR 677.155; § 55 SGB IX and § 44 SGB IX.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Any

from placement.domain.enrollments import Reached, follow_up_quarter
from placement.domain.placements import PlacementKind, PlacementState
from placement.domain.quarters import Quarter
from placement.domain.words import Say, say

#: Counts from 1 to this are hidden outside the program.
FEWEST_SHOWN = 5
#: Project SEARCH: at least so many hours a week.
SEARCH_HOURS = 16.0
_RUNNING = frozenset(
    {PlacementState.ACTIVE, PlacementState.PAUSED, PlacementState.COMPLETED, PlacementState.ENDED_EARLY}
)


class Verdict(StrEnum):
    """What is known of one who counts."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    #: The time it is about is not over.
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Job:
    """A paid job; None in a yes-or-no: unknown. ``ended`` None: still there as far as known."""

    person: int
    started: date
    ended: date | None = None
    hours_week: float | None = None
    four_hours: bool | None = None
    subsidised: bool | None = None
    integrated: bool | None = None
    seasonal: bool | None = None
    prevailing_wage: bool | None = None

    def overlaps(self, first: date, last: date) -> bool:
        return self.started <= last and (self.ended is None or self.ended >= first)


@dataclass(frozen=True, slots=True)
class Asked:
    """A follow-up in the ``number``-th quarter after exit."""

    number: int
    reached: Reached
    employed: bool | None = None
    earnings: float | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """One enrollment of a person. Re-entries are stays of their own; ``jobs`` and ``asked`` belong to this one."""

    id: int
    person: int
    referred: date
    entered: date | None = None
    exited: date | None = None
    exit_reason: str | None = None
    jobs: tuple[Job, ...] = ()
    asked: tuple[Asked, ...] = ()

    def served(self, first: date, last: date) -> bool:
        """Whether they were in the program on any day of a period."""
        return self.entered is not None and self.entered <= last and (self.exited is None or self.exited >= first)

    def answer(self, number: int) -> Asked | None:
        return next((one for one in self.asked if one.number == number), None)


@dataclass(frozen=True, slots=True)
class Hosting:
    """A placement as far as reports look at it. ``first``: the first shift, or the day it began."""

    person: int
    employer: int
    kind: PlacementKind
    state: PlacementState
    first: date
    last: date | None = None

    def overlaps(self, first: date, last: date) -> bool:
        return self.state in _RUNNING and self.first <= last and (self.last is None or self.last >= first)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a report is made of, as of ``today``. ``hostings``: placements, however they ended."""

    first: date
    last: date
    today: date
    stays: tuple[Stay, ...] = ()
    hostings: tuple[Hosting, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One who counts: a person, and which enrollment of theirs."""

    person: int
    verdict: Verdict
    stay: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its rows. ``kind``: "rate" (yes of all rows), "count" (yes rows) or "median" (``value``).

    ``value``: the median where there is one, in ``unit``.
    """

    key: str
    kind: str
    rows: tuple[Row, ...]
    value: float | None = None

    def count(self, verdict: Verdict) -> int:
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def base(self) -> int:
        return len(self.rows)

    @property
    def rate(self) -> float | None:
        """Yes of everybody who counts, 0–1; None for an empty base. The unknown are in the base."""
        return self.count(Verdict.YES) / self.base if self.kind == "rate" and self.base else None


@dataclass(frozen=True, slots=True)
class Definition:
    """How a figure is read: what counts, whose definition it is, what the record can't say."""

    title: Say
    counts: Say
    source: Say
    missing: Say | None = None


def competitive(job: Job) -> bool | None:
    """A job of the open labor market: integrated and not subsidised. None: one of both is unknown."""
    if job.integrated is False or job.subsidised is True:
        return False
    return None if job.integrated is None or job.subsidised is None else True


def search_success(job: Job) -> bool | None:
    """Project SEARCH: integrated, year-round, at least 16 hours a week, at the prevailing wage."""
    long_enough = None if job.hours_week is None else job.hours_week >= SEARCH_HOURS
    year_round = None if job.seasonal is None else not job.seasonal
    return _all((job.integrated, year_round, long_enough, job.prevailing_wage))


def figures(facts: Facts) -> tuple[Figure, ...]:
    """Every figure of a period, in the order of :data:`DEFINITIONS`."""
    return tuple(_MAKERS[key](facts) for key in DEFINITIONS)


def figure(facts: Facts, key: str) -> Figure:
    """One of them. Raises KeyError for a name that is none."""
    return _MAKERS[key](facts)


def hidden(count: int) -> bool:
    """Whether a count must not be shown outside the program: few enough to find somebody."""
    return 0 < count < FEWEST_SHOWN


def shown_outside(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The counts of one figure that may leave the program; None: hidden.

    Where exactly one count is hidden, the smallest other one that is not zero is hidden, too: else the sum tells it.
    """
    shown: dict[str, int | None] = {key: None if hidden(count) else count for key, count in counts.items()}
    gone = [key for key, count in shown.items() if count is None]
    if len(gone) == 1:
        others = sorted((count, key) for key, count in shown.items() if count)
        if others:
            shown[others[0][1]] = None
    return shown


def _all(parts: Iterable[bool | None]) -> bool | None:
    """Yes if all are, no if one is not, else unknown."""
    known = list(parts)
    if False in known:
        return False
    return None if None in known else True


def _any(parts: Iterable[bool | None]) -> bool | None:
    """Yes if one is, unknown if one may be, else no."""
    known = list(parts)
    if True in known:
        return True
    return None if None in known else False


def _verdict(value: bool | None) -> Verdict:
    return Verdict.UNKNOWN if value is None else Verdict.YES if value else Verdict.NO


def _latest(stays: Iterable[Stay]) -> list[Stay]:
    """One stay for each person, the one that began last, in order."""
    last: dict[int, Stay] = {}
    for stay in sorted(stays, key=lambda one: (one.entered or one.referred, one.id)):
        last[stay.person] = stay
    return [last[person] for person in sorted(last)]


def _served(facts: Facts) -> list[tuple[int, list[Stay]]]:
    """Everybody served in the period, each once, with all their enrollments that had begun by its end."""
    people = sorted({stay.person for stay in facts.stays if stay.served(facts.first, facts.last)})
    every: dict[int, list[Stay]] = {person: [] for person in people}
    for stay in facts.stays:
        if stay.person in every and stay.entered is not None and stay.entered <= facts.last:
            every[stay.person].append(stay)
    return [(person, every[person]) for person in people]


def _caseload(facts: Facts) -> Figure:
    return Figure("served", "count", tuple(Row(person, Verdict.YES, stays[-1].id) for person, stays in _served(facts)))


def _started(facts: Facts) -> Figure:
    rows = [
        Row(stay.person, Verdict.YES, stay.id)
        for stay in _in_order(facts.stays)
        if stay.entered is not None and facts.first <= stay.entered <= facts.last
    ]
    return Figure("entered", "count", tuple(rows))


def _exits(facts: Facts) -> Figure:
    return Figure("exited", "count", tuple(Row(stay.person, Verdict.YES, stay.id) for stay in _exited(facts)))


def _exited(facts: Facts) -> list[Stay]:
    """Everybody who had started and left in the period; each person once, by their last exit there."""
    return _latest(
        stay
        for stay in facts.stays
        if stay.entered is not None and stay.exited is not None and facts.first <= stay.exited <= facts.last
    )


def _in_order(stays: Iterable[Stay]) -> list[Stay]:
    return sorted(stays, key=lambda stay: stay.id)


def _ips_employed(facts: Facts) -> Figure:
    rows = []
    for person, stays in _served(facts):
        jobs = [job for stay in stays for job in stay.jobs if job.overlaps(facts.first, min(facts.last, facts.today))]
        rows.append(Row(person, _verdict(_any(competitive(job) for job in jobs)), stays[-1].id))
    return Figure("ips_employed", "rate", tuple(rows))


def _job_starts(facts: Facts) -> Figure:
    rows = []
    for stay in _in_order(facts.stays):
        for job in stay.jobs:
            if facts.first <= job.started <= facts.last:
                rows.append(Row(stay.person, _verdict(_all((competitive(job), job.four_hours))), stay.id))
    return Figure("job_starts", "count", tuple(rows))


def _search(facts: Facts) -> Figure:
    """Of everybody who entered in the period, early leavers included."""
    rows = []
    entered = [stay for stay in facts.stays if stay.entered is not None and facts.first <= stay.entered <= facts.last]
    for stay in _latest(entered):
        verdict = _verdict(_any(search_success(job) for job in stay.jobs if job.started <= facts.today))
        if verdict is Verdict.NO and stay.exited is None:
            verdict = Verdict.NOT_YET
        elif verdict is Verdict.NO and not stay.jobs and not _heard(stay):
            verdict = Verdict.UNKNOWN
        rows.append(Row(stay.person, verdict, stay.id))
    return Figure("search_success", "rate", tuple(rows))


def _heard(stay: Stay) -> bool:
    """Whether anybody knows how it went after the exit."""
    return any(one.reached is Reached.REACHED and one.employed is not None for one in stay.asked)


def _after_exit(key: str, number: int) -> Callable[[Facts], Figure]:
    def make(facts: Facts) -> Figure:
        rows = [Row(stay.person, employed_after(stay, number, facts.today), stay.id) for stay in _exited(facts)]
        return Figure(key, "rate", tuple(rows))

    return make


def employed_after(stay: Stay, number: int, today: date) -> Verdict:
    """Whether somebody who left was in paid work in the ``number``-th quarter after: a recorded job, or their word.

    A recorded job wins over a "no": they were asked on one day of the quarter. Raises ValueError without an exit.
    """
    if stay.exited is None:
        raise ValueError("has not left")
    quarter: Quarter = follow_up_quarter(stay.exited, number)
    if any(job.overlaps(quarter.first, min(quarter.last, today)) for job in stay.jobs) and quarter.first <= today:
        return Verdict.YES
    asked = stay.answer(number)
    if asked is not None and asked.reached is Reached.REACHED and asked.employed is not None:
        return _verdict(asked.employed)
    return Verdict.NOT_YET if quarter.last >= today else Verdict.UNKNOWN


def _earnings(facts: Facts) -> Figure:
    """The median of those employed in the second quarter after exit whose earnings are known."""
    rows, known = [], []
    for stay in _exited(facts):
        if employed_after(stay, 2, facts.today) is not Verdict.YES:
            continue
        asked = stay.answer(2)
        amount = None if asked is None else asked.earnings
        if amount is not None:
            known.append(amount)
        rows.append(Row(stay.person, Verdict.UNKNOWN if amount is None else Verdict.YES, stay.id))
    return Figure("earnings", "median", tuple(rows), median(known) if known else None)


def _to_placement(facts: Facts) -> Figure:
    """Days from entry to the first placement, of everybody who entered in the period."""
    began: dict[int, list[date]] = {}
    for one in facts.hostings:
        if one.state in _RUNNING:
            began.setdefault(one.person, []).append(one.first)
    rows, days = [], []
    for stay in _in_order(facts.stays):
        if stay.entered is None or not facts.first <= stay.entered <= facts.last:
            continue
        until = stay.exited or facts.today
        first = min((day for day in began.get(stay.person, ()) if stay.entered <= day <= until), default=None)
        if first is not None:
            days.append((first - stay.entered).days)
        missed = Verdict.NO if stay.exited is not None else Verdict.NOT_YET
        rows.append(Row(stay.person, missed if first is None else Verdict.YES, stay.id))
    return Figure("to_placement", "median", tuple(rows), median(days) if days else None)


def _of_kind(key: str, kind: PlacementKind) -> Callable[[Facts], Figure]:
    """Of all placements of a kind that ended in the period: carried through to the end, or not."""

    def make(facts: Facts) -> Figure:
        rows = [
            Row(one.person, Verdict.YES if one.state is PlacementState.COMPLETED else Verdict.NO)
            for one in facts.hostings
            if one.kind is kind
            and one.state in (PlacementState.COMPLETED, PlacementState.ENDED_EARLY)
            and one.last is not None
            and facts.first <= one.last <= facts.last
        ]
        return Figure(key, "rate", tuple(rows))

    return make


def _retained(facts: Facts) -> Figure:
    """Of the employers who hosted somebody in the same time a year before, those who did again. Rows are employers."""
    before = _hosts(facts.hostings, _year_before(facts.first), _year_before(facts.last))
    now = _hosts(facts.hostings, facts.first, facts.last)
    rows = tuple(Row(key, Verdict.YES if key in now else Verdict.NO) for key in sorted(before))
    return Figure("employers_retained", "rate", rows)


def _hosting(facts: Facts) -> Figure:
    rows = tuple(Row(key, Verdict.YES) for key in sorted(_hosts(facts.hostings, facts.first, facts.last)))
    return Figure("employers_served", "count", rows)


def _hosts(hostings: Iterable[Hosting], first: date, last: date) -> Collection[int]:
    return {one.employer for one in hostings if one.overlaps(first, last)}


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


#: Figures whose rows are employers.
OF_EMPLOYERS = frozenset({"employers_served", "employers_retained"})

_MAKERS: Mapping[str, Callable[[Facts], Figure]] = {
    "served": _caseload,
    "entered": _started,
    "exited": _exits,
    "to_placement": _to_placement,
    "ips_employed": _ips_employed,
    "job_starts": _job_starts,
    "search_success": _search,
    "wioa_q2": _after_exit("wioa_q2", 2),
    "wioa_q4": _after_exit("wioa_q4", 4),
    "earnings": _earnings,
    "own_workplace": _of_kind("own_workplace", PlacementKind.OWN_WORKPLACE),
    "graded_load": _of_kind("graded_load", PlacementKind.GRADED_LOAD),
    "employers_served": _hosting,
    "employers_retained": _retained,
}

_OWN = say("The program’s own count.")

DEFINITIONS: Mapping[str, Definition] = {
    "served": Definition(
        say("People served"), say("Everybody who was in the program on at least one day; each person once."), _OWN
    ),
    "entered": Definition(
        say("Entries"), say("Everybody who entered in this time. Who came back counts again."), _OWN
    ),
    "exited": Definition(
        say("Exits"), say("Everybody who had entered and left in this time; each person once."), _OWN,
        say("Whoever left without an exit date is not here."),
    ),
    "to_placement": Definition(
        say("Days from entry to the first placement"),
        say("The middle value (median) of everybody who entered in this time and was placed. Who still waits is "
            "counted beside it, not left out."), _OWN,
    ),
    "ips_employed": Definition(
        say("In competitive work"),
        say("Of all people served, those who were in an integrated, unsubsidised paid job on at least one day."),
        say("IPS supported employment, quarterly outcomes."),
        say("A job is unknown where it is not recorded whether it was integrated or subsidised."),
    ),
    "job_starts": Definition(
        say("Job starts"), say("Competitive jobs that began in this time and lasted at least four paid hours."),
        say("IPS supported employment, quarterly outcomes."),
    ),
    "search_success": Definition(
        say("Project SEARCH success"),
        say("Of everybody who entered in this time, early leavers included: an integrated, year-round job of at least "
            "16 hours a week at the prevailing wage."),
        say("Project SEARCH, definition of employment."),
        say("Who left without a job and was not reached afterwards is unknown."),
    ),
    "wioa_q2": Definition(
        say("Employed in the second quarter after exit"),
        say("Of everybody who left in this time: in paid work in the second calendar quarter after the quarter of "
            "their exit."),
        say("WIOA primary indicators, 20 CFR 677.155 (a)(1)(i)."),
        say("Wage records of the state are not in this record; a job or a follow-up is."),
    ),
    "wioa_q4": Definition(
        say("Employed in the fourth quarter after exit"),
        say("As above, in the fourth quarter."), say("WIOA primary indicators, 20 CFR 677.155 (a)(1)(ii)."),
        say("Wage records of the state are not in this record; a job or a follow-up is."),
    ),
    "earnings": Definition(
        say("Median earnings in the second quarter after exit"),
        say("The middle value of the gross earnings of those employed then, as they told them."),
        say("WIOA primary indicators, 20 CFR 677.155 (a)(1)(iii)."),
        say("Credentials, skill gains and effectiveness in serving employers are not computed: the record does not "
            "hold them."),
    ),
    "own_workplace": Definition(
        say("Returns to one’s own workplace carried through"),
        say("Of all placements of this kind that ended in this time, those that reached their end."),
        say("Gradual return to work (stufenweise Wiedereingliederung), § 44 SGB IX, § 74 SGB V."),
        say("Whether somebody was fit for work afterwards is not recorded."),
    ),
    "graded_load": Definition(
        say("Graded loads carried through"),
        say("Of all placements of this kind that ended in this time, those that reached their end."),
        say("Work therapy and work trial (Arbeitstherapie, Belastungserprobung), § 42 SGB V."),
        say("The written result of each stands in its plan; it is no figure."),
    ),
    "employers_served": Definition(
        say("Employers who hosted somebody"), say("With a placement on at least one day; each employer once."), _OWN
    ),
    "employers_retained": Definition(
        say("Employers who stayed"),
        say("Of those who hosted somebody in the same time a year before, those who did again."), _OWN,
    ),
}  # fmt: skip

#: What the funders’ reports hold, by title, each made of the figures above.
REPORTS: Sequence[tuple[Say, tuple[str, ...]]] = (
    (say("The program"), ("served", "entered", "exited", "to_placement", "employers_served", "employers_retained")),
    (say("IPS, quarterly"), ("ips_employed", "job_starts")),
    (say("Project SEARCH"), ("search_success",)),
    (say("WIOA primary indicators"), ("wioa_q2", "wioa_q4", "earnings")),
    (say("Germany: back to work and graded load"), ("own_workplace", "graded_load")),
)


def verdict_words(verdict: Verdict) -> Say:
    return _VERDICTS[verdict]


_VERDICTS = {
    Verdict.YES: say("yes"),
    Verdict.NO: say("no"),
    Verdict.UNKNOWN: say("unknown"),
    Verdict.NOT_YET: say("not yet"),
}


def packed(made: Figure) -> dict[str, Any]:
    """A figure as plain numbers, to be kept: nobody can be found in it."""
    return {
        "key": made.key, "kind": made.kind, "value": made.value, "base": made.base,
        **{verdict.value: made.count(verdict) for verdict in Verdict},
    }  # fmt: skip
