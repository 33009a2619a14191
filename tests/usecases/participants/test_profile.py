"""Creating, editing, archiving a participant."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import PlacementState
from placement.domain.profiles import Profile, check_profile
from placement.domain.roles import Role
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.system.log import Audit
from placement.usecases.participants.archive import archive_participant, restore_participant
from placement.usecases.participants.create import CreateParticipant, create_participant
from placement.usecases.participants.edit import EditOwnProfile, EditParticipant, edit_own_profile, edit_participant
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def edit_of(person: Participant, version: int = 1, **changes: object) -> EditParticipant:
    values = {name: getattr(person, name) for name in asdict(Profile("x"))}
    return EditParticipant(public_id=person.public_id, version=version, **(values | changes))  # type: ignore[arg-type]


def test_a_new_participant_is_sortable_live_and_audited(cast: Cast, make: Make, work: Work) -> None:
    cora = make.actor(cast.accounts.coordinator)
    public_id = create_participant(work, cora, CreateParticipant("Jörg", "Ångström", lat=52.5, lon=13.4))
    row = make.one(select(Participant).where(Participant.public_id == public_id))
    assert row.sort_key == "angstrom jorg"
    assert (row.program_id, row.status, row.availability) == (cast.a.program.id, ParticipantStatus.WAITING, None)
    entry = make.one(select(Audit).order_by(Audit.id.desc()).limit(1))
    assert (entry.action, entry.subject_id, entry.detail) == ("participants.create", row.id, {})


def test_only_coordinators_take_people_in(cast: Cast, make: Make, work: Work) -> None:
    for account in (cast.accounts.therapist, cast.accounts.admin, cast.accounts.noa, cast.accounts.supervisor):
        with pytest.raises(Forbidden):
            create_participant(work, make.actor(account), CreateParticipant("Mia"))


def test_an_account_must_be_a_participant_here_and_belongs_to_one_person(cast: Cast, make: Make, work: Work) -> None:
    cora = make.actor(cast.accounts.coordinator)
    free = make.account("Mia Berg", [Role.PARTICIPANT], cast.a.program)
    create_participant(work, cora, CreateParticipant("Mia", account=free.public_id))
    with pytest.raises(Refused) as refused:
        create_participant(work, cora, CreateParticipant("Mia", account=free.public_id))
    assert refused.value.field == "account"
    for other in (cast.accounts.ben, cast.accounts.coach):
        with pytest.raises(NotFound):
            create_participant(work, cora, CreateParticipant("Mia", account=other.public_id))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"preferred_name": "  "}, "preferred_name"),
        ({"lat": 52.5}, "lon"),
        ({"lon": 13.4}, "lat"),
        ({"lat": 90.1, "lon": 0.0}, "lat"),
        ({"lat": 0.0, "lon": float("nan")}, "lon"),
        ({"travel_limit_km": -1.0}, "travel_limit_km"),
        ({"weekly_hours_limit": 60.5}, "weekly_hours_limit"),
    ],
)
def test_impossible_figures_are_refused_at_their_field(values: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_profile(replace(Profile("Mia"), **values))
    assert refused.value.field == field


def test_an_edit_on_an_old_version_shows_what_is_saved_now(cast: Cast, make: Make, work: Work) -> None:
    cora = make.actor(cast.accounts.coordinator)
    edit_participant(work, cora, edit_of(cast.lee, phone="111", family_name="Zorn"))
    row = make.one(select(Participant).where(Participant.id == cast.lee.id))
    assert (row.phone, row.sort_key, row.version) == ("111", "zorn lee", 2)
    with pytest.raises(Stale) as stale:
        edit_participant(work, cora, edit_of(cast.lee, phone="222"))
    assert (stale.value.version, stale.value.current["phone"]) == (2, "111")
    assert make.one(select(Participant.phone).where(Participant.id == cast.lee.id)) == "111"


def test_the_audit_names_fields_and_no_values(cast: Cast, make: Make, work: Work) -> None:
    edit_participant(work, make.actor(cast.accounts.coordinator), edit_of(cast.lee, phone="secret-number"))
    entry = make.one(select(Audit).where(Audit.action == "participants.edit"))
    assert entry.detail == {"fields": ["phone"]}


def test_participants_write_their_own_fields_alone(cast: Cast, make: Make, work: Work) -> None:
    noa, person = make.actor(cast.accounts.noa), cast.a.participant
    edit_own_profile(work, noa, EditOwnProfile(person.public_id, 1, {"phone": "0151"}))
    assert make.one(select(Participant.phone).where(Participant.id == person.id)) == "0151"
    with pytest.raises(ValueError, match="own field"):
        edit_own_profile(work, noa, EditOwnProfile(person.public_id, 2, {"status": ParticipantStatus.FINISHED}))
    with pytest.raises(NotFound):
        edit_own_profile(work, noa, EditOwnProfile(cast.kim.public_id, 1, {"phone": "0151"}))
    with pytest.raises(Forbidden):
        edit_participant(work, noa, edit_of(person, version=2, phone="1"))


def test_records_out_of_sight_look_absent(cast: Cast, make: Make, work: Work) -> None:
    for account in (cast.accounts.outsider_coordinator, cast.accounts.outsider_therapist, cast.accounts.kim):
        with pytest.raises(NotFound):
            edit_participant(work, make.actor(account), edit_of(cast.lee))
    with pytest.raises(Forbidden):
        edit_participant(work, make.actor(cast.accounts.therapist), edit_of(cast.a.participant))


def test_archiving_waits_for_the_end_of_a_placement(cast: Cast, make: Make, work: Work) -> None:
    cora, person = make.actor(cast.accounts.coordinator), cast.a.participant
    with pytest.raises(Refused):
        archive_participant(work, cora, person.public_id)
    make.do(lambda session: setattr(session.get_one(Placement, cast.a.placement.id), "state", PlacementState.COMPLETED))
    archive_participant(work, cora, person.public_id)
    archived = select(Participant.archived_at).where(Participant.id == person.id)
    assert make.one(archived) == make.clock.now
    with pytest.raises(Refused):
        edit_participant(work, cora, edit_of(person))
    restore_participant(work, cora, person.public_id)
    assert make.one(archived) is None
    with pytest.raises(Forbidden):
        archive_participant(work, make.actor(cast.accounts.noa), person.public_id)
