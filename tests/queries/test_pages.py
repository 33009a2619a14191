from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.matching.run import MatchRun
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.queries.pages import fetch_page
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_a_list_by_day_goes_forth_and_back(make: Make, cast: Cast, reads: Session) -> None:
    for offset in range(7):
        person = make.participant(cast.a.program, f"Person {offset}")
        make.placement(person, make.opening(cast.a.site), first_day=make.day(offset % 3))
    keys = [Placement.first_day, Placement.id]

    def page(cursor: str | None) -> Any:
        return fetch_page(reads, select(Placement.public_id), keys, cursor, descending=True, size=4)

    first = page(None)
    second = page(first.next)
    assert page(second.previous).rows == first.rows
    days = [row.first_day for row in [*first.rows, *second.rows]]
    assert len(days) == 8
    assert days == sorted(days, reverse=True)


def test_a_list_by_instant_goes_on(make: Make, cast: Cast, reads: Session) -> None:
    for hours in range(3):
        make.clock.advance(hours=1)
        make.add(
            MatchRun(
                program_id=cast.a.program.id, name=str(hours), created_by_id=cast.accounts.coordinator.id, problem={},
                people=0, places=0, placed=0, total_fit=0, proved_best=True, created_at=make.clock.now,
            )
        )  # fmt: skip
    keys = [MatchRun.created_at, MatchRun.id]
    first = fetch_page(reads, select(MatchRun.name), keys, None, descending=True, size=2)
    second = fetch_page(reads, select(MatchRun.name), keys, first.next, descending=True, size=2)
    assert [row.name for row in [*first.rows, *second.rows]][:3] == ["2", "1", "0"]
    assert second.rows[0].created_at == make.clock.now - timedelta(hours=2)


@pytest.mark.parametrize(
    "packed",
    [
        "no base 64", [], [False], [False, ["text", 1]], [False, [{"iso": "2026"}, 1]], [False, [{}, 1]], ["x", [1, 2]],
        [False, [{"iso": "2026-11-23T10:00:00"}, 1]], [False, [{"iso": "2026-11-23"}, "1"]],
        [False, [{"iso": "2026-11-23"}, 2**70]], [False, [{"iso": "2026-11-23"}]],
    ],
)  # fmt: skip
def test_a_broken_cursor_starts_from_the_beginning(packed: Any, cast: Cast, reads: Session) -> None:
    text = packed if isinstance(packed, str) else base64.urlsafe_b64encode(json.dumps(packed).encode()).decode()
    keys = [Placement.first_day, Placement.id]
    found = fetch_page(reads, select(Placement.public_id), keys, text)
    assert found.rows == fetch_page(reads, select(Placement.public_id), keys, None).rows != []


@pytest.mark.parametrize(
    ("packed", "keys"),
    [
        ([False, ["\ud800", 1]], (Participant.sort_key, Participant.id)),
        ([False, [{"iso": "0001-01-01T00:00:00+23:59"}, 1]], (MatchRun.created_at, MatchRun.id)),
        ([False, [{"iso": "9999-12-31T23:00:00-23:59"}, 1]], (MatchRun.created_at, MatchRun.id)),
    ],
)
def test_a_cursor_no_database_takes(packed: Any, keys: tuple[Any, Any], cast: Cast, reads: Session) -> None:
    text = base64.urlsafe_b64encode(json.dumps(packed).encode()).decode()
    assert fetch_page(reads, select(keys[1]), keys, text) == fetch_page(reads, select(keys[1]), keys, None)


def test_a_cursor_nested_too_deeply(cast: Cast, reads: Session) -> None:
    text = base64.urlsafe_b64encode(b"[" * 100_000).decode()
    assert fetch_page(reads, select(Placement.public_id), [Placement.id], text).rows
