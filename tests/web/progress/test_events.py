"""Phase lines: set and removed by those who look after somebody."""

from __future__ import annotations

from placement.domain.roles import Role
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.queries.progress.stories import live, world


def test_a_line_is_set_and_stands_on_the_chart(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: [3, 4, 6, 6]}, every=7)
    visitor = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    address = f"/participants/{mia.person.public_id}/progress/events"
    form = visitor.get(address).main_forms[0]
    done = visitor.submit(form, 303, day=make.day(-8).isoformat(), kind="coaching_step", text="coach left")
    assert "coach left" in visitor.follow(done).content
    assert "coach left" in client_for(mia.account).get("/progress").content


def test_removing_offers_to_set_it_again(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    visitor = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    address = f"/participants/{mia.person.public_id}/progress/events"
    day = make.day(-8).isoformat()
    visitor.follow(visitor.submit(visitor.get(address).main_forms[0], 303, day=day, kind="new_site"))
    (removal,) = [form for form in visitor.get(address).main_forms if form.action.endswith("/remove")]
    after = visitor.follow(visitor.submit(removal))
    assert not [form for form in after.main_forms if form.action.endswith("/remove")]
    assert after.main_forms[0].fields["day"] == [day]
    assert after.main_forms[0].fields["kind"] == ["new_site"]
    visitor.submit(after.main_forms[0])
    assert [form for form in visitor.get(address).main_forms if form.action.endswith("/remove")]


def test_a_day_and_what_changed_are_needed(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    visitor = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    form = visitor.get(f"/participants/{mia.person.public_id}/progress/events").main_forms[0]
    assert visitor.submit(form, 422, text="kept").content.count("This field is required.") == 4
    assert "nearer to today" in visitor.submit(form, 422, day="1900-01-01", kind="new_site").content


def test_lines_are_for_staff(cast: Cast, client_for: ClientFor) -> None:
    address = f"/participants/{cast.a.participant.public_id}/progress/events"
    client_for(cast.accounts.noa).get(address, 403)
    client_for(cast.accounts.outsider_coordinator).get(address, 404)
    client_for(cast.accounts.coach).get(address)


def test_any_other_change_is_a_line_too(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coach)
    forms = visitor.get(f"/participants/{cast.a.participant.public_id}/progress/events").main_forms
    form = next(one for one in forms if "kind" in one.names)
    done = visitor.submit(form, 303, day=make.day(-2).isoformat(), kind="other", text="a list at the shelf")
    assert "a list at the shelf" in visitor.follow(done).content
