"""Talks with employers: written, ticked, taken out. "Not now" puts openings on hold and leaves placements alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.employer_contacts import EmployerContactKind
from placement.domain.errors import Forbidden, KeyReused, NotFound, Refused
from placement.domain.openings import OpeningState
from placement.domain.placements import PlacementState
from placement.models.employers.contact import EmployerContact
from placement.models.employers.opening import Opening
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.queries.employers.history import employer_history, employer_year
from placement.usecases.employers.contacts import (
    AddEmployerContact,
    add_employer_contact,
    finish_employer_follow_up,
    remove_employer_contact,
)
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.employers.talks import talk_row


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def talk(cast: Cast, make: Make, key: str = "key-talk", **more: object) -> AddEmployerContact:
    values = {"day": make.today, "kind": EmployerContactKind.CALL} | more
    return AddEmployerContact(cast.a.employer.public_id, key=key, **values)  # type: ignore[arg-type]


def test_not_now_holds_openings_and_leaves_placements(work: Work, cora: Actor, cast: Cast, make: Make) -> None:
    command = talk(cast, make, follow_up_on=make.day(30), not_now=True)
    held = add_employer_contact(work, cora, command)
    states = {row.state for row in make.all(select(Opening).where(Opening.site_id == cast.a.site.id))}
    assert held >= 1
    assert states == {OpeningState.ON_HOLD}
    assert add_employer_contact(work, cora, command) == held
    assert len(make.all(select(EmployerContact))) == 1
    assert make.one(select(Placement).where(Placement.id == cast.a.placement.id)).state is PlacementState.ACTIVE
    with pytest.raises(KeyReused):
        add_employer_contact(work, cora, talk(cast, make, note="Another"))


@pytest.mark.parametrize(
    ("more", "field"),
    [({"not_now": True}, "follow_up_on"), ({"note": "x" * 2001}, "note")],
)  # fmt: skip
def test_a_talk_that_cannot_be(
    more: dict[str, object], field: str, work: Work, cora: Actor, cast: Cast, make: Make
) -> None:
    with pytest.raises(Refused) as error:
        add_employer_contact(work, cora, talk(cast, make, **more))
    assert error.value.field == field
    for wrong, name in (({"day": make.day(1)}, "day"), ({"follow_up_on": make.day(-1)}, "follow_up_on")):
        with pytest.raises(Refused) as error:
            add_employer_contact(work, cora, talk(cast, make, **wrong))
        assert error.value.field == name


def test_ticked_opened_taken_out(work: Work, cora: Actor, cast: Cast, make: Make, reads: Session) -> None:
    row = talk_row(make, cast.a.employer, note="Asked about spring")
    finish_employer_follow_up(work, cora, row.public_id)
    found = employer_history(reads, cora, cast.a.employer.public_id)
    assert [(one.note, one.waits) for one in found.contacts] == [("Asked about spring", False)]
    finish_employer_follow_up(work, cora, row.public_id, done=False)
    remove_employer_contact(work, cora, row.public_id)
    assert employer_history(reads, cora, cast.a.employer.public_id).contacts == ()
    remove_employer_contact(work, cora, row.public_id, removed=False)
    assert len(employer_history(reads, cora, cast.a.employer.public_id).contacts) == 1


def test_who_sees_what(work: Work, cora: Actor, cast: Cast, make: Make, reads: Session) -> None:
    row, place = talk_row(make, cast.a.employer), cast.a.employer.public_id
    assert [line.name for line in employer_history(reads, cora, place).stays] == ["Noa Lind"]
    jo = make.actor(cast.accounts.coach)
    assert [line.name for line in employer_history(reads, jo, place).stays] == ["Noa Lind"]
    with pytest.raises(NotFound):
        employer_history(reads, make.actor(cast.accounts.outsider_coordinator), place)
    with pytest.raises(Forbidden):
        employer_history(reads, make.actor(cast.accounts.noa), place)
    for account in (cast.accounts.coach, cast.accounts.therapist):
        with pytest.raises(Forbidden):
            finish_employer_follow_up(work, make.actor(account), row.public_id)
        with pytest.raises(Forbidden):
            employer_year(reads, make.actor(account), place, make.today.year)
    with pytest.raises(NotFound):
        remove_employer_contact(work, make.actor(cast.accounts.outsider_coordinator), row.public_id)


def test_a_year_for_the_letter(cora: Actor, cast: Cast, make: Make, reads: Session) -> None:
    _, given = employer_year(reads, cora, cast.a.employer.public_id, cast.a.rated.day.year)
    assert (given.people, given.shifts >= 1, given.minutes > 0) == (1, True, True)
    _, nothing = employer_year(reads, cora, cast.a.employer.public_id, 2001)
    assert (nothing.people, nothing.minutes, nothing.shifts) == (0, 0, 0)
