"""Telling one person outside the shop, who alone reads it; taking it back while nobody has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.notices import NoticeKind
from placement.domain.roles import Role
from placement.models.notices.notice import Notice
from placement.models.system.log import Audit
from placement.queries.notices.listing import NoticeFilter, notices_page
from placement.queries.notices.one import one_notice, told
from placement.queries.notices.sent import TOLD_PAGE, listeners, sent, telling
from placement.usecases.notices.tell import Tell, take_back, tell
from placement.usecases.system.reads import record_read
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def something(cast: Cast, **other: Any) -> Tell:
    words = Tell(NoticeKind.SOMETHING_WRONG, cast.accounts.coach.public_id, str(uuid4()), "Shouting in the storeroom.")
    return replace(words, **other)


def test_the_chosen_person_alone_reads_it(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    told_id = tell(work, make.actor(cast.accounts.noa), something(cast, placement=cast.a.placement.public_id))
    page = told(reads, make.actor(cast.accounts.coach), told_id)
    assert (page.row.text, page.row.employer) == ("Shouting in the storeroom.", cast.a.employer.name)
    with pytest.raises(NotFound):
        one_notice(reads, make.actor(cast.accounts.coach), told_id)
    others = ("coordinator", "therapist", "supervisor", "admin", "noa", "kim", "outsider_coordinator", "site_admin")
    for name in others:
        other = make.actor(getattr(cast.accounts, name))
        with pytest.raises(NotFound):
            told(reads, other, told_id)
        assert notices_page(reads, other, NoticeFilter()).rows == [], name
    (row,) = notices_page(reads, make.actor(cast.accounts.coach), NoticeFilter()).rows
    assert (row.public_id, row.text) == (told_id, ""), "its words stand on its own page alone"
    assert "Shouting" not in str(make.all(select(Audit.detail).where(Audit.action == "notice.tell")))


def test_whom_they_can_choose(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    """Coordinators, and those who look after them; never anybody from a shop, and nobody of another program."""
    both = make.account("Max Both", [Role.COORDINATOR, Role.SUPERVISOR], cast.a.program)
    make.account("Ina Coach", [Role.COACH], cast.a.program)
    noa = make.actor(cast.accounts.noa)
    found = {one.public_id for one in listeners(reads, noa, make.day(0))}
    accounts = cast.accounts
    assert found == {accounts.coach.public_id, accounts.therapist.public_id, accounts.coordinator.public_id}
    kim = {one.name for one in listeners(reads, make.actor(accounts.kim), make.day(0))}
    assert kim == {"Jo Field", "Cora Hill"}
    for nobody in (both, accounts.supervisor, accounts.outsider_coordinator):
        with pytest.raises(Refused) as refused:
            tell(work, noa, something(cast, to=nobody.public_id))
        assert refused.value.field == "to"


def test_the_choice_is_remembered_while_it_can_be_made(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    noa = make.actor(cast.accounts.noa)
    assert telling(reads, noa, make.day(0)).chosen == ""
    tell(work, noa, something(cast))
    offered = telling(reads, noa, make.day(0))
    assert offered.chosen == cast.accounts.coach.public_id
    assert [place.public_id for place in offered.places] == [cast.a.placement.public_id]
    make.do(lambda session: session.merge(cast.accounts.coach).__setattr__("archived_at", make.clock.now))
    assert telling(reads, noa, make.day(0)).chosen == ""


def test_it_can_be_taken_back_until_it_is_read(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    noa, coach = make.actor(cast.accounts.noa), make.actor(cast.accounts.coach)
    first = tell(work, noa, something(cast))
    assert [(one.to, one.read, one.can_take_back) for one in sent(reads, noa)] == [("Jo Field", False, True)]
    # Other pages about the same participant, and other readers of that page, are no reading of it.
    record_read(work, coach, "progress.show", cast.a.participant.id)
    record_read(work, make.actor(cast.accounts.therapist), TOLD_PAGE, cast.a.participant.id)
    take_back(work, noa, first)
    assert make.all(select(Notice.id)) == []
    second = tell(work, noa, something(cast))
    record_read(work, coach, TOLD_PAGE, cast.a.participant.id)
    assert sent(reads, noa)[0].read
    with pytest.raises(Refused):
        take_back(work, noa, second)
    make.clock.advance(hours=1)
    third = tell(work, noa, something(cast))
    assert [one.read for one in sent(reads, noa)] == [False, True]
    take_back(work, noa, third)


def test_nobody_else_takes_it_back(work: Work, cast: Cast, make: Make) -> None:
    mine = tell(work, make.actor(cast.accounts.noa), something(cast))
    for name in ("kim", "coach", "coordinator", "ben"):
        with pytest.raises(NotFound):
            take_back(work, make.actor(getattr(cast.accounts, name)), mine)


def test_a_double_tap_tells_it_once(work: Work, cast: Cast, make: Make) -> None:
    words = something(cast)
    assert tell(work, make.actor(cast.accounts.noa), words) == tell(work, make.actor(cast.accounts.noa), words)
    assert len(make.all(select(Notice.id))) == 1


def test_how_it_was_needs_an_answer_and_the_other_needs_no_words(work: Work, cast: Cast, make: Make) -> None:
    noa = make.actor(cast.accounts.noa)
    for wrong in ({"feeling": None, "text": " "}, {"feeling": 6}):
        with pytest.raises(Refused) as refused:
            tell(work, noa, something(cast, kind=NoticeKind.HOW_IT_WAS, **wrong))
        assert refused.value.field == "feeling"
    tell(work, noa, something(cast, kind=NoticeKind.HOW_IT_WAS, feeling=2, text=""))
    tell(work, noa, something(cast, text=""))
    assert make.all(select(Notice.feeling).order_by(Notice.id)) == [2, None]


def test_only_participants_tell_and_only_about_their_own_place(work: Work, cast: Cast, make: Make) -> None:
    with pytest.raises(Forbidden):
        tell(work, make.actor(cast.accounts.coach), something(cast))
    with pytest.raises(NotFound):
        tell(work, make.actor(cast.accounts.kim), something(cast, placement=cast.a.placement.public_id))
