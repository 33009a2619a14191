"""A concern: written by staff who see the person, owned by one of them, read by the two, closed with an outcome."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.jobs import JobKind
from placement.models.notices.notice import Notice
from placement.models.system.job import Job
from placement.queries.notices.concerns import concerns_page
from placement.queries.notices.one import one_notice
from placement.usecases.notices.close import CloseNotice, close_notice
from placement.usecases.notices.concern import AHEAD, WriteConcern, write_concern
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.diary.logs import key


def _concern(cast: Cast, make: Make, owner: str, days: int = 2, text: str = "Hardly eats") -> WriteConcern:
    return WriteConcern(cast.a.participant.public_id, owner, make.day(days), text, key())


def test_the_two_read_it_and_nobody_else(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    accounts = cast.accounts
    jo, thea = make.actor(accounts.coach), make.actor(accounts.therapist)
    command = _concern(cast, make, accounts.therapist.public_id)
    made = write_concern(work, jo, command)
    assert write_concern(work, jo, command) == made
    assert make.one(select(func.count()).where(Job.kind == JobKind.MAIL_NOTICE)) == 1
    for actor, mine in ((jo, False), (thea, True)):
        (row,) = concerns_page(reads, actor).rows
        assert (row.text, row.by, row.owner, row.mine) == (
            "Hardly eats",
            accounts.coach.name,
            accounts.therapist.name,
            mine,
        )
    for account in (accounts.coordinator, accounts.outsider_coordinator, accounts.noa, accounts.admin):
        assert concerns_page(reads, make.actor(account)).rows == []
        with pytest.raises(NotFound):
            one_notice(reads, make.actor(account), made)
    with pytest.raises(NotFound):
        close_notice(work, jo, CloseNotice(made, 1, "Not mine"))
    with pytest.raises(Refused) as refused:
        close_notice(work, thea, CloseNotice(made, 1))
    assert refused.value.field == "outcome"
    close_notice(work, thea, CloseNotice(made, 1, "We spoke; a doctor on Friday"))
    (row,) = concerns_page(reads, jo).rows
    assert row.outcome == "We spoke; a doctor on Friday"
    assert row.done_at is not None


def test_what_is_refused(cast: Cast, make: Make, work: Work) -> None:
    accounts, jo = cast.accounts, make.actor(cast.accounts.coach)
    for owner, days, text, field in (
        (accounts.noa.public_id, 2, "x", "owner"),
        (accounts.supervisor.public_id, 2, "x", "owner"),
        (accounts.outsider_coordinator.public_id, 2, "x", "owner"),
        (accounts.therapist.public_id, -1, "x", "due_on"),
        (accounts.therapist.public_id, AHEAD.days + 1, "x", "due_on"),
        (accounts.therapist.public_id, 2, " ", "text"),
    ):
        with pytest.raises(Refused) as refused:
            write_concern(work, jo, _concern(cast, make, owner, days, text))
        assert refused.value.field == field
    assert make.one(select(func.count()).where(Notice.text == "x")) == 0


def test_only_staff_who_see_the_person(cast: Cast, make: Make, work: Work) -> None:
    owner = cast.accounts.therapist.public_id
    with pytest.raises(Forbidden):
        write_concern(work, make.actor(cast.accounts.noa), _concern(cast, make, owner))
    for account in (cast.accounts.kim, cast.accounts.supervisor, cast.accounts.admin, cast.accounts.outsider_therapist):
        with pytest.raises(NotFound):
            write_concern(work, make.actor(account), _concern(cast, make, owner))
    write_concern(work, make.actor(cast.accounts.coordinator), _concern(cast, make, owner))
