"""What needs somebody's care: the list and taking care of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.notices import Found, NoticeKind
from placement.models.accounts.account import Account
from placement.models.employers.employer import Employer, Site
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def test_the_list_says_who_and_what(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    assert "Nothing waits for you here" in visitor.get("/notices").h1
    make.notice(
        cast.a.participant, NoticeKind.DID_NOT_COME, occasion_id=cast.a.current.id, rater_id=cast.a.rater.id,
        placement_id=cast.a.placement.id, due_at=make.clock.now,
    )  # fmt: skip
    make.notice(cast.kim, NoticeKind.ILL)
    page = visitor.get("/notices")
    assert "Noa Lind was not there. How are they?" in page.words
    assert "Sol Stone · Corner Grocery, Market Street · shift on" in page.words
    assert "Kim Okafor is ill" in page.words
    assert "Kim" not in visitor.get("/notices?q=lin").content
    assert "Noa" not in visitor.get("/notices?kind=ill").content
    assert "Nothing like that" in visitor.get("/notices?kind=worried").words


def test_three_statements_for_a_long_list(client_for: ClientFor, cast: Cast, make: Make, statements: Counter) -> None:
    visitor = client_for(cast.accounts.coordinator)
    counts = []
    for more in (1, 60):
        for _ in range(more):
            make.notice(cast.a.participant, NoticeKind.FOR_COORDINATOR, text="Please call.")
        with statements:
            page = visitor.get("/notices")
        counts.append(statements.count)
    assert counts[0] == counts[1]
    assert counts[1] <= 4
    assert page.find("a", rel="next")


def test_a_call_that_reached_them(client_for: ClientFor, cast: Cast, make: Make) -> None:
    item = make.notice(cast.a.participant, NoticeKind.DID_NOT_COME, due_at=make.clock.now)
    visitor = client_for(cast.accounts.coach)
    path = f"/notices/{item.public_id}"
    visitor.submit(path, 422)
    later = visitor.submit(path, 303, found="not_reached", again_in="3")
    assert "It stays open" in visitor.follow(later).words
    done = visitor.submit(path, 303, found="wants_talk", minutes="10", outcome="On Thursday")
    assert "taken care of" in visitor.follow(done).words
    row = make.one(select(Notice).where(Notice.id == item.id))
    assert (row.found, row.done_by_id) == (Found.WANTS_TALK, cast.accounts.coach.id)
    closed = visitor.get(path)
    assert "Wants to talk" in closed.words or "wants to talk" in closed.words
    visitor.post(f"{path}/reopen", {})
    assert make.one(select(Notice.done_at).where(Notice.id == item.id)) is None


@pytest.mark.parametrize(
    ("kind", "hers", "shops"),
    [
        (NoticeKind.FEEDBACK_MISSING, False, True),
        (NoticeKind.FOR_COORDINATOR, False, True),
        (NoticeKind.WORRIED, True, True),
        (NoticeKind.DID_NOT_COME, True, False),
        (NoticeKind.PLACEMENT_PAUSED, True, False),
    ],
)
@pytest.mark.parametrize("known", [Site, Employer, Account])
def test_the_number_to_call_is_of_whom_it_concerns(
    kind: NoticeKind, hers: bool, shops: bool, known: type[Site | Employer | Account], client_for: ClientFor,
    cast: Cast, make: Make,
) -> None:  # fmt: skip
    ids = {Site: cast.a.site.id, Employer: cast.a.site.employer_id, Account: cast.accounts.supervisor.id}
    for table in ids:
        phone = "030 111" if table is known else ""
        make.do(lambda s, table=table, phone=phone: setattr(s.get_one(table, ids[table]), "phone", phone))
    make.do(lambda s: setattr(s.get_one(Participant, cast.a.participant.id), "phone", "0170 222"))
    item = make.notice(cast.a.participant, kind, placement_id=cast.a.placement.id)
    page = client_for(cast.accounts.coordinator).get(f"/notices/{item.public_id}")
    assert ("Call Noa Lind: 0170 222" in page.words) is hers
    assert ("Call Corner Grocery: 030 111" in page.words) is shops


def test_two_at_once_see_each_other(client_for: ClientFor, cast: Cast, make: Make) -> None:
    item = make.notice(cast.a.participant, NoticeKind.FOR_COORDINATOR, text="She was pale.")
    visitor = client_for(cast.accounts.coordinator)
    path = f"/notices/{item.public_id}"
    form = visitor.get(path)
    assert "She was pale." in form.words
    visitor.submit(path, 303, outcome="Called.")
    page = visitor.post(path, {"version": "1", "outcome": "Called, too."}, 409)
    assert "Called." in page.words


def test_what_was_told_to_one_stands_on_its_own_page_alone(client_for: ClientFor, cast: Cast, make: Make) -> None:
    accounts = cast.accounts
    both = [
        make.notice(
            cast.a.participant, kind, to_account_id=accounts.coach.id, from_account_id=accounts.noa.id, text=text,
            feeling=feeling,
        )
        for kind, text, feeling in (
            (NoticeKind.HOW_IT_WAS, "Loud today.", 2), (NoticeKind.SOMETHING_WRONG, "He shouts.", None),
        )
    ]  # fmt: skip
    visitor = client_for(accounts.coach)
    listed = visitor.get("/notices")
    assert "He shouts." not in listed.text
    assert "only you read this" in listed.words
    page = visitor.get(f"/notices/told/{both[1].public_id}")
    assert "He shouts." in page.words
    assert "rather bad" in page.words
    done = visitor.submit(f"/notices/told/{both[1].public_id}", 303, outcome="Talked.")
    assert "taken care of" in visitor.follow(done).words
    client_for(accounts.coordinator).get(f"/notices/told/{both[1].public_id}", 404)
    client_for(accounts.coordinator).get(f"/notices/{both[1].public_id}", 404)
    visitor.get(f"/notices/{both[1].public_id}", 404)
