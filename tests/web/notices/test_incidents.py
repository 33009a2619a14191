"""Accidents: written down by staff, completed, reported and closed by a coordinator; overdue first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, Refused, Stale
from placement.models.notices.notice import Incident
from placement.usecases.notices.incidents import EditIncident, IncidentValues, close_incident, edit_incident
from placement.usecases.transaction import Work
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def test_from_the_accident_to_the_end(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa = cast.a.participant.public_id
    coach, cora = client_for(cast.accounts.coach), client_for(cast.accounts.coordinator)
    coach.submit(f"/participants/{noa}/accidents/new", 422, what=" ")
    day = make.day(-1).isoformat()
    made = coach.submit(f"/participants/{noa}/accidents/new", 303, what="Cut a finger", day=day, time="11:30")
    assert "Cut a finger" in coach.follow(made).words
    assert not coach.follow(made).main_forms
    row = make.one(select(Incident))
    assert row.happened_at == datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
    assert (row.report_due_on, row.by_account_id) == (make.day(2), cast.accounts.coach.id)
    assert "Accident of Noa Lind" in cora.get("/day").words
    path = f"/accidents/{row.public_id}"
    refused = cora.follow(cora.post(f"{path}/close", {}))
    assert "Please enter when the insurer heard of it" in refused.words
    cora.submit(path, 303, witness="Sol Stone", reported_on=make.day(0).isoformat())
    assert "Accident of Noa Lind" not in cora.get("/day").words
    cora.post(f"{path}/close", {})
    assert cora.get("/accidents").h1 == "No accident is open"
    assert "Cut a finger" in cora.get("/accidents?show=closed").words
    cora.post(f"{path}/close", {"open": "1"})
    assert "Cut a finger" in cora.get("/accidents").words


def test_the_first_due_first_in_few_statements(
    client_for: ClientFor, cast: Cast, make: Make, statements: Counter
) -> None:
    for days in (2, -3, 0):
        make.incident(cast.a.participant, what=f"Due {days}.", report_due_on=make.day(days))
    visitor = client_for(cast.accounts.coordinator)
    with statements:
        words = visitor.get("/accidents").words
    assert statements.count <= 4
    assert words.index("Due -3.") < words.index("Due 0.") < words.index("Due 2.")
    assert "report overdue since" in words


def test_two_at_once_and_who_may(work: Work, cast: Cast, make: Make) -> None:
    row = make.incident(cast.a.participant)
    values = IncidentValues(row.happened_at, "Cut a finger", first_aid="Plaster")
    command = EditIncident(row.public_id, 1, values)
    with pytest.raises(Forbidden):
        edit_incident(work, make.actor(cast.accounts.coach), command)
    cora = make.actor(cast.accounts.coordinator)
    edit_incident(work, cora, command)
    with pytest.raises(Stale):
        edit_incident(work, cora, command)
    late = IncidentValues(row.happened_at, "x", reported_on=make.day(1))
    with pytest.raises(Refused) as refused:
        edit_incident(work, cora, EditIncident(row.public_id, 2, late))
    assert refused.value.field == "reported_on"
    edit_incident(work, cora, EditIncident(row.public_id, 2, IncidentValues(row.happened_at, "x", note="A near miss")))
    close_incident(work, cora, row.public_id)
    with pytest.raises(Refused):
        edit_incident(work, cora, EditIncident(row.public_id, 4, values))
