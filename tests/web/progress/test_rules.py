"""Writing rules: what they would change is shown before they are saved; and a participant's own milestones."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.milestones import RuleKind
from placement.domain.roles import Role
from placement.models.progress.milestone import MilestoneRule
from tests.application import ClientFor
from tests.factories.make import Make
from tests.queries.progress.stories import World, live, world


@pytest.fixture
def mia(make: Make) -> World:
    found = world(make)
    live(make, found, {found.catalog.tasks[0]: [6, 6], found.catalog.tasks[1]: [6, 6, 6]})
    return found


def mastery(mia: World) -> str:
    return next(rule.public_id for rule in mia.catalog.rules if rule.kind is RuleKind.CONSECUTIVE_TASK)


def test_what_changes_is_shown_before_it_is_saved(make: Make, client_for: ClientFor, mia: World) -> None:
    coordinator = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    address = f"/program/rules/{mastery(mia)}/change"
    shown = coordinator.submit(address, 200, percent="90", occasions="2", raters="1")
    assert "1 milestone more" in shown.content
    assert "0 milestones fewer" in shown.content
    assert "Mia Berg" in shown.content
    harder = coordinator.submit(address, 200, percent="90", occasions="4", raters="1")
    assert "1 milestone fewer" in harder.content
    assert make.one(select(MilestoneRule.archived_at).where(MilestoneRule.public_id == mastery(mia))) is None
    token = shown.main_forms[0].fields["csrf_token"]
    sent = {"csrf_token": token, "percent": "90", "occasions": "2", "raters": "1", "save": "1"}
    done = coordinator.post(address, sent)
    assert "stays reached" in coordinator.follow(done).content
    assert make.one(select(MilestoneRule.archived_at).where(MilestoneRule.public_id == mastery(mia))) is not None
    again = coordinator.get("/program/rules")
    assert "at least 90% independent, 2 times running" in again.content


def test_two_who_change_a_rule_at_once_see_both(make: Make, client_for: ClientFor, mia: World) -> None:
    coordinator = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    address = f"/program/rules/{mastery(mia)}/change"
    token = coordinator.get(address).main_forms[0].fields["csrf_token"]
    sent = {"csrf_token": token, "percent": "90", "raters": "1", "save": "1"}
    coordinator.post(address, {**sent, "occasions": "2"})
    conflict = coordinator.post(address, {**sent, "occasions": "5"}, status=409)
    assert "What you wrote" in conflict.content
    assert "What is saved now" in conflict.content
    coordinator.submit(conflict.main_forms[0], 303)
    assert "5 times running" in coordinator.get("/program/rules").content
    # Looking at a version that was replaced leads to the one in force; ending it twice says so.
    assert coordinator.get(address, 303).location.startswith("/program/rules/")
    assert "changed meanwhile" in coordinator.follow(coordinator.get(address.replace("/change", "/end"), 303)).words


def test_an_admin_sees_numbers_and_nobody_by_name(make: Make, client_for: ClientFor, mia: World) -> None:
    admin = client_for(make.account("Ada Fox", [Role.ADMIN], mia.program))
    shown = admin.submit(f"/program/rules/{mastery(mia)}/change", 200, percent="90", occasions="2", raters="1")
    assert "1 milestone more" in shown.content
    assert "Mia" not in shown.content


def test_wrong_numbers_stay_in_the_form(make: Make, client_for: ClientFor, mia: World) -> None:
    coordinator = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    page = coordinator.submit(f"/program/rules/{mastery(mia)}/change", 422, percent="101")
    assert "from 1 to 100" in page.content


def test_a_rule_is_added_and_ended(make: Make, client_for: ClientFor, mia: World) -> None:
    coordinator = client_for(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    assert "A number of hours worked" in coordinator.get("/program/rules/new").content
    address = "/program/rules/new?kind=hours_completed"
    shown = coordinator.submit(address, 200, amount="7")
    assert "1 milestone more" in shown.content
    token = shown.main_forms[0].fields["csrf_token"]
    coordinator.post(address, {"csrf_token": token, "kind": "hours_completed", "amount": "7", "save": "1"})
    assert "7 hours worked" in coordinator.get("/program/rules").content
    made = make.one(select(MilestoneRule.public_id).where(MilestoneRule.amount == 7))
    assert "End this rule?" in coordinator.get(f"/program/rules/{made}/end").h1
    coordinator.submit(f"/program/rules/{made}/end", 303)
    assert "7 hours worked" not in coordinator.get("/program/rules").content


def test_a_rule_for_one_person(make: Make, client_for: ClientFor, mia: World) -> None:
    coach = make.account("Jo Reed", [Role.COACH], mia.program)
    make.assign(coach, mia.person)
    visitor = client_for(coach)
    address = f"/participants/{mia.person.public_id}/rules"
    assert visitor.get(address).h1 == "No milestones of their own yet"
    new = f"{address}/new?kind=consecutive_task"
    task = mia.catalog.tasks[0].public_id
    shown = visitor.submit(new, 200, percent="90", occasions="2", raters="1", task=task)
    assert "1 milestone more" in shown.content
    token = shown.main_forms[0].fields["csrf_token"]
    sent = {"csrf_token": token, "kind": "consecutive_task", "percent": "90", "occasions": "2", "raters": "1"}
    visitor.post(new, {**sent, "task": task, "save": "1"})
    listed = visitor.get(address)
    assert listed.h1 == "One milestone of their own"
    assert "reached on" in listed.content
    visitor.submit(listed.main_forms[0], 303)
    assert visitor.get(address).h1 == "No milestones of their own yet"


def test_own_words(make: Make, client_for: ClientFor, mia: World) -> None:
    own = client_for(mia.account)
    assert "not chosen one yet" in own.get("/progress/chosen").content
    assert "In own words" in own.get("/progress/chosen/new").content
    own.submit("/progress/chosen/new?kind=own_words", 422, words="")
    own.submit("/progress/chosen/new?kind=own_words", 303, words="Ask the boss a question")
    listed = own.get("/progress/chosen")
    assert "“Ask the boss a question”" in listed.content
    (reach,) = [link for link in listed.links if link.endswith("/reached")]
    done = own.submit(reach, 303)
    assert "Well done" in own.follow(done).content
    assert "“Ask the boss a question”" in own.get("/progress").content
    (back,) = [form for form in own.get("/progress/chosen").main_forms if form.action.endswith("/take-back")]
    own.submit(back, 303)
    assert "Ask the boss" not in own.get("/progress").content


def test_a_task_of_ones_own_choice(make: Make, client_for: ClientFor, mia: World) -> None:
    own = client_for(mia.account)
    address = "/progress/chosen/new?kind=consecutive_task"
    own.submit(address, 303, task=mia.catalog.tasks[0].public_id, number="2")
    assert "Reached on" in own.get("/progress/chosen").content
