"""Employers: create, edit, archive, restore."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.openings import OpeningState
from placement.domain.placements import PlacementState
from placement.models.employers.employer import Employer
from placement.models.employers.opening import Opening
from placement.models.placements.placement import Placement
from placement.models.system.log import Audit
from placement.usecases.employers.employer import (
    CreateEmployer,
    EditEmployer,
    archive_employer,
    create_employer,
    edit_employer,
    restore_employer,
)
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def stored(make: Make, public_id: str) -> Employer:
    found: Employer = make.one(select(Employer).where(Employer.public_id == public_id))
    return found


def test_a_new_employer_can_be_found_by_its_folded_name(work: Work, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    public_id = create_employer(work, actor, CreateEmployer("Bäckerei Öz", "Ayla Öz", "ayla@example.org", "030 1", "x"))
    row = stored(make, public_id)
    assert (row.name, row.contact_name, row.email, row.phone, row.note) == (
        "Bäckerei Öz", "Ayla Öz", "ayla@example.org", "030 1", "x",
    )  # fmt: skip
    assert row.sort_key == "backerei oz"
    assert row.program_id == cast.a.program.id


@pytest.mark.parametrize("role", ["therapist", "coach", "supervisor", "noa", "admin"])
def test_only_coordinators_write(work: Work, make: Make, cast: Cast, role: str) -> None:
    actor = make.actor(getattr(cast.accounts, role))
    with pytest.raises(Forbidden):
        create_employer(work, actor, CreateEmployer("Mine"))
    with pytest.raises(Forbidden):
        archive_employer(work, actor, cast.a.employer.public_id)
    assert stored(make, cast.a.employer.public_id).archived_at is None


def test_another_programs_employer_does_not_exist(work: Work, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.outsider_coordinator)
    with pytest.raises(NotFound):
        edit_employer(work, actor, EditEmployer(cast.a.employer.public_id, 1, "Theirs"))
    with pytest.raises(NotFound):
        archive_employer(work, actor, cast.a.employer.public_id)
    with pytest.raises(NotFound):
        restore_employer(work, actor, cast.a.employer.public_id)


def test_a_name_is_needed(work: Work, make: Make, cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        create_employer(work, make.actor(cast.accounts.coordinator), CreateEmployer("  "))
    assert refusal.value.field == "name"


def test_renaming_moves_the_openings_in_their_list(work: Work, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    edit_employer(work, actor, EditEmployer(cast.a.employer.public_id, 1, "Àlà carte"))
    assert stored(make, cast.a.employer.public_id).sort_key == "ala carte"
    key = make.one(select(Opening.sort_key).where(Opening.id == cast.a.opening.id))
    assert key == "stock helper ala carte berlin"
    assert make.one(select(Opening.sort_key).where(Opening.id == cast.b.opening.id)) == cast.b.opening.sort_key
    audit = make.all(select(Audit.detail).where(Audit.action == "employers.edit"))
    assert audit == [{"fields": ["name"]}]


def test_the_second_of_two_people_is_told(work: Work, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    edit_employer(work, actor, EditEmployer(cast.a.employer.public_id, 1, "First", phone="1"))
    with pytest.raises(Stale) as stale:
        edit_employer(work, actor, EditEmployer(cast.a.employer.public_id, 1, "Second"))
    assert stale.value.version == 2
    assert stale.value.current["name"] == "First"
    assert stored(make, cast.a.employer.public_id).name == "First"


def test_archiving_waits_for_the_last_placement_and_closes_openings(work: Work, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    with pytest.raises(Refused):
        archive_employer(work, actor, cast.a.employer.public_id)
    make.do(lambda s: s.execute(update(Placement).values(state=PlacementState.COMPLETED)))
    make.do(lambda s: s.execute(update(Opening).values(filled=0)))
    archive_employer(work, actor, cast.a.employer.public_id)
    assert stored(make, cast.a.employer.public_id).archived_at == work.clock()
    assert make.one(select(Opening.state).where(Opening.id == cast.a.opening.id)) is OpeningState.CLOSED
    restore_employer(work, actor, cast.a.employer.public_id)
    assert stored(make, cast.a.employer.public_id).archived_at is None
    assert make.one(select(Opening.state).where(Opening.id == cast.a.opening.id)) is OpeningState.CLOSED
