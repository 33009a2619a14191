"""An employer's order of people: moved, numbered, saved, and never with somebody who must not be there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.errors import Refused
from placement.domain.participants import ParticipantStatus
from placement.models.matching.tables import OpeningRank
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion
from placement.usecases.employers.ranking import set_ranking
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/openings/{cast.a.opening.public_id}/ranking"


def stored(make: Make) -> list[tuple[int, int]]:
    rows = make.all(select(OpeningRank).order_by(OpeningRank.rank))
    return [(row.rank, row.participant_id) for row in rows]


def test_people_are_added_moved_and_saved_without_script(
    client_for: ClientFor, cast: Cast, make: Make, path: str, statements: Counter
) -> None:
    visitor = client_for(cast.accounts.coordinator)
    pia = make.participant(cast.a.program, "Pia", "Zorn", status=ParticipantStatus.WAITING)
    with statements:
        page = visitor.get(path)
    assert statements.count <= 4
    # Noa works there, Kim has a proposal at another shop of the same employer, Pia waits; Lee does none of it.
    assert [name in page.words for name in ("Noa Lind", "Kim Okafor", "Pia Zorn", "Lee Abel")] == [True] * 3 + [False]
    noa, kim, lee = cast.a.participant, cast.kim, cast.lee
    page = visitor.submit(page.main_forms[0], 200, add=[noa.public_id, pia.public_id], change="add")
    assert "Not saved yet" in page.words
    assert stored(make) == []
    page = visitor.submit(page.main_forms[0], 200, q="abel", change="find")
    page = visitor.submit(page.main_forms[0], 200, add=[lee.public_id], change="add")
    page = visitor.submit(page.main_forms[0], 200, change="up-2")
    visitor.submit(page.main_forms[0], 303)
    assert stored(make) == [(1, noa.id), (2, lee.id), (3, pia.id)]
    # Numbers say the same as buttons; equal ones stay in their order, and one is taken out.
    page = visitor.get(path)
    page = visitor.submit(page.main_forms[0], 200, **{"person-0-rank": "9"}, change="drop-0")
    visitor.submit(page.main_forms[0], 303, add=[kim.public_id])
    assert stored(make) == [(1, pia.id), (2, noa.id), (3, kim.id)]


def test_two_at_once_see_both(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    visitor = client_for(cast.accounts.coordinator)
    noa, kim = cast.a.participant, cast.kim
    stale = visitor.get(path).main_forms[0]
    visitor.submit(visitor.get(path).main_forms[0], 303, add=[noa.public_id])
    page = visitor.submit(stale, 409, add=[kim.public_id])
    assert "Noa Lind" in page.words
    assert "Kim Okafor" in page.words
    visitor.submit(page.main_forms[0], 303)
    assert stored(make) == [(1, kim.id)]


def test_somebody_who_must_never_be_matched_there_is_not_offered_and_not_taken(
    client_for: ClientFor, cast: Cast, make: Make, path: str
) -> None:
    kim = cast.kim
    own = {"program_id": kim.program_id, "participant_id": kim.id}
    make.add(EmployerExclusion(employer_id=cast.a.employer.id, reason="Former job", **own))
    visitor = client_for(cast.accounts.coordinator)
    page = visitor.get(path)
    assert "Kim Okafor" not in page.content
    visitor.submit(page.main_forms[0], 422, add=[kim.public_id])
    with pytest.raises(Refused, match="never"):
        set_ranking(
            make.work, make.actor(cast.accounts.coordinator), cast.a.opening.public_id, [kim.public_id], seen=()
        )
    assert stored(make) == []


def test_only_people_of_this_program(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    visitor = client_for(cast.accounts.coordinator)
    visitor.submit(path, 303, add=[cast.b.participant.public_id])
    assert stored(make) == []
    client_for(cast.accounts.coach).get(path, 403)
    client_for(cast.accounts.outsider_coordinator).get(path, 404)
    assert visitor.get(f"/openings/{cast.a.opening.public_id}").find("a", href=path)
    assert make.all(select(Participant.id)), "nobody was lost"
