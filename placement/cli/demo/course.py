"""What became of the shifts of one placement: who came, who rated, how much help it took."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from placement.catalog import read
from placement.domain.learning import Course, rank_at
from placement.domain.shifts import Attendance, PlannedTime, expand, instants
from placement.domain.story import Intern, Place, Rated, Sent, Turn
from placement.domain.support import NotTodayReason

#: What the first people of a program show, so that a small demo holds each course.
COURSES = (
    Course.GROWING, Course.PLATEAU, Course.STEP_BACK, Course.GROWING,
    Course.UP_AND_DOWN, Course.STRONG, Course.GROWING, Course.PLATEAU,
)  # fmt: skip


def turns(
    number: int, person: Intern, place: Place, guides: Sequence[str], first: date, until: date, today: date,
    zone: str, chance: Random,
) -> tuple[Turn, ...]:  # fmt: skip
    """The shifts from ``first`` to ``until``, each with its feedback, absence or nothing yet."""
    planned = expand(place.pattern, first, until, zone)
    starts = {task: chance.uniform(2.0, 4.2) for task in place.tasks}
    rows = []
    for index, shift in enumerate(planned):
        progress = index / max(1, len(planned) - 1)
        owed = number % 5 == 0 and index >= len(planned) - 1 and until >= today - timedelta(days=1)
        rows.append(_turn(number, person, shift, progress, starts, guides, owed, chance))
    return tuple(rows)


def _turn(
    number: int, person: Intern, shift: PlannedTime, progress: float, starts: dict[str, float],
    guides: Sequence[str], owed: bool, chance: Random,
) -> Turn:  # fmt: skip
    _, ends_at = instants(shift)
    if owed:
        return Turn(shift.day, shift.start, shift.end)
    luck = chance.random()
    if progress > 0 and luck < 0.05:
        missing = Attendance.EXCUSED if luck < 0.03 else Attendance.ABSENT
        at = ends_at + timedelta(minutes=chance.randint(10, 90))
        if missing is Attendance.ABSENT:
            return Turn(shift.day, shift.start, shift.end, (Sent(guides[0], at, (), attendance=missing),))
        return Turn(shift.day, shift.start, shift.end, (), missing, at)
    seen = [_sent(number, shift, progress, starts, guides[len(guides) * chance.randint(0, 1) // 2], ends_at, chance)]
    coaches = [staff for staff, stands_in_for in person.assigned if staff.startswith("coach") and not stands_in_for]
    if coaches and chance.random() < 0.15:
        seen.append(_echo(seen[0], coaches[0], chance))
    return Turn(shift.day, shift.start, shift.end, tuple(seen))


def _sent(
    number: int, shift: PlannedTime, progress: float, starts: dict[str, float], rater: str, ends_at: datetime,
    chance: Random,
) -> Sent:  # fmt: skip
    ratings = []
    for place, (task, start) in enumerate(starts.items()):
        course = COURSES[(number + (place if number % 4 == 3 else 0)) % len(COURSES)]
        if chance.random() < 0.12:
            reason = NotTodayReason.NO_OCCASION if chance.random() < 0.85 else NotTodayReason.NOT_WANTED
            ratings.append(Rated(task, None, reason))
        else:
            ratings.append(Rated(task, rank_at(course, progress, start, chance)))
    if all(rated.rank is None for rated in ratings):
        ratings[0] = Rated(ratings[0].task, 4)
    return Sent(
        rater=rater,
        at=ends_at + timedelta(minutes=chance.randint(3, 55)),
        ratings=tuple(ratings),
        went_well=_line("went_well", shift.zone, chance) if chance.random() < 0.3 else "",
        try_next=_line("try_next", shift.zone, chance) if chance.random() < 0.1 else "",
        note=_line("note", shift.zone, chance) if chance.random() < 0.03 else "",
    )


def _echo(first: Sent, coach: str, chance: Random) -> Sent:
    """The coach saw the same shift, now and then one step more help."""
    ratings = tuple(
        Rated(row.task, row.rank if row.rank is None or chance.random() < 0.8 else max(2, row.rank - 1), row.not_today)
        for row in first.ratings
    )
    return Sent(rater=coach, at=first.at + timedelta(minutes=20), ratings=ratings)


def _line(kind: str, zone: str, chance: Random) -> str:
    row = chance.choice(read.demo()[kind])
    return str(row["de" if zone == "Europe/Berlin" else "en"])
