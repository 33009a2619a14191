"""Personal care is between two people: its name stands on no page of others, and in nothing that is handed out."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

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
from tests.web import endpoints
from tests.web.practice.rows import SECRET, private_practice, shared_practice
from tests.web.walk import OWN, Walk

_LOGS_OUT = frozenset({"accounts.sign_out"})
#: Plan words that stand nowhere else.
PLAN = "Upstairs before seven"


@pytest.fixture(scope="session", params=["sqlite"])
def backend(request: pytest.FixtureRequest) -> str:
    """What pages show is the same on both databases, and there are many pages."""
    return str(request.param)


def said_in(answer: TestResponse) -> str:
    """A page's words; of a paper its text, of a sheet all its parts."""
    kind = answer.mimetype
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    if answer.data.startswith(b"PK"):
        parts = ZipFile(BytesIO(answer.data))
        return "\n".join(parts.read(part).decode(errors="replace") for part in parts.namelist())
    return answer.data.decode(errors="replace")


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


@pytest.mark.parametrize("name", ["coordinator", "coach", "supervisor", "admin"])
def test_its_name_stands_on_no_page_and_in_no_file_of_others(walk: Walk, washed: str, name: str) -> None:
    """Every address there is, with this participant's own objects in it, sheets and papers included."""
    seen = 0
    asked = [walk.all(rule, OWN) for rule in endpoints.reading() if rule.endpoint not in _LOGS_OUT]
    for path in (*asked, f"/practice/{washed}"):
        answer = walk.visitors[name].http.get(path)
        seen += answer.status_code == 200
        words = said_in(answer)
        assert SECRET not in words, path
        assert PLAN not in words, path
    assert seen >= 20


def test_it_is_read_by_the_two_and_enters_nothing_that_is_handed_out(
    client_for: ClientFor, cast: Cast, make: Make, washed: str
) -> None:
    person = cast.a.participant
    for account in (cast.accounts.noa, cast.accounts.therapist):
        page = client_for(account).get(f"/practice/{washed}")
        assert SECRET in page.words
        assert PLAN in page.words
    # A day page may be open in a shop: what is private is not asked about there.
    today = client_for(cast.accounts.noa).get("/day")
    assert SECRET not in today.words
    assert f"/practice/{washed}" not in today.text
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
