"""The ladder of the first participant who signs in, built and climbed with their therapist."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from placement.cli.demo.desk import Desk
from placement.cli.demo.ladder_words import Try, steps_in
from placement.domain.story import Intern
from placement.policy.actor import Actor
from placement.usecases.exposures.steps import AddStep, add_step, reach_step
from placement.usecases.exposures.tries import Plan, PlanTry, WriteTry, plan_try, write_try


def write_ladders(desk: Desk) -> None:
    """Four steps: one reached, one being faced, two to come."""
    for intern in [row for row in desk.story.interns if row.account][:1]:
        key = next((staff for staff, away in intern.assigned if staff.startswith("therapist") and not away), None)
        if key is not None:
            _ladder(desk, intern, desk.actor(key))


def _ladder(desk: Desk, intern: Intern, therapist: Actor) -> None:
    own, person, today = desk.actor(intern.account or ""), desk.interns[intern.key], desk.work.clock().date()
    began = desk.on(max(today - timedelta(days=45), desk.story.began.date()))
    for nth, step in enumerate(steps_in(desk.story.locale)):
        command = AddStep(person, step.text, step.expected, _key("step", intern, nth))
        made = add_step(began, therapist if nth % 2 else own, command)
        for one in step.tries:
            if today - timedelta(days=one.days) > began.clock().date():
                _face(desk, own, made, one, today)
        if step.reached:
            reach_step(desk.on(today - timedelta(days=21)), own, made)
        elif step.tries:
            plan_try(desk.on(today - timedelta(days=1)), own, PlanTry(made, Plan(today, 55), _key("plan", intern, nth)))


def _face(desk: Desk, own: Actor, step: str, one: Try, today: date) -> None:
    """Planned the day before, written down on the day."""
    day = today - timedelta(days=one.days)
    key = str(uuid5(NAMESPACE_URL, f"face:{step}:{day}"))
    made = plan_try(desk.on(day - timedelta(days=1)), own, PlanTry(step, Plan(day, one.predicted), key))
    write_try(desk.on(day), own, WriteTry(made, 1, one.peak, one.at_end, one.minutes, one.words))


def _key(what: str, intern: Intern, nth: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"{what}:{intern.key}:{nth}"))
