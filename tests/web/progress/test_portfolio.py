"""The portfolio of strengths: what was done alone, never how much help was needed; shops only if wanted."""

from __future__ import annotations

from sqlalchemy import select, update

from placement.domain.milestones import RuleKind
from placement.domain.occasions import Audience
from placement.domain.roles import Role
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.system.log import Audit
from tests.application import ClientFor
from tests.factories.make import Make
from tests.queries.progress.stories import FALLING, live, world
from tests.statements import Counter


def test_what_was_done_alone_and_nothing_about_help(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: FALLING, mia.catalog.tasks[1]: [3, 4, 4]})
    page = client_for(mia.account).get("/portfolio")
    assert page.h1 == "What Mia Berg can do"
    assert mia.catalog.tasks[0].name["en"] in page.content
    assert "6 times" in page.content
    assert "48 hours of work" in page.content
    assert mia.catalog.tasks[1].name["en"] not in page.content
    for word in ("help", "hint", "together", "%"):
        assert word not in page.content.replace("Stock helper", "")


def test_shops_are_named_only_if_the_person_wants_it(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: [6, 6]})
    visitor = client_for(mia.account)
    coach = make.account("Jo Coach", [Role.COACH], mia.program)
    make.assign(coach, mia.person)
    staff, theirs = client_for(coach), f"/participants/{mia.person.public_id}/portfolio"
    page = visitor.get("/portfolio")
    assert "Corner Grocery" not in page.content
    assert "Corner Grocery" not in staff.get(theirs).content
    (form,) = page.main_forms
    page = visitor.follow(visitor.submit(form, 303))
    assert "Corner Grocery" in page.content
    assert "Corner Grocery" in staff.get(theirs).content
    assert staff.get(theirs).main_forms == []
    staff.post("/portfolio/shops", {}, 403)
    visitor.submit(page.main_forms[0], 303)
    assert make.one(select(Participant.names_shops).where(Participant.id == mia.person.id)) is False
    assert len(make.all(select(Audit.id).where(Audit.action == "participant.names_shops"))) == 2


def test_private_tasks_withdrawn_milestones_and_company_stay_out(make: Make, client_for: ClientFor) -> None:
    mia = world(make)
    private = make.add(
        Task(
            program_id=mia.program.id, key="own", area="care", name={"en": "Getting ready"}, sentence={"en": "…"},
            audience=Audience.PRIVATE, participant_id=mia.person.id,
        )
    )  # fmt: skip
    shifts = live(make, mia, {private: [6, 6, 6], mia.catalog.tasks[0]: [6, 6, 6]})
    rule = make.one(select(MilestoneRule).where(MilestoneRule.kind == RuleKind.FADING_HELD))
    make.milestone(mia.person, rule, shifts[0], None)
    visitor = client_for(mia.account)
    page = visitor.get("/portfolio")
    assert "Getting ready" not in page.content
    assert "company" not in page.content
    assert "alone for the first time" in page.content
    make.do(lambda session: session.execute(update(Milestone).values(withdrawn_at=make.clock.now)))
    assert "alone for the first time" not in visitor.get("/portfolio").content


def test_nothing_yet(make: Make, client_for: ClientFor) -> None:
    assert "This page fills with your first shifts." in client_for(world(make).account).get("/portfolio").content


def test_the_same_statements_whatever_the_history(make: Make, client_for: ClientFor, statements: Counter) -> None:
    costs = []
    for length in (3, 60):
        mia = world(make)
        live(make, mia, {mia.catalog.tasks[0]: [6] * length}, 7)
        visitor = client_for(mia.account)
        with statements:
            visitor.get("/portfolio")
        costs.append(statements.count)
    assert costs[0] == costs[1] <= 6
