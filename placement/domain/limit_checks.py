"""Whether a shift keeps to limits and plan: planned hours past them are refused, worked ones are told the same day.

Weeks are Monday to Sunday. A shift over midnight counts for the day on which it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from placement.domain.limits import Ask, DayLimit, Rules, day_limit
from placement.domain.words import Say, say, say_n

#: Night, where somebody works none: from and to, local.
NIGHT_FROM, NIGHT_TO = time(22), time(6)
#: Nobody is told of a few minutes.
GRACE = timedelta(minutes=5) / timedelta(hours=1)
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of work: hours on a day. ``own``: in the placement asked about, not in another one of the person."""

    day: date
    hours: float
    own: bool = True
    night: bool = False


def is_night(start: time, end: time) -> bool:
    """Whether local times reach into the night; ``end <= start`` is on the next day."""
    return start < NIGHT_TO or end <= start or end > NIGHT_FROM


def refusal(piece: Piece, beside: Iterable[Piece], rules: Rules) -> Say | None:
    """Why a piece can't be planned beside what stands already; None if it can."""
    limit = day_limit(piece.day, rules)
    if limit.closed is not None:
        return limit.closed
    if limit.no_nights and piece.night:
        return say(
            "On %(day)s it would be between %(start)s and %(end)s; no work at night is allowed.",
            day=piece.day,
            start=NIGHT_FROM,
            end=NIGHT_TO,
        )
    return _too_much(piece.day, [piece, *beside], limit, 0.0)


def sift(
    wanted: Iterable[Piece], kept: Iterable[Piece], rules: Rules
) -> tuple[tuple[int, ...], tuple[tuple[int, Say], ...]]:
    """Which of ``wanted`` (by index, in this order) can be beside ``kept`` and each other, and why others can't."""
    standing = list(kept)
    good: list[int] = []
    bad: list[tuple[int, Say]] = []
    for index, piece in enumerate(wanted):
        reason = refusal(piece, standing, rules)
        if reason is None:
            standing.append(piece)
            good.append(index)
        else:
            bad.append((index, reason))
    return tuple(good), tuple(bad)


def over(day: date, worked: Sequence[Piece], rules: Rules) -> Say | None:
    """What was worked on ``day`` past limits and plan, in the person's other work of its week too; None if nothing."""
    own = _sum(piece.hours for piece in worked if piece.day == day and piece.own)
    limit = day_limit(day, rules)
    if own <= GRACE:
        return None
    if limit.closed is not None:
        return limit.closed
    if limit.no_nights and any(piece.night for piece in worked if piece.day == day and piece.own):
        return say("On %(day)s there was work at night; none is allowed.", day=day)
    return _too_much(day, worked, limit, GRACE)


def hints(days: Sequence[date], rules: Rules) -> tuple[Say, ...]:
    """What to keep in mind on these days, of what no plan of hours can show; limits that end before them included."""
    if not days:
        return ()
    found = [_ended(days, rules), *_kept_in_mind([day_limit(day, rules) for day in days], rules.asks)]
    return tuple(line for line in found if line is not None)


def _kept_in_mind(limits: Sequence[DayLimit], asks: frozenset[Ask]) -> tuple[Say | None, ...]:
    lift = min((limit.lift_kg for limit in limits if limit.lift_kg is not None), default=None)
    standing = min((limit.standing_minutes for limit in limits if limit.standing_minutes is not None), default=None)
    return (
        say("The opening asks for lifting; at most %(kg)s kg are allowed.", kg=lift)
        if lift is not None and Ask.LIFTING in asks
        else None,
        say_n(
            "The opening asks for standing; at most %(n)s minute at a time is allowed.",
            "The opening asks for standing; at most %(n)s minutes at a time are allowed.",
            standing,
        )
        if standing is not None and Ask.STANDING in asks
        else None,
        say("The opening is noisy; noise is to be avoided.")
        if Ask.NOISE in asks and any(limit.no_noise for limit in limits)
        else None,
        say("The opening has work at the till: somebody else has to be there, too.")
        if Ask.TILL in asks and any(limit.not_alone_at_till for limit in limits)
        else None,
    )


def _ended(days: Sequence[date], rules: Rules) -> Say | None:
    """Limits that are over by then, with none after them: what holds now is not known."""
    last = max(days)
    if not rules.limits or any(limit.holds_on(last) for limit in rules.limits):
        return None
    ends = [limit.last for limit in rules.limits if limit.last is not None and limit.last < last]
    return say("The limits are known until %(day)s only. Ask how it goes on.", day=max(ends)) if ends else None


def _too_much(day: date, work: Iterable[Piece], limit: DayLimit, grace: float) -> Say | None:
    week = [piece for piece in work if _monday(piece.day) == _monday(day)]
    today = [piece for piece in week if piece.day == day]
    return (
        _above(day, _sum(piece.hours for piece in today), limit.person_hours, grace)
        or _above_step(day, _sum(piece.hours for piece in today if piece.own), limit.stage_hours, grace)
        or _above_days(day, {piece.day for piece in week if piece.own}, limit.days_week)
        or _above_week(day, _sum(piece.hours for piece in week), limit.hours_week, grace)
    )  # fmt: skip


def _above(day: date, hours: float, most: float | None, grace: float) -> Say | None:
    if most is None or hours <= most + grace + _EPSILON:
        return None
    return say(
        "On %(day)s it is %(hours)s hours; at most %(most)s hours a day are allowed.",
        day=day,
        hours=round(hours, 2),
        most=most,
    )


def _above_step(day: date, hours: float, most: float | None, grace: float) -> Say | None:
    if most is None or hours <= most + grace + _EPSILON:
        return None
    return say(
        "On %(day)s it is %(hours)s hours; the plan has at most %(most)s hours a day then.",
        day=day,
        hours=round(hours, 2),
        most=most,
    )


def _above_days(day: date, days: set[date], most: int | None) -> Say | None:
    if most is None or len(days) <= most:
        return None
    return say_n(
        "In the week of %(day)s it is %(count)s days; the plan has %(n)s day a week then.",
        "In the week of %(day)s it is %(count)s days; the plan has %(n)s days a week then.",
        most,
        day=_monday(day),
        count=len(days),
    )


def _above_week(day: date, hours: float, most: float | None, grace: float) -> Say | None:
    if most is None or hours <= most + grace + _EPSILON:
        return None
    return say(
        "In the week of %(day)s it is %(hours)s hours; at most %(most)s hours a week are allowed.",
        day=_monday(day),
        hours=round(hours, 2),
        most=most,
    )


def _sum(hours: Iterable[float]) -> float:
    return float(sum(hours))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
