"""The progress page: the participant's own, and the one of those who look after them."""

from __future__ import annotations

from sqlalchemy import select, update

from placement.domain.roles import Role
from placement.models.progress.milestone import Milestone
from placement.models.system.log import AccessLog
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.queries.progress.stories import FALLING, live, world

GROWING = [3, 3, 4, 4, 5, 5, 6, 6, 6, 6, 6, 6]


def test_a_growing_task_is_said_drawn_and_listed(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: GROWING}, every=7, went_well="The whole aisle, thank you.")
    page = client_for(mia.account).get("/progress")
    assert "alone" in page.h1
    assert "12 shifts · 48 hours" in page.content
    assert "From “after showing” to “alone” in 11 weeks." in page.content
    assert page.text.count('svg class="chart-wide') == 1
    assert "after a hint" in page.content
    assert "“The whole aisle, thank you.”" in page.content
    assert "What people wrote for you" in page.content


def test_nobody_has_rated_yet(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    page = client_for(mia.account).get("/progress")
    assert page.h1 == "What changes will show here after the first shifts."
    assert "Nothing is rated yet." in page.content


def test_slipping_is_kind_to_the_participant_and_plain_to_staff(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: FALLING})
    own = client_for(mia.account).get("/progress")
    assert "needs more help again" not in own.content
    assert "a little more help since" in own.content
    assert own.h1.startswith("At the moment a little help is good. At the start you did 1 of 1 task alone.")
    coordinator = make.account("Cora Hill", [Role.COORDINATOR], mia.program)
    staff = client_for(coordinator).get(f"/participants/{mia.person.public_id}/progress")
    assert "needs more help again" in staff.content
    assert "Mia Berg" in staff.content


def test_withdrawn_for_staff_at_once_and_for_the_person_once_told(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: [4, 6]})
    make.do(
        lambda session: session.execute(update(Milestone).values(withdrawn_at=make.clock.now, seen_at=make.clock.now))
    )
    coordinator = make.account("Cora Hill", [Role.COORDINATOR], mia.program)
    staff, own = client_for(coordinator), client_for(mia.account)
    address = f"/participants/{mia.person.public_id}/progress"
    assert "alone for the first time" in own.get("/progress").content
    assert "withdrawn" in staff.get(address).content
    (form,) = [form for form in staff.get(address).main_forms if form.action.endswith("/told")]
    done = staff.submit(form)
    assert "no longer shows" in staff.follow(done).content
    assert "alone for the first time" not in own.get("/progress").content
    assert "withdrawn" not in staff.get(address).content


def test_every_reading_is_on_record(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    coordinator = make.account("Cora Hill", [Role.COORDINATOR], mia.program)
    client_for(coordinator).get(f"/participants/{mia.person.public_id}/progress")
    client_for(mia.account).get("/progress")
    reads = make.all(select(AccessLog).where(AccessLog.participant_id == mia.person.id).order_by(AccessLog.id))
    assert [(read.account_id, read.page) for read in reads] == [
        (coordinator.id, "progress.show"),
        (mia.account.id, "progress.mine"),
    ]


def test_the_staff_page_is_not_for_the_person_and_not_for_strangers(cast: Cast, client_for: ClientFor) -> None:
    address = f"/participants/{cast.a.participant.public_id}/progress"
    assert client_for(cast.accounts.noa).get(address, 302).location == "/progress"
    for account in (cast.accounts.kim, cast.accounts.outsider_coordinator, cast.accounts.outsider_therapist):
        client_for(account).get(address, 404)
    for account in (cast.accounts.supervisor, cast.accounts.admin):
        client_for(account).get(address, 403)
    for account in (cast.accounts.coordinator, cast.accounts.therapist, cast.accounts.coach):
        client_for(account).get(address)


def test_tasks_beyond_five_are_listed_and_can_be_drawn(make: Make, client_for: ClientFor) -> None:
    mia = world(make, tasks=8)
    live(make, mia, {task: [3, 4, 5] for task in mia.catalog.tasks})
    visitor = client_for(mia.account)
    page = visitor.get("/progress")
    assert page.text.count('svg class="chart-wide') == 5
    assert "More tasks" in page.content
    assert visitor.get("/progress?tasks=all").text.count('svg class="chart-wide') == 8
