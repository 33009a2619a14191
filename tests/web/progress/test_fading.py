"""The page about stepping back: the share, the reasons, the step, and one click either way."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from placement.domain.contacts import ContactKind
from placement.domain.fading import FadingState
from placement.domain.shifts import Attendance
from placement.models.progress.plan import FadingStep
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/placements/{cast.a.placement.public_id}/fading"


def work_a_while(make: Make, cast: Cast, rank: int = 6) -> None:
    """Ten shifts of four hours with three tasks, a coach there for half of each."""
    for back in range(1, 11):
        shift = make.shift(cast.a.placement, make.day(-back), time(9), time(13), attendance=Attendance.HERE)
        make.feedback(shift, cast.a.rater, dict.fromkeys(cast.a.catalog.tasks[:3], rank), cast.a.catalog)
        make.contact(
            cast.a.participant, cast.accounts.coach, kind=ContactKind.COACHING, day=make.day(-back), minutes=120
        )


def test_little_is_known_and_nothing_is_proposed(client_for: ClientFor, cast: Cast, path: str) -> None:
    page = client_for(cast.accounts.coach).get(path)
    assert "being watched" in page.h1
    assert "Too little is known" in page.words
    assert not page.find("form", class_="form")


def test_the_share_the_reasons_and_the_step(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    work_a_while(make, cast)
    visitor = client_for(cast.accounts.coach)
    page = visitor.follow(visitor.post(f"/fading/{cast.a.fading.public_id}/holds", {}))
    assert "10 of the last 10 ratings" in page.words
    assert "Came to 7 of the last 7 shifts" in page.words
    assert page.find("details", class_="chart-table")
    assert "50%" in page.words
    done = visitor.submit(path, 303, note="Tuesdays only.")
    after = visitor.follow(done)
    assert "being watched" in after.h1
    made = make.one(select(FadingStep).where(FadingStep.note == "Tuesdays only."))
    assert 40 <= made.share_before <= 50
    assert made.share_after < made.share_before
    back = next(form for form in after.forms if form.action.endswith("/back"))
    visitor.submit(back, 303)
    assert make.one(select(FadingStep).where(FadingStep.id == made.id)).state is FadingState.TAKEN_BACK


def test_hints_needed_speak_against(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    work_a_while(make, cast, rank=4)
    page = client_for(cast.accounts.coordinator).get(path)
    assert "0 of the last 10 ratings; 9 would speak for a step" in page.words


def test_coaching_elsewhere_is_said_and_not_counted(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    make.contact(cast.a.participant, cast.accounts.coach, kind=ContactKind.COACHING, day=make.day(-8), minutes=120)
    page = client_for(cast.accounts.coordinator).get(path)
    assert "belong to no shift here" in page.words


def test_a_greater_share_is_refused_at_its_field(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    work_a_while(make, cast)
    visitor = client_for(cast.accounts.coach)
    visitor.follow(visitor.post(f"/fading/{cast.a.fading.public_id}/back", {}))
    page = visitor.submit(path, 422, share_before="40", share_after="60")
    assert "smaller share" in page.words


def test_undo_of_it_holds(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.therapist)
    page = visitor.follow(visitor.post(f"/fading/{cast.a.fading.public_id}/holds", {}))
    undo = next(form for form in page.forms if form.action.endswith("/again"))
    visitor.submit(undo, 303)
    assert make.one(select(FadingStep).where(FadingStep.id == cast.a.fading.id)).state is FadingState.WATCHING


@pytest.mark.parametrize("who", ["coordinator", "therapist", "coach"])
def test_the_day_page_asks_once_it_was_watched_long_enough(
    client_for: ClientFor, cast: Cast, make: Make, who: str
) -> None:
    visitor = client_for(getattr(cast.accounts, who))
    assert "does it hold?" not in visitor.get("/day").words
    make.do(lambda session: setattr(session.merge(cast.a.fading), "watch_until", make.day(0)))
    page = visitor.get("/day")
    assert "stepped back from 60 to 40 %" in page.words
    assert any(href.endswith("/fading") for href in page.links)
