"""What needs a coordinator about placements: feedback owed, answers, steps that are due, ends, free places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for

from placement.domain.openings import shop_name
from placement.domain.placement_words import step_words
from placement.domain.placements import Answer, PlacementState
from placement.domain.words import say, say_n
from placement.queries.day.coordinator import CoordinatorDay, OwedAt
from placement.queries.day.decisions import Decision
from placement.web.day.thing import Thing


def owed(row: OwedAt) -> Thing:
    """A shop that owes feedback."""
    return Thing(
        say("feedback owed"),
        "todo",
        shop_name(row.employer, row.site_name),
        say_n("%(n)s shift, since %(day)s", "%(n)s shifts, since %(day)s", row.shifts, day=row.since),
        say("Look"),
        url_for("shifts.index", day=row.since.isoformat(), span="week", only="owed"),
    )


def proposals(decisions: Iterable[Decision]) -> list[Thing]:
    """Proposals nobody has answered yet, as one line."""
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


def is_talk(row: Decision) -> bool:
    """Whether the participant wants to talk first."""
    return row.state is PlacementState.PROPOSED and row.answer is Answer.TALK_FIRST


def is_answer(row: Decision) -> bool:
    """Whether the participant or the shop has answered."""
    if row.state is PlacementState.PROPOSED:
        return row.answer is Answer.NOT_NOW
    return row.state in (PlacementState.OFFERED, PlacementState.ACCEPTED, PlacementState.DECLINED)


def talk(row: Decision) -> Thing:
    """A participant who would like to talk first."""
    shop = shop_name(row.employer, row.site)
    text = say("Would like to talk about the proposal first: %(role)s, %(shop)s.", role=row.role, shop=shop)
    return Thing(say("talk first"), "todo", row.name, text, say("Look at the proposal"), _placement(row))


def answer(row: Decision) -> Thing:
    """An answer, and what it means."""
    shop = shop_name(row.employer, row.site)
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


def step(today: date, row: Decision) -> Thing:
    """A dated step that comes or is late."""
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


def end(today: date, row: Decision) -> Thing:
    """A placement that ends soon."""
    if row.last_day is None:
        raise ValueError("no end is known")
    shop = shop_name(row.employer, row.site)
    text = (
        say("%(shop)s: was to end on %(day)s", shop=shop, day=row.last_day)
        if row.last_day < today
        else say("%(shop)s: ends on %(day)s", shop=shop, day=row.last_day)
    )
    return Thing(say("ends soon"), None, row.name, text, say("Plan what comes next"), _placement(row))


def free(day: CoordinatorDay) -> list[Thing]:
    """Free places, as one line."""
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


def _placement(row: Decision) -> str | None:
    return url_for("placements.show", public_id=row.placement)
