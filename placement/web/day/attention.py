"""What needs a coordinator: each thing in words, with the page where it can be dealt with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from flask import url_for

from placement.domain.milestone_words import milestone_words
from placement.domain.placements import Answer, PlacementState, step_words
from placement.domain.words import Say, say, say_n
from placement.queries.day.coordinator import (
    Celebration,
    CoordinatorDay,
    Decision,
    KeptCheck,
    OwedAt,
    Slip,
    Watched,
)
from placement.queries.day.own import LatestMilestone

Row = TypeVar("Row")

#: Shown of each kind; the others are one more line.
OF_EACH = 5


@dataclass(frozen=True, slots=True)
class Thing:
    """One line: a tag, what it is about, one sentence, and a button. ``kind`` as in the tag component."""

    tag: Say
    kind: str | None
    title: str | Say
    text: Say
    action: Say
    href: str | None
    #: How many things this line stands for.
    count: int = 1


def things_of(day: CoordinatorDay, today: date, whose: str = "") -> list[Thing]:
    """Everything that needs the coordinator, what others wait for first. ``whose``: the filter, for links."""
    kinds = (
        _some([row for row in day.milestones if row.to_tell], _to_tell),
        _some(day.owed, _owed),
        _some(day.slips, _slip),
        _some([row for row in day.decisions if _is_talk(row)], _talk),
        _proposals(day.decisions),
        _some([row for row in day.decisions if _is_answer(row)], _answer),
        _some(
            [row for row in day.decisions if row.step is not None and row.step_due is not None], partial(_step, today)
        ),
        _some([row for row in day.decisions if row.ends_soon], partial(_end, today)),
        _some(day.checks, _check),
        _some(day.watched, _watched),
        _follow_ups(day, whose),
        _updates(day),
        _free(day),
        _some(_news(day.milestones), _celebrate),
    )
    return [thing for kind in kinds for thing in kind]


def total(things: Iterable[Thing]) -> int:
    """How many things those lines stand for."""
    return sum(thing.count for thing in things)


def _some(rows: Sequence[Row], put: Callable[[Row], Thing]) -> list[Thing]:
    """The first of a kind, and one line for the others; only what is shown is put into words."""
    if len(rows) <= OF_EACH + 1:
        return [put(row) for row in rows]
    rest = len(rows) - OF_EACH
    like = put(rows[OF_EACH])
    more = say_n("and %(n)s more", "and %(n)s more", rest)
    return [
        *(put(row) for row in rows[:OF_EACH]),
        Thing(like.tag, like.kind, more, say("Further down the list."), like.action, None, rest),
    ]


def _to_tell(row: Celebration) -> Thing:
    return Thing(
        say("to tell"),
        "todo",
        row.name,
        say(
            "“%(milestone)s” was withdrawn after they had seen it. Somebody has to tell them.",
            milestone=title_of(row),
        ),
        say("Look"),
        url_for("progress.show", public_id=row.participant),
    )


def _owed(row: OwedAt) -> Thing:
    return Thing(
        say("feedback owed"),
        "todo",
        f"{row.employer}, {row.site_name}",
        say_n("%(n)s shift, since %(day)s", "%(n)s shifts, since %(day)s", row.shifts, day=row.since),
        say("Look"),
        url_for("shifts.index", day=row.since.isoformat(), span="week", only="owed"),
    )


def _slip(row: Slip) -> Thing:
    text = (
        say("needs more help again with “%(task)s”, since %(day)s", task=row.task, day=row.since)
        if row.tasks == 1
        else say_n(
            "needs more help again with %(n)s task, the last since %(day)s",
            "needs more help again with %(n)s tasks, the last since %(day)s",
            row.tasks,
            day=row.since,
        )
    )
    return Thing(
        say("more help"),
        None,
        row.name,
        text,
        say("Look"),
        url_for("progress.show", public_id=row.participant),
    )


def _proposals(decisions: Iterable[Decision]) -> list[Thing]:
    waiting = [row for row in decisions if row.state is PlacementState.PROPOSED and row.answer is None]
    if not waiting:
        return []
    return [
        Thing(
            say("proposals"),
            None,
            say_n("%(n)s proposal without an answer", "%(n)s proposals without an answer", len(waiting)),
            say("Waiting for the participant; the oldest starts on %(day)s", day=min(row.first_day for row in waiting)),
            say("Look"),
            url_for("placements.index", show="waiting"),
        )
    ]


def _is_talk(row: Decision) -> bool:
    return row.state is PlacementState.PROPOSED and row.answer is Answer.TALK_FIRST


def _is_answer(row: Decision) -> bool:
    if row.state is PlacementState.PROPOSED:
        return row.answer is Answer.NOT_NOW
    return row.state in (PlacementState.OFFERED, PlacementState.ACCEPTED, PlacementState.DECLINED)


def _talk(row: Decision) -> Thing:
    shop = f"{row.employer}, {row.site}"
    text = say("Would like to talk about the proposal first: %(role)s, %(shop)s.", role=row.role, shop=shop)
    return Thing(say("talk first"), "todo", row.name, text, say("Look at the proposal"), _placement(row))


def _answer(row: Decision) -> Thing:
    shop = f"{row.employer}, {row.site}"
    if row.state is PlacementState.OFFERED:
        text = say("Said yes to %(shop)s. The employer has not answered yet.", shop=shop)
    elif row.state is PlacementState.ACCEPTED:
        text = say("%(shop)s said yes. Starts on %(day)s.", shop=shop, day=row.first_day)
    elif row.state is PlacementState.DECLINED:
        text = say("%(shop)s said: not this time. Look for another place together.", shop=shop)
        return Thing(say("answer"), None, row.name, text, say("Look"), _placement(row))
    else:
        text = say("Said “not now” to %(shop)s.", shop=shop)
    return Thing(say("answer"), "good", row.name, text, say("Go on"), _placement(row))


def _step(today: date, row: Decision) -> Thing:
    if row.step is None or row.step_due is None:
        raise ValueError("no step is due")
    return Thing(
        say("step due"),
        "todo" if row.step_due < today else None,
        row.name,
        say("%(step)s at %(shop)s, %(day)s", step=step_words(row.step), shop=row.employer, day=row.step_due),
        say("Go on"),
        _placement(row),
    )


def _end(today: date, row: Decision) -> Thing:
    if row.last_day is None:
        raise ValueError("no end is known")
    shop = f"{row.employer}, {row.site}"
    text = (
        say("%(shop)s: was to end on %(day)s", shop=shop, day=row.last_day)
        if row.last_day < today
        else say("%(shop)s: ends on %(day)s", shop=shop, day=row.last_day)
    )
    return Thing(say("ends soon"), None, row.name, text, say("Plan what comes next"), _placement(row))


def watched_text(before: int, after: int, until: date, slips: bool) -> Say:
    """A step back to look at, in a sentence."""
    if slips:
        return say(
            "Needs more help again since the coach stepped back from %(before)s to %(after)s %%",
            before=before, after=after,
        )  # fmt: skip
    return say(
        "The coach stepped back from %(before)s to %(after)s %%, watched until %(day)s: does it hold?",
        before=before, after=after, day=until,
    )  # fmt: skip


def _watched(row: Watched) -> Thing:
    text = watched_text(row.before, row.after, row.until, row.slips)
    href = url_for("progress.fading", public_id=row.placement)
    return Thing(say("step back"), "todo", row.name, text, say("Look"), href)


def _follow_ups(day: CoordinatorDay, whose: str) -> list[Thing]:
    count = day.figures.follow_ups
    if not count:
        return []
    title = say_n("%(n)s thing to come back to", "%(n)s things to come back to", count)
    text = say("Written down at a contact, for today or a day before")
    href = url_for("contacts.due", whose=whose or None)
    return [Thing(say("follow-up"), "todo", title, text, say("Look"), href, count)]


def _updates(day: CoordinatorDay) -> list[Thing]:
    count = day.figures.updates
    if not count:
        return []
    title = say_n("%(n)s profile could be brought up to date", "%(n)s profiles could be brought up to date", count)
    text = say("What was seen at work speaks for other levels")
    return [Thing(say("profiles"), None, title, text, say("Look"), url_for("matching.suggestions"))]


def _free(day: CoordinatorDay) -> list[Thing]:
    if not day.figures.free_places:
        return []
    return [
        Thing(
            say("free places"),
            None,
            say_n("%(n)s place is free", "%(n)s places are free", day.figures.free_places),
            say_n("in %(n)s opening", "in %(n)s openings", day.figures.free_openings),
            say("Look"),
            url_for("employers.openings", show="places"),
        )
    ]


def _news(milestones: Iterable[Celebration]) -> list[tuple[Celebration, int]]:
    """One line a person, however much they reached in the week: the newest, and how many others."""
    reached: dict[str, list[Celebration]] = {}
    for row in milestones:
        if not row.to_tell:
            reached.setdefault(row.participant, []).append(row)
    lines = [(max(rows, key=lambda row: row.day), len(rows) - 1) for _, rows in sorted(reached.items())]
    return sorted(lines, key=lambda line: line[0].day, reverse=True)


def _celebrate(line: tuple[Celebration, int]) -> Thing:
    row, others = line
    text = title_of(row)
    if others:
        text = say_n("%(title)s, and %(n)s more", "%(title)s, and %(n)s more", others, title=text)
    return Thing(
        say("milestone"),
        "sun",
        row.name,
        text,
        say("Celebrate"),
        url_for("progress.show", public_id=row.participant),
    )


def title_of(row: Celebration | LatestMilestone) -> Say:
    """A milestone's name."""
    return milestone_words(
        row.kind, task=row.task, percent=row.percent, occasions=row.occasions, amount=row.amount, name=row.words
    )


def check_text(row: KeptCheck) -> Say:
    """Mastered tasks to look at, in a sentence."""
    if row.needs_look:
        return say_n(
            "“%(task)s” was mastered, and took help again on %(day)s",
            "%(n)s tasks were mastered, and took help again, the last on %(day)s",
            row.tasks,
            task=row.task,
            day=row.day,
        )
    return say_n(
        "“%(task)s” was mastered: is it still done alone?",
        "%(n)s tasks were mastered: are they still done alone?",
        row.tasks,
        task=row.task,
    )


def _check(row: KeptCheck) -> Thing:
    tag = say("needs a look") if row.needs_look else say("check due")
    return Thing(tag, None, row.name, check_text(row), say("Look"), url_for("progress.show", public_id=row.participant))


def _placement(row: Decision) -> str | None:
    return url_for("placements.show", public_id=row.placement)
