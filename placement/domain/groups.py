"""Groups: people who work at a project together, or spend time at an activity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from placement.domain.errors import Refused
from placement.domain.shifts import PlannedTime, TimeProblem, duration_minutes, problems
from placement.domain.words import Say, say, say_n

#: Longest texts: a name or a place, what a group is about, an agenda or a note.
NAME, ABOUT, NOTE = 120, 1000, 2000
#: Topics of a talk, and the letters of one.
MOST_TOPICS, TOPIC = 12, 120
MOST_TASKS, MOST_MEMBERS, MOST_PHOTOS = 40, 40, 200
#: The words under a photo.
PHOTO_WORDS = 160
#: A session repeats weekly at most so often.
MOST_WEEKS = 52
LONGEST_MINUTES = 12 * 60
#: How far a group is planned.
LONGEST_PERIOD = timedelta(days=5 * 366)


class GroupKind(StrEnum):
    #: Something gets done: a room is renovated, a market stall is run.
    PROJECT = "project"
    #: Time spent well: art, craft, cooking.
    ACTIVITY = "activity"


#: The area of tasks that a group adds to the program's list.
AREAS = {GroupKind.PROJECT: "project", GroupKind.ACTIVITY: "leisure"}


class TaskState(StrEnum):
    PLANNED = "planned"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TaskCourse:
    """When a project's task was meant to be done, was begun and was done."""

    planned_for: date | None
    begun_on: date | None
    done_on: date | None

    @property
    def state(self) -> TaskState:
        """Where it stands."""
        if self.done_on is not None:
            return TaskState.DONE
        return TaskState.PLANNED if self.begun_on is None else TaskState.BEGUN

    def moved(self, to: TaskState, today: date) -> TaskCourse:
        """The same task once it stands at ``to``; days that are known already stay."""
        match to:
            case TaskState.PLANNED:
                return replace(self, begun_on=None, done_on=None)
            case TaskState.BEGUN:
                return replace(self, begun_on=self.begun_on or today, done_on=None)
            case TaskState.DONE:
                done = self.done_on or today
                return replace(self, begun_on=min(self.begun_on or done, done), done_on=done)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Sessions of a weekly plan, and the days left out because the clocks skip their times."""

    sessions: tuple[PlannedTime, ...]
    left_out: tuple[date, ...]


def kind_words(kind: GroupKind) -> Say:
    """What a group is, in words."""
    return _KINDS[kind]


def state_words(state: TaskState) -> Say:
    """Where a task stands, in words."""
    return _STATES[state]


def check_period(first: date, last: date | None) -> None:
    """Raise Refused at the last day for one before the first, or years away."""
    if last is None:
        return
    if last < first:
        raise Refused(say("The last day is before the first."), "last_day")
    if last - first > LONGEST_PERIOD:
        raise Refused(say("Please plan at most five years."), "last_day")


def check_length(planned: PlannedTime) -> None:
    """Raise Refused for a session longer than a day's. Raises PlanError like :func:`duration_minutes`."""
    if duration_minutes(planned) > LONGEST_MINUTES:
        raise Refused(say("This is longer than twelve hours. Please check both times."), "end")


def weekly(first: PlannedTime, weeks: int, last_day: date | None) -> Weekly:
    """The same local times every seven days, ``weeks`` times in all, not after ``last_day``.

    A later session whose time doesn't exist that day is left out; one whose time comes twice takes the first.
    Raises Refused at ``weeks`` for a number out of range.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refused(say("Please enter from 1 to %(most)s.", most=MOST_WEEKS), "weeks")
    sessions, left_out = [first], []
    for nth in range(1, weeks):
        day = first.day + timedelta(weeks=nth)
        if last_day is not None and day > last_day:
            break
        planned = replace(first, day=day, start_fold=0, end_fold=0)
        if any(problem.problem is TimeProblem.NONEXISTENT for problem in problems(planned)):
            left_out.append(day)
        else:
            sessions.append(planned)
    return Weekly(tuple(sessions), tuple(left_out))


def topics_of(text: str) -> list[str]:
    """One topic a line. Raises Refused at ``topics`` for too many or too long ones."""
    found = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(found) > MOST_TOPICS:
        raise Refused(say("Please write at most %(most)s topics.", most=MOST_TOPICS), "topics")
    if any(len(topic) > TOPIC for topic in found):
        raise Refused(say("Please write at most %(count)s characters.", count=TOPIC), "topics")
    return found


def check_text(text: str, most: int, field: str) -> str:
    """The text without blanks around it. Raises Refused at the field when it is too long."""
    trimmed = text.strip()
    if len(trimmed) > most:
        raise Refused(say("Please write at most %(count)s characters.", count=most), field)
    return trimmed


def progress_sentence(courses: Iterable[TaskCourse]) -> Say:
    """How far a project is, in one sentence."""
    states: Sequence[TaskState] = [course.state for course in courses]
    total, done, begun = len(states), states.count(TaskState.DONE), states.count(TaskState.BEGUN)
    if not total:
        return say("No tasks are planned yet.")
    if done == total:
        return say_n("Done: %(n)s task.", "All %(n)s tasks are done.", total)
    if begun:
        return say("%(done)s of %(total)s tasks done, %(begun)s begun.", done=done, total=total, begun=begun)
    return say("%(done)s of %(total)s tasks done.", done=done, total=total)


_KINDS = {GroupKind.PROJECT: say("project"), GroupKind.ACTIVITY: say("leisure activity")}
_STATES = {TaskState.PLANNED: say("planned"), TaskState.BEGUN: say("begun"), TaskState.DONE: say("done")}
