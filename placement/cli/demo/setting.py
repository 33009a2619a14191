"""The program with its catalog, its staff and its shops."""

from __future__ import annotations

from placement.adapters.opening_hours import weekly_mask
from placement.catalog import read
from placement.cli.demo.desk import Desk
from placement.domain.roles import Role
from placement.domain.story import Person, Place, Shop
from placement.policy.actor import Actor, System
from placement.queries.programs import catalog
from placement.queries.programs.scale import current_levels
from placement.usecases.accounts.create import CreateAccount, create_account
from placement.usecases.employers.employer import CreateEmployer, create_employer
from placement.usecases.employers.opening import CreateOpening, create_opening
from placement.usecases.employers.site import CreateSite, create_site
from placement.usecases.programs.create import CreateProgram, create_program
from placement.usecases.programs.settings import Contact, set_contacts

#: Where the invented towns are, for their public holidays.
REGIONS = {"GB": "GB-ENG", "DE": "DE-BE"}


def write_program(desk: Desk) -> None:
    """The program with its first admin and its contacts; the keys of its catalog."""
    story = desk.story
    desk.program = create_program(
        desk.start,
        System(),
        CreateProgram(
            story.name,
            story.zone,
            story.locale,
            story.country,
            story.admin.name,
            story.admin.email,
            welcome=False,
        ),
    )
    desk.emails[story.admin.key] = story.admin.email
    admin = desk.actor(story.admin.key)
    lines = tuple(Contact(line["label"], line["phone"], line["hours"]) for line in read.demo()["help"][story.locale])
    set_contacts(desk.start, admin, 1, lines)
    desk.program_id = admin.program
    for task in catalog.tasks(desk.reads, admin):
        desk.tasks[task.key], desk.task_ids[task.key] = task.public_id, task.id
    desk.traits = {row.key: row.public_id for row in catalog.traits(desk.reads, admin)}
    desk.comforts = {row.key: row.public_id for row in catalog.accommodations(desk.reads, admin)}
    for level in current_levels(desk.reads, admin.program):
        desk.levels[level.rank], desk.level_ids[level.rank] = level.public_id, level.id


def write_staff(desk: Desk) -> None:
    """Accounts of everybody but supervisors and participants, who need a shop or a record first."""
    for person in desk.story.people:
        if not person.roles & {Role.SUPERVISOR, Role.PARTICIPANT}:
            account(desk, person)


def account(desk: Desk, person: Person, participant: str | None = None) -> None:
    """An account; ``participant``: public id of the record it belongs to."""
    desk.emails[person.key] = person.email
    command = CreateAccount(
        person.name,
        person.email,
        person.locale,
        person.roles,
        participant=participant,
        sites=tuple(desk.sites[key] for key in person.sites),
        welcome=False,
    )
    desk.accounts[person.key] = create_account(desk.start, desk.actor(desk.story.admin.key), command)


def write_shops(desk: Desk) -> None:
    """Employers, sites, openings, and the supervisors' accounts."""
    coordinator = desk.actor("coordinator1")
    for shop in desk.story.shops:
        _site(desk, coordinator, shop)
    for place in desk.story.places:
        _opening(desk, coordinator, place)
    for person in desk.story.people:
        if Role.SUPERVISOR in person.roles:
            account(desk, person)


def _site(desk: Desk, coordinator: Actor, shop: Shop) -> None:
    if shop.employer not in desk.employers:
        desk.employers[shop.employer] = create_employer(desk.start, coordinator, CreateEmployer(shop.employer))
    desk.sites[shop.key] = create_site(
        desk.start,
        coordinator,
        CreateSite(
            employer=desk.employers[shop.employer],
            name=shop.name,
            zone=desk.story.zone,
            street=shop.street,
            postcode=shop.postcode,
            city=shop.city,
            lat=shop.lat,
            lon=shop.lon,
            phone=shop.phone,
            opening_hours=shop.opening_hours,
            opening_week=weekly_mask(shop.opening_hours),
            holiday_region=REGIONS.get(desk.story.country, ""),
        ),
    )


def _opening(desk: Desk, coordinator: Actor, place: Place) -> None:
    desk.places[place.key] = create_opening(
        desk.start,
        coordinator,
        CreateOpening(
            site=desk.sites[place.site],
            role=place.role,
            capacity=place.capacity,
            first_day=place.first_day,
            last_day=place.last_day,
            pattern=place.pattern,
            description=place.description,
            minimum_weekly_hours=place.minimum_weekly_hours,
            requirements={desk.traits[key]: value for key, value in place.requirements.items()},
            tasks=frozenset(desk.tasks[key] for key in place.tasks),
            accommodations=frozenset(desk.comforts[key] for key in place.accommodations),
        ),
    )
