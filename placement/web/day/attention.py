"""What needs a coordinator: each thing in words, with the page where it can be dealt with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import url_for

from placement.domain.milestones import milestone_words
from placement.domain.placements import Answer, PlacementState, step_words
from placement.domain.words import Say, say, say_n
from placement.queries.day.coordinator import Celebration, CoordinatorDay, Decision, Slip
from placement.queries.day.own import LatestMilestone

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


def things_of(day: CoordinatorDay, today: date) -> list[Thing]:
    """Everything that needs the coordinator, what others wait for first."""
    kinds: tuple[Iterable[Thing], ...] = (
        _to_tell(day.milestones),
        _owed(day),
        map(_slip, day.slips),
        _proposals(day.decisions),
        _answers(day.decisions),
        _steps(day.decisions, today),
        _ends(day.decisions, today),
        _free(day),
        _celebrate(day.milestones),
    )
    return [thing for kind in kinds for thing in _some(list(kind))]


def total(things: Iterable[Thing]) -> int:
    """How many things those lines stand for."""
    return sum(thing.count for thing in things)


def _some(things: list[Thing]) -> list[Thing]:
    """The first of a kind, and one line for the others."""
    if len(things) <= OF_EACH + 1:
        return things
    rest = len(things) - OF_EACH
    more = say_n("and %(n)s more", "and %(n)s more", rest)
    first = things[OF_EACH]
    return [
        *things[:OF_EACH],
        Thing(first.tag, first.kind, more, say("Further down the list."), first.action, None, rest),
    ]


def _to_tell(milestones: Iterable[Celebration]) -> Iterator[Thing]:
    for row in milestones:
        if row.to_tell:
            yield Thing(
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


def _owed(day: CoordinatorDay) -> Iterator[Thing]:
    for row in day.owed:
        yield Thing(
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


def _proposals(decisions: Iterable[Decision]) -> Iterator[Thing]:
    waiting = [row for row in decisions if row.state is PlacementState.PROPOSED and row.answer is None]
    if waiting:
        yield Thing(
            say("proposals"),
            None,
            say_n("%(n)s proposal without an answer", "%(n)s proposals without an answer", len(waiting)),
            say("Waiting for the participant; the oldest starts on %(day)s", day=min(row.first_day for row in waiting)),
            say("Look"),
            url_for("placements.index", show="waiting"),
        )


def _answers(decisions: Iterable[Decision]) -> Iterator[Thing]:
    for row in decisions:
        text = _answer_words(row)
        if text is not None:
            yield Thing(say("answer"), "good", row.name, text, say("Go on"), _placement(row))


def _answer_words(row: Decision) -> Say | None:
    shop = f"{row.employer}, {row.site}"
    if row.state is PlacementState.OFFERED:
        return say("Said yes to %(shop)s. The employer has not answered yet.", shop=shop)
    if row.state is PlacementState.ACCEPTED:
        return say("%(shop)s said yes. Starts on %(day)s.", shop=shop, day=row.first_day)
    if row.state is PlacementState.PROPOSED and row.answer is Answer.NOT_NOW:
        return say("Said “not now” to %(shop)s.", shop=shop)
    return None


def _steps(decisions: Iterable[Decision], today: date) -> Iterator[Thing]:
    for row in decisions:
        if row.step is not None and row.step_due is not None:
            late = row.step_due < today
            yield Thing(
                say("step due"),
                "todo" if late else None,
                row.name,
                say("%(step)s at %(shop)s, %(day)s", step=step_words(row.step), shop=row.employer, day=row.step_due),
                say("Go on"),
                _placement(row),
            )


def _ends(decisions: Iterable[Decision], today: date) -> Iterator[Thing]:
    for row in decisions:
        if row.state not in (PlacementState.ACTIVE, PlacementState.PAUSED) or row.last_day is None:
            continue
        if not row.ends_soon:
            continue
        shop = f"{row.employer}, {row.site}"
        text = (
            say("%(shop)s: was to end on %(day)s", shop=shop, day=row.last_day)
            if row.last_day < today
            else say("%(shop)s: ends on %(day)s", shop=shop, day=row.last_day)
        )
        yield Thing(say("ends soon"), None, row.name, text, say("Plan what comes next"), _placement(row))


def _free(day: CoordinatorDay) -> Iterator[Thing]:
    if day.figures.free_places:
        yield Thing(
            say("free places"),
            None,
            say_n("%(n)s place is free", "%(n)s places are free", day.figures.free_places),
            say_n("in %(n)s opening", "in %(n)s openings", day.figures.free_openings),
            say("Look"),
            url_for("employers.openings", show="places"),
        )


def _celebrate(milestones: Iterable[Celebration]) -> Iterator[Thing]:
    """One line a person, however much they reached in the week."""
    news = sorted((row for row in milestones if not row.to_tell), key=lambda row: row.participant)
    lines = []
    for _, rows in groupby(news, key=lambda row: row.participant):
        reached = sorted(rows, key=lambda row: row.day, reverse=True)
        newest, others = reached[0], len(reached) - 1
        text = title_of(newest)
        if others:
            text = say_n("%(title)s, and %(n)s more", "%(title)s, and %(n)s more", others, title=text)
        lines.append((newest, text))
    for row, text in sorted(lines, key=lambda line: line[0].day, reverse=True):
        yield Thing(
            say("milestone"),
            "sun",
            row.name,
            text,
            say("Celebrate"),
            url_for("progress.show", public_id=row.participant),
        )


def title_of(row: Celebration | LatestMilestone) -> Say:
    """A milestone's name."""
    return milestone_words(row.kind, task=row.task, percent=row.percent, occasions=row.occasions, amount=row.amount)


def _placement(row: Decision) -> str | None:
    return url_for("placements.show", public_id=row.placement)
