"""The participants with their profiles, and who looks after them."""

from __future__ import annotations

from placement.cli.demo.desk import Desk
from placement.cli.demo.setting import account
from placement.domain.story import Intern
from placement.usecases.participants.abilities import set_abilities
from placement.usecases.participants.assignments import AssignStaff, assign_staff
from placement.usecases.participants.availability import set_availability
from placement.usecases.participants.create import CreateParticipant, create_participant
from placement.usecases.participants.needs import set_needs
from placement.usecases.participants.wishes import set_wishes


def write_interns(desk: Desk) -> None:
    """Records, profiles, assignments and accounts, one participant after the other."""
    accounts = {person.key: person for person in desk.story.people}
    for intern in desk.story.interns:
        _intern(desk, intern)
        if intern.account:
            account(desk, accounts[intern.account], desk.interns[intern.key])


def _intern(desk: Desk, intern: Intern) -> None:
    who, work = desk.actor("coordinator1"), desk.start
    public_id = create_participant(
        work,
        who,
        CreateParticipant(
            preferred_name=intern.preferred_name,
            family_name=intern.family_name,
            email=f"{intern.key}@mail.example",
            phone=intern.phone,
            emergency_name=intern.emergency_name,
            emergency_phone=intern.emergency_phone,
            home_address=intern.home_address,
            lat=intern.lat,
            lon=intern.lon,
            travel_mode=intern.travel_mode,
            travel_limit_minutes=intern.travel_limit_minutes,
            weekly_hours_limit=intern.weekly_hours_limit,
            status=intern.status,
        ),
    )
    desk.interns[intern.key] = public_id
    set_abilities(work, who, public_id, {desk.traits[key]: level for key, level in intern.abilities.items()})
    set_wishes(work, who, public_id, tasks={desk.tasks[key]: wish for key, wish in intern.task_wishes.items()})
    set_availability(work, who, public_id, intern.availability)
    set_needs(work, who, public_id, frozenset(desk.comforts[key] for key in intern.needs))
    for staff, stands_in_for in intern.assigned:
        away = desk.accounts[stands_in_for] if stands_in_for else None
        command = AssignStaff(public_id, desk.accounts[staff], desk.story.began.date(), stands_in_for=away)
        assign_staff(work, who, command)
