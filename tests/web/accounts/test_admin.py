"""An admin's way with one account, page by page."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.system.log import AccessLog
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def test_a_supervisor_is_made_and_gets_a_shop(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    done = visitor.submit("/accounts/new", 303, name="Vera Moon", email="vera@example.org", roles=["supervisor"])
    page = visitor.follow(done)
    assert "Vera Moon" in page.h1
    choose = next(form for form in page.main_forms if cast.a.site.public_id in form.fields.get("site", []))
    page = visitor.follow(visitor.submit(choose, 303))
    assert "Chosen" in page.content
    account = make.one(select(Account).where(Account.email == "vera@example.org"))
    assert make.actor(account).sites == {cast.a.site.id}
    end = next(form for form in page.main_forms if form.fields.get("end"))
    visitor.submit(end, 303)
    assert make.actor(account).sites == frozenset()


def test_a_participant_is_made_and_gets_the_record(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    done = visitor.submit("/accounts/new", 303, name="Lee Abel", email="lee@example.org", roles=["participant"])
    page = visitor.follow(done)
    assert "Lee Abel" in page.content
    assert "Kim Okafor" not in page.content, "has an account"
    assert "Ben" not in page.content
    choose = next(form for form in page.main_forms if cast.lee.public_id in form.fields.get("participant", []))
    page = visitor.follow(visitor.submit(choose, 303))
    assert "Signs in to the record of Lee Abel" in page.content
    assert make.one(select(Participant.account_id).where(Participant.id == cast.lee.id))


def test_answers_are_kept_when_something_is_missing(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.admin)
    page = visitor.submit("/accounts/new", 422, name="Vera Moon", email="vera")
    assert page.main_forms[0].fields["name"] == ["Vera Moon"]
    assert any("e-mail address" in error for error in page.errors)
    page = visitor.submit("/accounts/new", 422, name="Vera", email=cast.accounts.coach.email, roles=["coach"])
    assert any("in the program already" in error for error in page.errors)


def test_two_admins_at_once_see_both_versions(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.admin)
    path = f"/accounts/{cast.accounts.coach.public_id}/edit"
    stale = visitor.get(path).main_forms[0]
    visitor.submit(path, 303, name="Joanna Field")
    page = visitor.submit(stale, 409, name="Josephine Field")
    assert "Joanna Field" in page.content
    assert "Josephine Field" in page.content
    visitor.submit(page.main_forms[0], 303)
    assert visitor.get(path.removesuffix("/edit")).h1 == "Josephine Field"


def test_roles_are_changed_with_a_version(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.admin)
    path = f"/accounts/{cast.accounts.coach.public_id}/roles"
    stale = visitor.get(path).main_forms[0]
    visitor.submit(path, 303, roles=["coach", "therapist"])
    assert "Therapist" in visitor.get(path.removesuffix("/roles")).content
    page = visitor.submit(stale, 409, roles=["coordinator"])
    assert "Therapist" in page.content
    refused = visitor.submit(f"/accounts/{cast.accounts.admin.public_id}/roles", 422, roles=["coordinator"])
    assert "Nobody gives themselves a role" in refused.content


def test_archive_asks_first_and_can_be_undone(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.admin)
    coach = client_for(cast.accounts.coach)
    coach.get("/account")
    path = f"/accounts/{cast.accounts.coach.public_id}"
    visitor.submit(f"{path}/archive", 303)
    coach.get("/account", status=302)
    page = visitor.get(path)
    assert "cannot sign in" in page.content
    visitor.submit(page.main_forms[0], 303)
    assert "Job coach" in visitor.get(path).content


@pytest.mark.parametrize("name", ["coach", "noa", "supervisor", "admin"])
def test_a_page_costs_few_statements_and_is_logged(
    client_for: ClientFor, cast: Cast, statements: Counter, make: Make, name: str
) -> None:
    account = getattr(cast.accounts, name)
    visitor = client_for(cast.accounts.admin)
    with statements:
        visitor.get(f"/accounts/{account.public_id}")
    assert statements.count <= 3, statements.texts
    row = make.one(select(AccessLog).order_by(AccessLog.id.desc()).limit(1))
    assert row.page == "accounts.show"
    assert row.participant_id == (cast.a.participant.id if name == "noa" else None)


def test_an_admin_reads_names_and_nothing_else_of_a_participant(client_for: ClientFor, cast: Cast, make: Make) -> None:
    secret = "Moonflower"
    make.do(
        lambda s: [
            setattr(s.get_one(Participant, cast.a.participant.id), column, secret)
            for column in ("home_address", "phone", "emergency_name")
        ]
    )
    visitor = client_for(cast.accounts.admin)
    noa = cast.accounts.noa.public_id
    pages = [
        "/accounts",
        f"/accounts/{noa}",
        f"/accounts/{noa}/record",
        f"/accounts/{noa}/edit",
        f"/accounts/{noa}/roles",
    ]
    for path in pages:
        page = visitor.get(path)
        for word in (secret, "Friendly with everybody", "Ask early"):
            assert word not in page.text
    for endpoint in ("/participants", f"/participants/{cast.a.participant.public_id}"):
        assert visitor.get(endpoint, status=None).status in (403, 404)
