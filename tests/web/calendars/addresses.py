"""Rows that a calendar's pages are about, written straight into the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from placement.domain.absences import BusySource
from placement.domain.feeds import FeedKind
from placement.domain.tokens import feed_token, token_hash
from placement.models.participants.participant import Participant
from placement.models.shifts.absence import Busy, CalendarFeed
from tests.factories.make import Make

_COLUMN = {FeedKind.PARTICIPANT: "participant_id", FeedKind.SUPERVISOR: "rater_id", FeedKind.SITE: "site_id"}


def feed_row(make: Make, kind: FeedKind, owner: Any, **columns: Any) -> CalendarFeed:
    """An address of a participant, rater or site."""

    def change(session: Session) -> CalendarFeed:
        row = CalendarFeed(
            program_id=owner.program_id, kind=kind, by_account_id=1, created_at=make.clock.now, generation=1,
            **({_COLUMN[kind]: owner.id, "locale": "en"} | columns),
        )  # fmt: skip
        session.add(row)
        session.flush()
        if row.revoked_at is None:
            row.token_hash = token_hash(feed_token(make.work.link_key, row.id, 1))
        return row

    return make.do(change)


def path_of(make: Make, row: CalendarFeed, generation: int = 1) -> str:
    return f"/calendar/{feed_token(make.work.link_key, row.id, generation)}.ics"


def busy_row(make: Make, person: Participant, hours: int = 48) -> Busy:
    """A time that came with a calendar, so many hours ahead."""
    start = make.clock.now + timedelta(hours=hours)
    return make.add(
        Busy(
            program_id=person.program_id, participant_id=person.id, source=BusySource.CALENDAR, starts_at=start,
            ends_at=start + timedelta(hours=2), created_at=make.clock.now,
        )
    )  # fmt: skip
