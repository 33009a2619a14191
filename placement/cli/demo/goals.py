"""Goals of a few participants, with where they stood, and how some shifts were for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.domain.story import Intern
from placement.queries.day.own_asks import own_asks
from placement.queries.feedback.own_view import own_view_form
from placement.usecases.effects.goals import GoalValues
from placement.usecases.effects.observations import Answer
from placement.usecases.feedback.own_view import GiveOwnView, give_own_view
from placement.usecases.goals.rate import RateGoal, rate_goal
from placement.usecases.goals.write import AddGoal, add_goal

MOST_PEOPLE = 8
#: Own views are told of this many shifts, of the first participant alone.
MOST_VIEWS = 4
#: Title and levels from much less to much more than expected, by locale.
GOALS = {
    "en": (
        ("I talk with customers", ("I look away", "I nod", "I say hello", "I answer a question", "I ask first")),
        ("I come on time", ("", "Late twice a week", "Late once in two weeks", "Always on time", "")),
    ),
    "de": (
        (
            "Ich spreche mit Kundinnen und Kunden",
            ("Ich schaue weg", "Ich nicke", "Ich grüße", "Ich beantworte eine Frage", "Ich spreche zuerst"),
        ),
        ("Ich komme pünktlich", ("", "Zweimal die Woche zu spät", "Alle zwei Wochen einmal", "Immer pünktlich", "")),
    ),
}
#: Weeks ago → score.
COURSE = ((7, -2), (4, -1), (1, 0))


def write_goals(desk: Desk) -> None:
    """For the first participants who sign in; every second one gets a goal whose day has come."""
    people = [row for row in desk.story.interns if row.account]
    for number, intern in enumerate(people[:MOST_PEOPLE]):
        _goals(desk, intern, number)
    for intern in people[:1]:
        _views(desk, intern)


def _goals(desk: Desk, intern: Intern, number: int) -> None:
    own, today = desk.actor(intern.account or ""), desk.work.clock().date()
    start = max(desk.story.began.date(), today - timedelta(weeks=8))
    for place, (title, levels) in enumerate(GOALS[desk.story.locale]):
        due = today + timedelta(days=3 if (number + place) % 2 == 0 else 45)
        add = AddGoal(desk.interns[intern.key], GoalValues(title, levels, due_on=due), _key("goal", intern, place))
        goal = add_goal(desk.on(start), own, add)
        for weeks, score in COURSE[: 3 - place]:
            day = today - timedelta(weeks=weeks, days=4)
            if day >= start:
                rate_goal(desk.on(day), own, RateGoal(goal, day, score, "", _key(goal, intern, weeks)))


def _views(desk: Desk, intern: Intern) -> None:
    """Mostly as the shop saw it, and once more boldly."""
    own = desk.actor(intern.account or "")
    days = sorted({turn.day for stay in desk.story.stays if stay.intern == intern.key for turn in stay.turns})
    past = [day for day in days if day < desk.work.clock().date()]
    for number, day in enumerate(past[-MOST_VIEWS:]):
        at = datetime.combine(day, time(21), UTC)
        asked = own_asks(desk.reads, own, at).shift
        if asked is None:
            continue
        form = own_view_form(desk.reads, own, at, asked.public_id)
        levels = sorted(form.levels, key=lambda level: -level.rank)
        answers = tuple(
            Answer(task.public_id, levels[min(len(levels) - 1, (number + place) % 3)].public_id, None)
            for place, task in enumerate(form.tasks)
        )
        if answers and form.closed is None:
            give_own_view(desk.at(at), own, GiveOwnView(asked.public_id, _key("view", intern, day), answers))


def _key(what: str, intern: Intern, part: int | date) -> str:
    return str(uuid5(NAMESPACE_URL, f"{what}:{intern.key}:{part}"))
