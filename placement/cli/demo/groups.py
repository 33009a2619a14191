"""Two groups of the story: a project that is under way, and people who paint together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.domain.groups import GroupKind, TaskState
from placement.domain.shifts import Attendance
from placement.queries.groups.head import group_head, group_tasks
from placement.usecases.effects.observations import Answer
from placement.usecases.groups.members import add_member
from placement.usecases.groups.record import Observe, RecordSession, observe, record_session, set_seat
from placement.usecases.groups.sessions import PlanSessions, SessionValues, plan_sessions
from placement.usecases.groups.tasks import AddTask, add_task, move_task
from placement.usecases.groups.write import AddGroup, GroupValues, add_group

WEEK = timedelta(weeks=1)
#: Sessions that are over, at most, and still to come.
BEHIND, AHEAD = 8, 3
MOST_MEMBERS = 4
#: Somebody stays away now and then: (session, member).
AWAY = {(1, 2): Attendance.ABSENT, (4, 0): Attendance.EXCUSED, (5, 3): Attendance.LATE}


@dataclass(frozen=True, slots=True)
class Plot:
    """``tasks``: name, the session it is worked on from and the one that finishes it (None: not yet).

    ``done``: what was written down at each session; ``talk``: topics and the note of every third one.
    """

    key: str
    leader: str
    weekday: int
    start: time
    end: time
    kind: GroupKind
    name: str
    about: str
    place: str
    tasks: tuple[tuple[str, int, int | None], ...]
    done: tuple[str, ...]
    talk: tuple[str, str]


PLOTS = {
    "en": (
        Plot(
            "club-room", "coach1", 2, time(13, 30), time(15, 30), GroupKind.PROJECT, "Renovate the club room",
            "We make the club room ours: plan it, buy what we need, paint it and clean up.", "Club room",
            (("Planning the room", 0, 1), ("Buying paint and tools", 1, 2), ("Painting the walls", 3, None),
             ("Mending the chairs", 5, None), ("Cleaning up", 9, None)),
            ("We measured the room and drew a plan.", "Colors chosen, prices compared, a list written.",
             "Bought paint, rollers and tape. 14 euros under plan.", "Covered the floor, taped the edges.",
             "First wall painted.", "Second wall. One chair is mended.", "Third wall. The yellow needs another coat.",
             "Second coat on the yellow wall."),
            ("Who does what\nWhat was hard", "Next time two people do the edges together. That went well."),
        ),
        Plot(
            "art", "therapist1", 4, time(10), time(11, 30), GroupKind.ACTIVITY, "Art on Friday",
            "Painting, printing and clay. Nobody has to be good at it.", "Studio, first floor",
            (("Choosing what to make", 0, None), ("Putting the tools back", 0, None)),
            ("Ink and straws.", "Prints with leaves.", "Clay: small bowls.", "Everybody went on with their own.",
             "Large paper, one picture together.", "Collage from old magazines.", "Clay, second firing.",
             "We looked at everything and chose what to hang up."),
            ("What I liked", "We hang the pictures in the hall next month."),
        ),
    ),
    "de": (
        Plot(
            "club-room", "coach1", 2, time(13, 30), time(15, 30), GroupKind.PROJECT, "Den Clubraum renovieren",
            "Wir machen den Clubraum zu unserem: planen, einkaufen, streichen, aufräumen.", "Clubraum",
            (("Den Raum planen", 0, 1), ("Farbe und Werkzeug einkaufen", 1, 2), ("Wände streichen", 3, None),
             ("Stühle reparieren", 5, None), ("Aufräumen und putzen", 9, None)),
            ("Wir haben den Raum ausgemessen und gezeichnet.", "Farben gewählt, Preise verglichen, Liste geschrieben.",
             "Farbe, Rollen und Band gekauft. 14 Euro unter Plan.", "Boden abgedeckt, Kanten abgeklebt.",
             "Die erste Wand ist gestrichen.", "Zweite Wand. Ein Stuhl ist repariert.",
             "Dritte Wand. Das Gelb braucht noch eine Schicht.", "Zweite Schicht auf der gelben Wand."),
            ("Wer macht was\nWas schwer war", "Die Kanten machen nächstes Mal wieder zwei zusammen. Das ging gut."),
        ),
        Plot(
            "art", "therapist1", 4, time(10), time(11, 30), GroupKind.ACTIVITY, "Kunst am Freitag",
            "Malen, Drucken und Ton. Niemand muss es gut können.", "Atelier, 1. Stock",
            (("Aussuchen, was ich mache", 0, None), ("Werkzeug zurückräumen", 0, None)),
            ("Tusche und Strohhalme.", "Drucke mit Blättern.", "Ton: kleine Schalen.", "Alle haben weitergemacht.",
             "Großes Papier, ein Bild zusammen.", "Collage aus alten Zeitschriften.", "Ton, zweiter Brand.",
             "Alles angeschaut und ausgesucht, was wir aufhängen."),
            ("Was mir gefallen hat", "Nächsten Monat hängen wir die Bilder in den Flur."),
        ),
    ),
}  # fmt: skip


def write_groups(desk: Desk) -> None:
    """Both groups, with the first participants who sign in."""
    people = [row for row in desk.story.interns if row.account]
    for nth, plot in enumerate(PLOTS[desk.story.locale]):
        members = [desk.interns[row.key] for row in people[nth : nth + MOST_MEMBERS]]
        _write(desk, plot, members)


def _write(desk: Desk, plot: Plot, people: list[str]) -> None:
    days = _days(desk, plot.weekday)
    cora, leader = desk.actor("coordinator1"), desk.actor(plot.leader)
    start = desk.on(days[0] - timedelta(days=2))
    values = GroupValues(
        plot.kind, plot.name, days[0] - timedelta(days=2), days[-1] + 4 * WEEK, plot.about, plot.place,
        desk.accounts[plot.leader],
    )  # fmt: skip
    group = add_group(start, cora, AddGroup(values, _key(desk, plot, "group")))
    members = [add_member(start, cora, group, person) for person in people]
    rows = [
        add_task(start, leader, AddTask(group, name=name, planned_for=_planned(days, until or begun + 3)))
        for name, begun, until in plot.tasks
    ]
    said = SessionValues(days[0], plot.start, plot.end, place=plot.place)
    sessions = plan_sessions(
        start, leader, PlanSessions(group, said, len(days) + AHEAD, _key(desk, plot, "plan"))
    ).sessions  # fmt: skip
    head = group_head(desk.reads, leader, group)
    tasks = {line.public_id: line.task for line in group_tasks(desk.reads, head.id)}
    for nth, day in enumerate(days):
        _session(desk, plot, nth, day, sessions[nth], members, [tasks[row] for row in rows])
        for row, (_, _, until) in zip(rows, plot.tasks, strict=True):
            if until == nth:
                move_task(desk.on(day, 17), leader, group, row, TaskState.DONE)


def _session(desk: Desk, plot: Plot, nth: int, day: date, session: str, members: list[str], tasks: list[str]) -> None:
    """Who came, what was done, and how much help each needed with what was worked on."""
    after, leader = desk.at(datetime.combine(day, time(17), UTC)), desk.actor(plot.leader)
    topics, note = plot.talk if nth % 3 == 0 else ("", "")
    record_session(after, leader, RecordSession(session, 1, plot.done[nth % len(plot.done)], topics, note))
    worked = [task for task, (_, begun, until) in zip(tasks, plot.tasks, strict=True) if begun <= nth <= (until or nth)]
    ranks = sorted(desk.levels)
    for place, member in enumerate(members):
        said = AWAY.get((nth, place), Attendance.HERE)
        set_seat(after, leader, session, member, said)
        if said in (Attendance.HERE, Attendance.LATE):
            # Everybody begins somewhere else, and most need a little less help from week to week.
            answers = [
                Answer(task, desk.levels[ranks[min(len(ranks) - 1, (place + (nth + at) // 2) % 3 + nth // 4)]], None)
                for at, task in enumerate(worked[:2])
            ]
            if answers:
                observe(after, leader, Observe(session, member, tuple(answers)))


def _days(desk: Desk, weekday: int) -> list[date]:
    """The latest such weekdays before today that the story knows, oldest first."""
    today = desk.work.clock().date()
    last = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    days = [last - WEEK * nth for nth in range(BEHIND)]
    return sorted(day for day in days if day - timedelta(days=3) > desk.story.began.date()) or [last]


def _planned(days: list[date], nth: int) -> date:
    return days[0] + WEEK * nth


def _key(desk: Desk, plot: Plot, what: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{what}:{plot.key}:{desk.program_id}"))
