"""Two graded plans: a graded load at work, and a return to one's own workplace, with the limits they rest on."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.domain.limits import PlanMove
from placement.domain.placements import PlacementKind
from placement.domain.story import Stay
from placement.domain.week import hours, to_spans
from placement.queries.programs import demo
from placement.usecases.limits.own import answer_plan, move_plan
from placement.usecases.limits.plan import AddPlan, NewStage, add_plan, employer_agrees
from placement.usecases.limits.record import AddLimit, LimitValues, add_limit
from placement.usecases.placements.edit import EditPlacement, edit_placement

#: The plans began so long ago, and have so many weeks ahead.
BEGAN, AHEAD = timedelta(weeks=4), timedelta(weeks=10)
#: By whose word, what the first steps are, who said yes for the shop; by locale.
_WORDS = {
    "en": ("Dr. Weber, GP", "Shelves only, no till yet", "All tasks, somebody near by", "The owner, by phone"),
    "de": ("Dr. Weber, Hausarzt", "Nur Regale, noch keine Kasse", "Alle Aufgaben, jemand ist in der Nähe",
           "Die Inhaberin, am Telefon"),
}  # fmt: skip


def write_steps(desk: Desk) -> None:
    """For the second and third of those who sign in and work now."""
    accounts = {row.key: row.account for row in desk.story.interns if row.account}
    running = [stay for stay in desk.story.stays if stay.turns and stay.planned_until and stay.intern in accounts]
    kinds = (PlacementKind.GRADED_LOAD, PlacementKind.OWN_WORKPLACE)
    for stay, kind in zip(running[1:3], kinds, strict=False):
        _kind(desk, stay, kind)
        plan = _plan(desk, stay)
        answer_plan(desk.on(_first(desk), 11), desk.actor(accounts[stay.intern] or ""), plan, agrees=True)
        shop = _WORDS[desk.story.locale][3]
        employer_agrees(desk.on(_first(desk), 15), desk.actor("coordinator1"), plan, 2, shop)
        _limit(desk, stay, kind)
        if kind is PlacementKind.OWN_WORKPLACE:
            # A few days of rest, and on again: nobody asked why.
            for move, days in ((PlanMove.HOLD, 5), (PlanMove.GO_ON, 2)):
                day = desk.work.clock().date() - timedelta(days=days)
                move_plan(desk.on(day, 18), desk.actor(accounts[stay.intern] or ""), plan, move)


def _first(desk: Desk) -> date:
    return desk.work.clock().date() - BEGAN


def _kind(desk: Desk, stay: Stay, kind: PlacementKind) -> None:
    public_id = desk.stays[stay.key]
    week = next(place.pattern for place in desk.story.places if place.key == stay.place)
    version = demo.version_of(desk.reads, public_id)
    command = EditPlacement(public_id, version, stay.first_day, stay.last_day, week, kind)
    edit_placement(desk.on(_first(desk), 8), desk.actor("coordinator1"), command)


def _plan(desk: Desk, stay: Stay) -> str:
    """Up to the hours of the place, in three steps."""
    first, (by, shelves, all_tasks, _) = _first(desk), _WORDS[desk.story.locale]
    longest, days = _most(desk, stay)
    steps = (
        NewStage(first, max(1.0, longest - 2), days, shelves),
        NewStage(first + timedelta(weeks=2), max(1.0, longest - 1), days, shelves),
        NewStage(first + timedelta(days=26), longest, days, all_tasks),
    )
    key = str(uuid5(NAMESPACE_URL, f"steps:{stay.key}"))
    command = AddPlan(desk.stays[stay.key], by, first + BEGAN + AHEAD, steps, key)
    return add_plan(desk.on(first), desk.actor("coordinator1"), command)


def _limit(desk: Desk, stay: Stay, kind: PlacementKind) -> None:
    """What the plan rests on; the first one's ends soon, and is to be asked about."""
    longest, _ = _most(desk, stay)
    until = desk.work.clock().date() + (timedelta(days=10) if kind is PlacementKind.GRADED_LOAD else AHEAD)
    values = LimitValues(
        _WORDS[desk.story.locale][0], _first(desk), until, hours_day=longest, lift_kg=5, no_nights=True,
        not_alone_at_till=kind is PlacementKind.GRADED_LOAD,
    )  # fmt: skip
    key = str(uuid5(NAMESPACE_URL, f"limit:{stay.key}"))
    add_limit(desk.on(_first(desk)), desk.actor("coordinator1"), AddLimit(desk.interns[stay.intern], values, key))


def _most(desk: Desk, stay: Stay) -> tuple[float, int]:
    """Hours of the longest day of the place's week, and how many days it has."""
    week = next(place.pattern for place in desk.story.places if place.key == stay.place)
    spans = to_spans(week)
    minutes: dict[int, int] = {}
    for span in spans:
        length = (span.end.hour - span.start.hour) * 60 + span.end.minute - span.start.minute
        minutes[span.weekday] = minutes.get(span.weekday, 0) + length % (24 * 60)
    return max(minutes.values(), default=int(hours(week) * 60)) / 60, max(1, len(minutes))
