"""Limits and plans: the strictest counts, and nothing past it can be planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.domain.limit_checks import Piece, hints, is_night, over, refusal, sift
from placement.domain.limit_words import limit_lines, shop_lines
from placement.domain.limits import Ask, Limit, Plan, Rules, Stage, day_limit

MONDAY = date(2026, 11, 23)
DAYS = st.integers(0, 27).map(lambda n: MONDAY + timedelta(days=n))
HOURS = st.sampled_from([0.5, 1.0, 2.0, 3.0, 3.5, 4.0, 6.0, 8.0])


def of(msgid: object) -> str:
    return str(getattr(msgid, "msgid", msgid))


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    first = draw(DAYS)
    last = draw(st.none() | st.integers(0, 20).map(lambda n: first + timedelta(days=n)))
    return Limit(
        first,
        last,
        draw(st.booleans()),
        draw(st.none() | HOURS),
        draw(st.none() | st.integers(1, 40).map(float)),
        no_nights=draw(st.booleans()),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    begin, stages = draw(DAYS), []
    for _ in range(draw(st.integers(1, 3))):
        last = begin + timedelta(days=draw(st.integers(0, 9)))
        hours = draw(HOURS)
        reduced = draw(st.none() | HOURS.filter(lambda h, most=hours: h <= most))
        stages.append(Stage(begin, last, hours, draw(st.integers(1, 7)), "", reduced, draw(st.none() | DAYS)))
        begin = last + timedelta(days=1)
    flags = [draw(st.booleans()) for _ in range(4)]
    return Plan(tuple(stages), *flags)


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    return Rules(tuple(draw(st.lists(limits(), max_size=3))), tuple(draw(st.lists(plans(), max_size=2))))


PIECES = st.builds(Piece, DAYS, HOURS, st.booleans(), st.booleans())


@given(rules(), DAYS)
def test_the_strictest_counts(all_rules: Rules, day: date) -> None:
    found = day_limit(day, all_rules)
    holding = [limit for limit in all_rules.limits if limit.holds_on(day)]
    for limit in holding:
        assert limit.hours_day is None or (found.hours_day is not None and found.hours_day <= limit.hours_day)
        assert limit.hours_week is None or (found.hours_week is not None and found.hours_week <= limit.hours_week)
        assert not limit.no_nights or found.no_nights
        assert limit.cleared or found.closed is not None
    stage = all_rules.stage_on(day)
    if stage is not None:
        assert found.hours_day is not None
        assert found.hours_day <= stage.hours_on(day) <= stage.hours_day
        assert found.days_week == stage.days_week
    given_hours = [limit.hours_day for limit in holding] + ([stage.hours_on(day)] if stage else [])
    assert found.hours_day == min((hours for hours in given_hours if hours is not None), default=None)


@given(rules(), st.lists(PIECES, max_size=6), PIECES)
def test_a_further_limit_never_allows_more(all_rules: Rules, beside: Sequence[Piece], piece: Piece) -> None:
    stricter = Rules((*all_rules.limits, Limit(MONDAY, None, hours_day=2, no_nights=True)), all_rules.plans)
    if refusal(piece, beside, all_rules) is not None:
        assert refusal(piece, beside, stricter) is not None
    assert refusal(piece, [*beside, piece], all_rules) is not None or refusal(piece, beside, all_rules) is None


@given(rules(), st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=4))
def test_what_is_sifted_keeps_to_everything(all_rules: Rules, wanted: Sequence[Piece], kept: Sequence[Piece]) -> None:
    good, bad = sift(wanted, kept, all_rules)
    assert sorted([*good, *(index for index, _ in bad)]) == list(range(len(wanted)))
    standing = list(kept)
    for index in good:
        assert refusal(wanted[index], standing, all_rules) is None
        standing.append(wanted[index])
    # Worked as planned on its own, nothing is told.
    for index in good:
        alone = [wanted[index]]
        assert over(wanted[index].day, alone, all_rules) is None


@given(plans(), DAYS, PIECES)
def test_held_or_stopped_means_no_shift(plan: Plan, day: date, piece: Piece) -> None:
    all_rules = Rules((), (plan,))
    if plan.agreed and (plan.held or plan.stopped) and plan.first <= piece.day:
        assert refusal(piece, [], all_rules) is not None
    if not plan.agreed:
        assert refusal(piece, [], all_rules) is None
        assert refusal(piece, [], Rules((), (plan,), needs_plan=True)) is not None


@given(rules(), PIECES)
def test_nobody_without_limits_is_refused(all_rules: Rules, piece: Piece) -> None:
    assert refusal(piece, [piece] * 3, Rules()) is None
    assert over(piece.day, [piece], Rules()) is None


def plan(hours: float = 3, days: int = 5, **changes: object) -> Plan:
    stage = Stage(MONDAY, MONDAY + timedelta(days=13), hours, days, "no till yet")
    return Plan((stage,), **changes)  # type: ignore[arg-type]


def test_reasons_in_plain_words() -> None:
    three = Rules((Limit(MONDAY, None, hours_day=3, hours_week=9),))
    reason = refusal(Piece(MONDAY, 4), [], three)
    assert reason is not None
    assert reason.msgid == "On %(day)s it is %(hours)s hours; at most %(most)s hours a day are allowed."
    assert reason.params == {"day": MONDAY, "hours": 4.0, "most": 3}
    beside = [Piece(MONDAY + timedelta(days=n), 3) for n in (1, 2, 3)]
    assert "a week" in of(refusal(Piece(MONDAY, 1), beside, three))
    # Other placements of the person count for the person, not for the plan.
    elsewhere = [Piece(MONDAY, 2, own=False)]
    assert refusal(Piece(MONDAY, 3), elsewhere, Rules((), (plan(),))) is None
    assert refusal(Piece(MONDAY, 3), elsewhere, three) is not None


def test_days_a_week_of_the_plan() -> None:
    two = Rules((), (plan(days=2),))
    beside = [Piece(MONDAY, 3), Piece(MONDAY + timedelta(days=1), 3)]
    assert refusal(Piece(MONDAY + timedelta(days=2), 3), beside, two) is not None
    # The next week begins anew.
    assert refusal(Piece(MONDAY + timedelta(days=7), 3), beside, two) is None


def test_what_the_participant_reduced_counts_from_that_day_on() -> None:
    stage = Stage(MONDAY, MONDAY + timedelta(days=13), 4, 5, "", 2, MONDAY + timedelta(days=2))
    reduced = Rules((), (Plan((stage,)),))
    assert refusal(Piece(MONDAY + timedelta(days=1), 4), [], reduced) is None
    assert refusal(Piece(MONDAY + timedelta(days=2), 4), [], reduced) is not None
    assert refusal(Piece(MONDAY + timedelta(days=2), 2), [], reduced) is None


def test_a_kind_that_needs_a_plan_has_shifts_only_within_it() -> None:
    assert "needs a step plan" in of(refusal(Piece(MONDAY, 1), [], Rules(needs_plan=True)))
    within = Rules((), (plan(),), needs_plan=True)
    assert refusal(Piece(MONDAY, 3), [], within) is None
    assert "no step" in of(refusal(Piece(MONDAY + timedelta(days=14), 1), [], within))
    waiting = Rules((), (plan(participant_agreed=False),), needs_plan=True)
    assert "participant has not agreed" in of(refusal(Piece(MONDAY, 1), [], waiting))
    # A newer plan that begins later leaves the older one until then.
    later = Plan((Stage(MONDAY + timedelta(days=7), MONDAY + timedelta(days=20), 5, 5),))
    both = Rules((), (later, plan()), needs_plan=True)
    assert refusal(Piece(MONDAY, 4), [], both) is not None
    assert refusal(Piece(MONDAY + timedelta(days=7), 5), [], both) is None


def test_nights() -> None:
    assert is_night(time(5, 45), time(9))
    assert is_night(time(18), time(22, 15))
    assert is_night(time(20), time(0))
    assert not is_night(time(6), time(22))
    nights = Rules((Limit(MONDAY, None, no_nights=True),))
    assert refusal(Piece(MONDAY, 2, night=True), [], nights) is not None
    assert refusal(Piece(MONDAY, 2), [], nights) is None


def test_worked_hours_past_the_plan_are_told_but_not_a_few_minutes() -> None:
    three = Rules((), (plan(),))
    assert over(MONDAY, [Piece(MONDAY, 3 + 4 / 60)], three) is None
    assert over(MONDAY, [Piece(MONDAY, 3.25)], three) is not None
    assert over(MONDAY, [Piece(MONDAY, 1)], Rules((), (plan(held=True),))) is not None
    assert over(MONDAY, [Piece(MONDAY, 0)], Rules((), (plan(held=True),))) is None


def test_hints_only_where_the_opening_asks_for_it() -> None:
    limit = Limit(MONDAY, MONDAY + timedelta(days=6), lift_kg=5, not_alone_at_till=True)
    asks = frozenset({Ask.TILL, Ask.LIFTING})
    assert hints([MONDAY], Rules((limit,))) == ()
    assert len(hints([MONDAY], Rules((limit,), asks=asks))) == 2
    ended = hints([MONDAY + timedelta(days=8)], Rules((limit,), asks=asks))
    assert [of(line) for line in ended] == ["The limits are known until %(day)s only. Ask how it goes on."]
    assert hints([], Rules((limit,), asks=asks)) == ()


def test_the_shop_reads_limits_of_the_day_and_nothing_else() -> None:
    limit = Limit(MONDAY, None, hours_day=5, hours_week=20, lift_kg=5, not_alone_at_till=True, other="Sit now and then")
    lines = shop_lines(day_limit(MONDAY, Rules((limit,), (plan(),))))
    assert [of(line) for line in lines] == [
        "At most %(hours)s hours a day", "No lifting over %(kg)s kg", "Not alone at the till", "Sit now and then",
        "no till yet",
    ]  # fmt: skip
    assert getattr(lines[0], "params", None) == {"hours": 3}
    assert shop_lines(day_limit(MONDAY, Rules((limit,), (plan(held=True),)))) == ()
    assert of(limit_lines(Limit(MONDAY, None, cleared=False))[0]) == "No work at the moment"
