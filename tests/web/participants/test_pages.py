"""The list, the record as staff reads it, and the participant's own page."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.models.participants.profile import EmployerExclusion
from placement.models.system.log import AccessLog
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def test_a_coordinator_sees_everybody_of_the_program(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.coordinator).get("/participants")
    assert "Noa Lind" in page.words
    assert "Lee Abel" in page.words
    assert "Ben Marsh" not in page.words


def test_a_therapist_sees_their_caseload_alone(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.therapist).get("/participants")
    assert "Noa Lind" in page.words
    assert "Kim Okafor" not in page.words


def test_the_search_finds_either_name_by_its_beginning(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.coordinator)
    for text in ("lin", "NOA"):
        found = visitor.get(f"/participants?q={text}").words
        assert "Noa Lind" in found
        assert "Lee Abel" not in found
    assert "Nobody matches" in visitor.get("/participants?q=zzz").words


@pytest.mark.parametrize(
    "query", ["sort=-status&placed=yes", "whose=mine", "archived=1", "status=nonsense&sort=x&page=x"]
)
def test_every_filter_answers(client_for: ClientFor, cast: Cast, query: str) -> None:
    client_for(cast.accounts.coordinator).get(f"/participants?{query}")


@pytest.mark.parametrize("sort", ["name", "-name", "status", "-status"])
def test_paging_shows_everybody_once(client_for: ClientFor, cast: Cast, make: Make, sort: str) -> None:
    for number in range(60):
        make.participant(cast.a.program, f"Extra{number:02}", "Zed")
    visitor = client_for(cast.accounts.coordinator)
    first = visitor.get(f"/participants?sort={sort}")
    second = visitor.get(first.find("a", rel="next")[0].get("href"))
    names = [f"Extra{number:02} Zed" for number in range(60)] + ["Noa Lind", "Kim Okafor", "Lee Abel"]
    assert all((name in first.words) != (name in second.words) for name in names)


def test_lists_and_records_stay_within_the_budget(client_for: ClientFor, cast: Cast, statements: Counter) -> None:
    visitor = client_for(cast.accounts.coordinator)
    with statements:
        visitor.get("/participants")
    assert statements.count <= 4, statements.texts
    with statements:
        visitor.get(f"/participants/{cast.a.participant.public_id}")
    assert statements.count <= 6, statements.texts
    visitor = client_for(cast.accounts.noa)
    with statements:
        visitor.get("/me")
    assert statements.count <= 6, statements.texts


def test_a_record_shows_the_reason_of_an_exclusion_to_staff_only(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa, employer = cast.a.participant, cast.a.employer
    make.add(
        EmployerExclusion(
            program_id=noa.program_id, participant_id=noa.id, employer_id=employer.id, reason="An old quarrel"
        )
    )
    for account in (cast.accounts.coordinator, cast.accounts.therapist, cast.accounts.coach):
        assert "An old quarrel" in client_for(account).get(f"/participants/{noa.public_id}").words
    visitor = client_for(cast.accounts.noa)
    assert "An old quarrel" not in visitor.get("/me").words
    assert visitor.get(f"/participants/{noa.public_id}", 302).location == "/me"


def test_others_records_look_absent(client_for: ClientFor, cast: Cast) -> None:
    noa, ben = cast.a.participant.public_id, cast.b.participant.public_id
    client_for(cast.accounts.noa).get(f"/participants/{cast.kim.public_id}", 404)
    client_for(cast.accounts.therapist).get(f"/participants/{cast.kim.public_id}", 404)
    client_for(cast.accounts.coordinator).get(f"/participants/{ben}", 404)
    client_for(cast.accounts.supervisor).get(f"/participants/{noa}", 403)
    client_for(cast.accounts.admin).get(f"/participants/{noa}", 403)
    client_for(cast.accounts.coordinator).get("/participants/absent", 404)


def test_reading_a_record_is_logged_with_the_person(client_for: ClientFor, cast: Cast, make: Make) -> None:
    client_for(cast.accounts.therapist).get(f"/participants/{cast.a.participant.public_id}")
    rows = make.all(select(AccessLog).order_by(AccessLog.id))
    assert (rows[-1].page, rows[-1].participant_id) == ("participants.show", cast.a.participant.id)


def test_somebody_who_is_no_participant_has_no_page_of_their_own(client_for: ClientFor, cast: Cast) -> None:
    client_for(cast.accounts.coordinator).get("/me", 404)
