"""Coaches and therapists find who waits to read with them what a shop wrote."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from placement.domain.comments import Reads
from placement.domain.roles import Role
from placement.models.feedback.observation import Feedback
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter

PATH = "/words/together"


@pytest.fixture
def waits(cast: Cast, make: Make) -> str:
    """Noa reads with their coach first, and one shop's words wait. The shift's public id."""
    make.do(lambda s: setattr(s.get_one(Participant, cast.a.participant.id), "reads_comments", Reads.WITH_COACH))
    make.do(lambda s: s.execute(update(Feedback).where(Feedback.id == cast.a.feedback.id).values(released_at=None)))
    return str(make.one(select(Occasion.public_id).where(Occasion.id == cast.a.rated.id)))


def test_it_names_person_and_shift_and_not_the_words(
    client_for: ClientFor, cast: Cast, statements: Counter, waits: str
) -> None:
    visitor = client_for(cast.accounts.coach)
    assert PATH in visitor.get("/day").links
    with statements:
        page = visitor.get(PATH)
    assert statements.count <= 4
    assert page.h1 == "One person waits to read with you"
    assert f"/shifts/{waits}" in page.links
    assert "Noa" in page.content
    assert "Friendly with everybody" not in page.content
    assert "Words to read together (1)" in visitor.get("/day").content


def test_read_together_it_is_gone(client_for: ClientFor, cast: Cast, waits: str) -> None:
    visitor = client_for(cast.accounts.therapist)
    shift = visitor.get(f"/shifts/{waits}")
    visitor.submit(next(form for form in shift.forms if "read-together" in (form.action or "")), 303)
    page = visitor.get(PATH)
    assert page.h1 == "Nothing waits to be read together"
    assert "Nobody is waiting." in page.content
    assert "Words to read together (" not in visitor.get("/day").content


@pytest.mark.usefixtures("waits")
def test_only_for_the_people_one_looks_after(client_for: ClientFor, cast: Cast, make: Make) -> None:
    stranger = make.account("Uri", [Role.COACH], cast.a.program)
    assert "Noa" not in client_for(stranger).get(PATH).content
    assert "Noa" in client_for(cast.accounts.coordinator).get(PATH).content
    client_for(cast.accounts.supervisor).get(PATH, 403)
    client_for(cast.accounts.noa).get(PATH, 403)


def test_who_reads_at_once_is_not_waited_for(client_for: ClientFor, cast: Cast, make: Make, waits: str) -> None:
    make.do(lambda s: setattr(s.get_one(Participant, cast.a.participant.id), "reads_comments", Reads.AT_ONCE))
    assert "Nobody is waiting." in client_for(cast.accounts.coach).get(PATH).content
