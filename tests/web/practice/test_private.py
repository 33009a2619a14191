"""Personal care is between two people: its name stands on no page of others, and in nothing that is handed out."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.support import RaterKind
from placement.models.feedback.rater import Rater
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone
from placement.models.progress.summary import TaskSummary
from placement.models.shifts.occasion import Occasion
from placement.usecases.effects.observations import Answer
from placement.usecases.practice.rate import RatePractice, rate_practice
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.practice.rows import SECRET, private_practice, shared_practice

#: Plan words that stand nowhere else.
PLAN = "Upstairs before seven"

#: Pages of those who look after somebody; ``{who}``: the participant's public id.
ABOUT = (
    "/day", "/day/milestones", "/caseload", "/participants", "/participants/{who}", "/participants/{who}/wishes",
    "/participants/{who}/progress", "/participants/{who}/progress/independence", "/participants/{who}/progress/events",
    "/participants/{who}/practice", "/participants/{who}/practice/new", "/participants/{who}/portfolio",
    "/participants/{who}/reports", "/participants/{who}/reports/new", "/participants/{who}/certificates",
    "/participants/{who}/limits", "/participants/{who}/contacts", "/participants/{who}/goals",
    "/participants/{who}/goals/new", "/participants/{who}/rules", "/participants/{who}/rules/new",
    "/participants/{who}/openings", "/participants/{who}/sessions", "/openings", "/matching", "/groups", "/notices",
    "/program", "/program/rules", "/program/tasks",
)  # fmt: skip


@pytest.fixture
def washed(cast: Cast, make: Make) -> str:
    """Noa practices it, alone and seen by Thea on three days, so that it earns something; its public id."""
    practice = private_practice(make, cast.a.participant, cast.accounts.noa, plan=PLAN)
    task = make.one(select(Task).where(Task.area == "personal_care"))
    for back in (3, 2, 1):
        for account in (cast.accounts.noa, cast.accounts.therapist):
            answer = Answer(task.public_id, cast.a.catalog.levels[6].public_id, None)
            rate_practice(make.work, make.actor(account), RatePractice(practice, make.day(-back), answer))
    assert make.one(select(TaskSummary).where(TaskSummary.task_id == task.id)).count == 3
    assert make.all(select(Milestone).where(Milestone.task_id == task.id))
    return practice


@pytest.mark.parametrize("name", ["coordinator", "coach", "supervisor", "admin", "kim", "outsider_therapist"])
def test_its_name_stands_on_no_page_of_others(client_for: ClientFor, cast: Cast, washed: str, name: str) -> None:
    visitor = client_for(getattr(cast.accounts, name))
    seen = 0
    for path in (*ABOUT, f"/practice/{washed}"):
        answer = visitor.http.get(path.format(who=cast.a.participant.public_id))
        seen += answer.status_code == 200
        assert SECRET not in answer.text, path
        assert PLAN not in answer.text, path
    assert seen >= 1


def test_it_is_read_by_the_two_and_enters_nothing_that_is_handed_out(
    client_for: ClientFor, cast: Cast, make: Make, washed: str
) -> None:
    person = cast.a.participant
    for account in (cast.accounts.noa, cast.accounts.therapist):
        page = client_for(account).get(f"/practice/{washed}")
        assert SECRET in page.words
        assert PLAN in page.words
    handed_out = ("portfolio", "certificates", "reports")
    for path in ("/portfolio", "/certificates", *(f"/participants/{person.public_id}/{part}" for part in handed_out)):
        for account in (cast.accounts.noa, cast.accounts.therapist):
            assert SECRET not in client_for(account).http.get(path).text, path
    kinds = make.all(select(Rater.kind).where(Rater.account_id == cast.accounts.therapist.id))
    assert RaterKind.THERAPIST in kinds


def test_what_no_shop_offers_is_not_asked_about_in_shops(
    client_for: ClientFor, cast: Cast, make: Make, washed: str
) -> None:
    """Neither personal care nor a practice interview belongs into an opening, a wish or a shift."""
    shared_practice(make, cast.a.participant, cast.accounts.noa)
    person, accounts = cast.a.participant, cast.accounts
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.owed.id))
    for account, path in (
        (accounts.coordinator, f"/openings/{cast.a.opening.public_id}/needs"),
        (accounts.noa, f"/participants/{person.public_id}/wishes"),
        (accounts.therapist, f"/participants/{person.public_id}/wishes"),
        (accounts.therapist, f"/feedback/{shift}"),
    ):
        page = client_for(account).get(path)
        assert SECRET not in page.words, path
        assert "Practice talk" not in page.words, path
