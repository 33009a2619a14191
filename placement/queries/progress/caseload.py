"""One line for each person on placement, from summary rows, in four statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from placement.domain.fading import FadingState
from placement.domain.profiles import full_name
from placement.domain.verdict import Trend
from placement.policy.actor import Actor
from placement.queries.pages import Page
from placement.queries.progress.caseload_people import CaseFilter, page_of_people
from placement.queries.progress.caseload_places import places_of
from placement.queries.progress.caseload_tasks import TaskMark, tasks_of
from placement.queries.progress.caseload_weeks import checks_and_levels
from placement.queries.progress.records import LevelName

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """``tasks``: those that need more help again first. ``check``: the next check of a mastered task, and its day.

    ``step``: shares of the last step back in percent, and whether it is still watched. ``owed``: shifts without
    feedback; ``rated``: percent of the shifts since something last changed that are rated, None: none yet.
    """

    participant: str
    name: str
    placement: str
    shop: str
    last_day: date | None
    tasks: tuple[TaskMark, ...]
    check: tuple[Words, date] | None
    step: tuple[int, int, bool] | None
    owed: int
    rated: int | None
    last_contact: date | None
    #: (Monday, median rank) of each task in the last weeks.
    weeks: tuple[tuple[date, float], ...] = ()

    @property
    def counts(self) -> Mapping[Trend, int]:
        """How many tasks there are of each verdict."""
        return Counter(task.trend for task in self.tasks)

    @property
    def nearest(self) -> TaskMark | None:
        """The task nearest to mastery that has been done alone the last time."""
        begun = [task for task in self.tasks if 0 < task.run < task.needed]
        return min(begun, key=lambda task: task.needed - task.run, default=None)


@dataclass(frozen=True, slots=True)
class Caseload:
    """``levels``: the program's scale in force, for everybody's small chart."""

    page: Page[CaseRow]
    levels: tuple[LevelName, ...] = ()


def caseload(db: Session, actor: Actor, wanted: CaseFilter, now: datetime, cursor: str | None = None) -> Caseload:
    """One page of the people on placement, those who need more help again first."""
    today = actor.today(now)
    page = page_of_people(db, actor, wanted, now, cursor)
    keys = [row.id for row in page.rows]
    if not keys:
        return Caseload(Page([], page.next, page.previous))
    places = {row.participant_id: row for row in places_of(db, keys, now)}
    tasks = tasks_of(db, actor, keys, today)
    checks, levels = checks_and_levels(db, actor, keys)
    rows = []
    for person in page.rows:
        place = places[person.id]
        step = None if place.share_after is None else (
            place.share_before, place.share_after, place.step_state is FadingState.WATCHING
        )  # fmt: skip
        name = full_name(person.preferred_name, person.family_name)
        rows.append(
            CaseRow(
                person.public_id, name, place.public_id, f"{place.employer}, {place.site}", place.last_day,
                tuple(tasks.marks.get(person.id, ())), checks.get(person.id), step, place.owed or 0,
                tasks.rated.get(person.id), place.last_contact, tuple(tasks.weeks.get(person.id, ())),
            )
        )  # fmt: skip
    return Caseload(Page(rows, page.next, page.previous), levels)
