"""The worker's part of an import: chosen rows become people or shops, some at a time, so that progress shows.

Killed in between, it goes on where it stopped: rows and the count of them are written together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.employers import address_complete, employer_key, site_key
from placement.domain.import_fields import ImportKind, ImportState, check
from placement.domain.participants import ParticipantStatus, TravelMode
from placement.domain.profiles import profile_sort_key
from placement.domain.text import fold
from placement.models.base import new_public_id
from placement.models.employers.employer import Employer, Site
from placement.models.enrollments.enrollment import Enrollment
from placement.models.imports.upload import Upload
from placement.models.participants.participant import Participant
from placement.models.programs.program import Program
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work

BATCH = 200
Values = Mapping[str, Any]


def run_upload(work: Work, upload_id: int) -> None:
    """Bring in what is left of an upload that runs."""
    while _some(work, upload_id):
        pass


def _some(work: Work, upload_id: int) -> bool:
    """The next rows, in a transaction of their own; whether more are left."""
    with work.transaction() as session:
        row = session.get(Upload, upload_id, with_for_update=True)
        if row is None or row.state is not ImportState.RUNNING:
            return False
        numbers = row.chosen[row.done : row.done + BATCH]
        wanted = [row.rows[number - 2] for number in numbers]
        # Looked at before they were chosen; here they are only read.
        found = check(row.kind, row.header, wanted, row.mapping)
        program = session.get_one(Program, row.program_id)
        values = [found.good[at] for at in sorted(found.good)]
        now = work.clock()
        made = (
            _people(session, row, program, values, now)
            if row.kind is ImportKind.PARTICIPANTS
            else _shops(session, row, program, values, now)
        )
        row.made = {name: [*row.made.get(name, ()), *made.get(name, ())] for name in {*row.made, *made}}
        row.done += len(numbers)
        audit(session, work, System(row.program_id), "imports.rows", "upload", row.id, made=made)
        if row.done >= len(row.chosen):
            # The file is no longer needed, and holds what people may ask to be forgotten.
            row.state, row.rows, row.chosen = ImportState.DONE, [], []
            return False
        return True


def _people(
    session: Session, upload: Upload, program: Program, values: Sequence[Values], now: datetime
) -> dict[str, list[int]]:
    """Everybody waits for a place; whoever has a day of referral stands on the waiting list, too."""
    people = [
        Participant(
            public_id=new_public_id(), program_id=upload.program_id, created_at=now, status=ParticipantStatus.WAITING,
            sort_key=profile_sort_key(str(one["preferred_name"]), str(one.get("family_name", ""))),
            travel_mode=TravelMode.TRANSIT,
            **{key: value for key, value in one.items() if key not in ("referred_on", "referred_by")},
        )
        for one in values
    ]  # fmt: skip
    session.add_all(people)
    session.flush()
    today = now.astimezone(ZoneInfo(program.zone)).date()
    referred = [
        Enrollment(
            program_id=upload.program_id, participant_id=person.id, created_at=now,
            referred_on=min(date.fromisoformat(str(one["referred_on"])), today),
            referred_by=str(one.get("referred_by", "")),
        )
        for person, one in zip(people, values, strict=True)
        if "referred_on" in one
    ]  # fmt: skip
    session.add_all(referred)
    session.flush()
    return {"participant": [row.id for row in people], "enrollment": [row.id for row in referred]}


def _shops(
    session: Session, upload: Upload, program: Program, values: Sequence[Values], now: datetime
) -> dict[str, list[int]]:
    """One employer for each name, whether it was there or comes now, with a site for each row that has one."""
    there = {
        fold(name): key
        for key, name in session.execute(
            select(Employer.id, Employer.name).where(
                Employer.program_id == upload.program_id, Employer.archived_at.is_(None)
            )
        )
    }
    employers: list[Employer] = []
    for one in values:
        name = str(one["name"])
        if fold(name) not in there:
            row = Employer(
                program_id=upload.program_id, name=name, sort_key=employer_key(name), created_at=now,
                **{key: str(one.get(key, "")) for key in ("contact_name", "email", "phone")},
            )  # fmt: skip
            session.add(row)
            session.flush()
            there[fold(name)] = row.id
            employers.append(row)
    sites = [
        Site(
            program_id=upload.program_id, employer_id=there[fold(str(one["name"]))], created_at=now,
            zone=program.zone, name=(label := str(one.get("site") or one["name"])),
            sort_key=site_key(label, str(one.get("city", ""))),
            **{key: str(one.get(key, "")) for key in ("street", "postcode", "city")},
            address_complete=address_complete(*(str(one.get(key, "")) for key in ("street", "postcode", "city"))),
        )
        for one in values
        if any(one.get(key) for key in ("site", "street", "postcode", "city"))
    ]  # fmt: skip
    session.add_all(sites)
    session.flush()
    return {"employer": [row.id for row in employers], "site": [row.id for row in sites]}
