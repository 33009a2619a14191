"""Daily living and job search of the first two participants who sign in: planned, and rated by several people."""

from __future__ import annotations

from datetime import date, timedelta

from placement.cli.demo.desk import Desk
from placement.cli.demo.practice_words import Plot, Said, plots
from placement.domain.story import Intern
from placement.domain.tokens import family_link_token, token_hash
from placement.policy.actor import Actor
from placement.policy.family import FamilyPhone
from placement.queries.practice.family import load_family_phone, shown_invitation
from placement.queries.practice.one import practice_head
from placement.usecases.effects.observations import Answer
from placement.usecases.practice.family import FamilyAnswer, give_family_answer, let_family_in
from placement.usecases.practice.invite import invite_family
from placement.usecases.practice.plan import AddPractice, PracticeValues, add_practice
from placement.usecases.practice.rate import RatePractice, rate_practice

#: The hour of the day at which it is said how it went, in UTC.
EVENING = 18


def write_practicing(desk: Desk) -> None:
    """The first one practices several things and has invited somebody; the second one is at the beginning."""
    for nth, intern in enumerate([row for row in desk.story.interns if row.account][:2]):
        for plot in plots(desk.story.locale, nth):
            staff = [key for key, away in intern.assigned if key.startswith(plot.by) and not away]
            if staff:
                _write(desk, intern, desk.actor(staff[0]), plot)


def _write(desk: Desk, intern: Intern, staff: Actor, plot: Plot) -> None:
    own, today = desk.actor(intern.account or ""), desk.work.clock().date()
    began = max(today - timedelta(weeks=plot.weeks), desk.story.began.date())
    values = PracticeValues(
        _level(desk, plot.baseline), began, _level(desk, plot.target), began + timedelta(weeks=13), plot.plan
    )  # fmt: skip
    what = {"template": plot.task} if plot.private else {"task": desk.tasks[plot.task]}
    made = add_practice(desk.on(began), staff, AddPractice(desk.interns[intern.key], values, **what))
    head = practice_head(desk.reads, own, made)
    phone = _phone(desk, own, made, plot.family, began) if plot.family else None
    for said in plot.said:
        day = today - timedelta(days=said.days)
        if day >= began:
            _say(desk, made, head.task, own, staff, phone, said, day)


def _say(
    desk: Desk, practice: str, task: str, own: Actor, staff: Actor, phone: FamilyPhone | None, said: Said, day: date
) -> None:
    """One day, by everybody who said something."""
    after = desk.on(day, EVENING)
    for actor, rank in ((own, said.own), (staff, said.staff)):
        if rank is None:
            continue
        # One's own steps look a little easier than they look to whoever sits opposite.
        steps = {at: _level(desk, step + (actor is own and at % 2)) for at, step in enumerate(said.steps)}
        answer = Answer(task, _level(desk, rank), None, steps=steps)
        rate_practice(after, actor, RatePractice(practice, day, answer))
    if phone is not None and said.family is not None:
        give_family_answer(after, phone, FamilyAnswer(day, Answer(task, _level(desk, said.family), None)))


def _phone(desk: Desk, own: Actor, practice: str, name: str, day: date) -> FamilyPhone:
    """The phone of somebody the participant has invited."""
    work = desk.on(day)
    link = shown_invitation(desk.reads, own, invite_family(work, own, practice, name), work.clock())
    secret = let_family_in(work, family_link_token(work.link_key, link.id, link.generation))
    phone = load_family_phone(desk.reads, token_hash(secret), work.clock())
    if phone is None:
        raise LookupError(name)
    return phone


def _level(desk: Desk, rank: int) -> str:
    """The program's level of this rank, or the nearest below it."""
    return desk.levels[max((one for one in desk.levels if one <= rank), default=min(desk.levels))]
