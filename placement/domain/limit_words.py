"""Limits and steps in words: the same short lines for staff, the person and the shop. Never a cause."""

from __future__ import annotations

from placement.domain.limits import DayLimit, Limit, PlanMove
from placement.domain.words import Say, say, say_n


def limit_lines(limit: Limit) -> tuple[Say | str, ...]:
    """What one entry says; a program's own words stay as they are."""
    found: list[Say | str | None] = [
        None if limit.cleared else say("No work at the moment"),
        _hours_day(limit.hours_day),
        None if limit.hours_week is None else say("At most %(hours)s hours a week", hours=limit.hours_week),
        *_kinds(limit),
        limit.other or None,
    ]
    return tuple(line for line in found if line)


def shop_lines(limit: DayLimit) -> tuple[Say | str, ...]:
    """What a shop keeps in mind on that day; where nothing is worked at all, nothing has to be."""
    if limit.closed is not None:
        return ()
    found: list[Say | str | None] = [_hours_day(limit.hours_day), *_kinds(limit), *limit.others]
    return tuple(line for line in found if line)


def move_words(move: PlanMove) -> Say:
    """What the participant did with their plan."""
    return _MOVES[move]


def _hours_day(hours: float | None) -> Say | None:
    return None if hours is None else say("At most %(hours)s hours a day", hours=hours)


def _kinds(limit: Limit | DayLimit) -> tuple[Say | None, ...]:
    return (
        None if limit.lift_kg is None else say("No lifting over %(kg)s kg", kg=limit.lift_kg),
        None
        if limit.standing_minutes is None
        else say_n(
            "Standing at most %(n)s minute at a time",
            "Standing at most %(n)s minutes at a time",
            limit.standing_minutes,
        ),
        say("No work at night") if limit.no_nights else None,
        say("No noise") if limit.no_noise else None,
        say("Not alone at the till") if limit.not_alone_at_till else None,
    )


_MOVES = {
    PlanMove.HOLD: say("held the plan"),
    PlanMove.GO_ON: say("went on with the plan"),
    PlanMove.REDUCE: say("reduced the hours"),
    PlanMove.STOP: say("stopped the plan"),
}
