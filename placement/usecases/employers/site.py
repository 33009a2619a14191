"""Sites: create and edit one shop of an employer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from placement.domain.employers import address_complete, is_region_code, site_key, zone_exists
from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.employers.employer import Employer, Site
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.scope import in_program
from placement.usecases.effects.employers import load_to_edit
from placement.usecases.effects.log import audit
from placement.usecases.effects.opening_keys import refresh_opening_keys
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class CreateSite:
    """``employer`` is a public id; ``lat`` and ``lon`` WGS84 degrees, both or neither; ``opening_week`` a week mask.

    ``holiday_region``: whose public holidays count, country or country-region; "": the program's country.
    """

    employer: str
    name: str
    zone: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None
    phone: str = ""
    opening_hours: str = ""
    opening_week: int | None = None
    source_ref: str | None = None
    holiday_region: str = ""


@dataclass(frozen=True, slots=True)
class EditSite:
    """``site`` is its public id, ``version`` the one the person was looking at; the rest as in CreateSite."""

    site: str
    version: int
    name: str
    zone: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None
    phone: str = ""
    opening_hours: str = ""
    opening_week: int | None = None
    holiday_region: str = ""


#: What the edit form shows; the week follows from the hours.
FIELDS = ("name", "street", "postcode", "city", "lat", "lon", "zone", "phone", "opening_hours", "holiday_region")


def create_site(work: Work, actor: Actor, command: CreateSite) -> str:
    """Write a new site; answers its public id. Raises NotFound, Forbidden, Refused."""
    with work.transaction() as session:
        employer = session.execute(
            select(Employer.id, Employer.program_id, Employer.archived_at).where(
                Employer.public_id == command.employer, in_program(actor, Employer.program_id)
            )
        ).one_or_none()
        if employer is None:
            raise NotFound
        ensure(actor, Permission.EMPLOYER_EDIT, Facts(employer.program_id))
        if employer.archived_at is not None:
            raise Refused(say("This employer is archived. Bring it back first."))
        _check(command)
        values = asdict(command)
        del values["employer"]
        row = Site(
            program_id=employer.program_id,
            employer_id=employer.id,
            sort_key=site_key(command.name, command.city),
            address_complete=address_complete(command.street, command.postcode, command.city),
            created_at=work.clock(),
            **values,
        )
        session.add(row)
        session.flush()
        audit(session, work, actor, "sites.create", "site", row.id)
        return row.public_id


def edit_site(work: Work, actor: Actor, command: EditSite) -> None:
    """Change what is known about a site. Raises NotFound, Forbidden, Refused, Stale."""
    with work.transaction() as session:
        row = load_to_edit(session, actor, Site, command.site)
        _check(command)
        current: dict[str, Any] = {name: getattr(row, name) for name in FIELDS}
        check_version(row, command.version, current)
        changed = [name for name in FIELDS if current[name] != getattr(command, name)]
        for name in changed:
            setattr(row, name, getattr(command, name))
        if "opening_hours" in changed or command.opening_week is not None:
            row.opening_week = command.opening_week
        row.sort_key = site_key(row.name, row.city)
        row.address_complete = address_complete(row.street, row.postcode, row.city)
        if "city" in changed:
            refresh_opening_keys(session, Site.id == row.id)
        audit(session, work, actor, "sites.edit", "site", row.id, fields=changed)


def _check(command: CreateSite | EditSite) -> None:
    if not command.name.strip():
        raise Refused(say("Enter a name."), "name")
    if not zone_exists(command.zone):
        raise Refused(say("Choose a zone from the list."), "zone")
    if command.holiday_region and not is_region_code(command.holiday_region):
        raise Refused(say("Choose a region from the list."), "holiday_region")
    if (command.lat is None) != (command.lon is None):
        raise Refused(say("A position needs both numbers."), "lat" if command.lat is None else "lon")
    if command.lat is not None and not -90 <= command.lat <= 90:
        raise Refused(say("A latitude is between -90 and 90."), "lat")
    if command.lon is not None and not -180 <= command.lon <= 180:
        raise Refused(say("A longitude is between -180 and 180."), "lon")
