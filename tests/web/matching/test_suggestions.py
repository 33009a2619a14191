"""What was seen at work, offered to the people who keep the profiles."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from placement.domain.proposals import Decision
from placement.domain.roles import Role
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability
from placement.usecases.matching.learn import refresh_suggestions
from tests.application import ClientFor
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter
from tests.usecases.matching.seen import able, shop, worked


@pytest.fixture
def suggested(make: Make, cast: Cast) -> ProfileSuggestion:
    """Lee has done alone what the shop asks for, Kim with much help; three who can do it needed much help."""
    store = shop(make, cast.a.program, cast.a.catalog)
    worked(make, store, cast.lee, [6])
    for name in ("Ann", "Bo", "Cy"):
        person = make.participant(cast.a.program, name)
        able(make, person, store.trait, 3)
        worked(make, store, person, [2])
    refresh_suggestions(make.work, cast.a.program.id)
    return make.one(select(ProfileSuggestion).where(ProfileSuggestion.participant_id == cast.lee.id))


def test_a_level_is_accepted_and_taken_back(
    client_for: ClientFor, cast: Cast, make: Make, suggested: ProfileSuggestion, statements: Counter
) -> None:
    visitor = client_for(cast.accounts.coordinator)
    with statements:
        page = visitor.get("/suggestions")
    assert statements.count <= 4
    assert page.h1 == "5 levels could be brought up to date"
    assert "Lee Abel: Lifting and carrying" in page.content
    assert "In 9 of 9 shifts this took no help: Filling shelves, Tidying shelves." in page.words
    assert "“Shelf assistant” asks for 3." in page.words
    assert "3 people known to reach 3 needed showing or doing it together in most of their shifts." in page.words
    done = visitor.post(f"/suggestions/{suggested.public_id}/decide", {"reply": "accept"}, status=303)
    page = visitor.follow(done)
    assert "it is 3 of 5 now" in page.words
    assert make.one(select(Ability.level).where(Ability.participant_id == cast.lee.id)) == 3
    back = visitor.follow(visitor.submit(page.main_forms[0], 303))
    assert "Taken back" in back.words
    assert make.one(select(Ability.level).where(Ability.participant_id == cast.lee.id)) is None
    assert back.h1 == "5 levels could be brought up to date"


@pytest.mark.parametrize(("reply", "words"), [("later", "in two weeks"), ("refuse", "only if newer shifts")])
def test_no_and_not_now(
    client_for: ClientFor, cast: Cast, clock: Clock, suggested: ProfileSuggestion, reply: str, words: str
) -> None:
    visitor = client_for(cast.accounts.coordinator)
    about = {"about": cast.lee.public_id}
    assert visitor.get(f"/suggestions?about={about['about']}").h1 == "1 level could be brought up to date"
    done = visitor.post(
        f"/suggestions/{suggested.public_id}/decide?about={about['about']}", {"reply": reply}, status=303
    )
    page = visitor.follow(done)
    assert words in page.words
    assert page.h1 == "The profiles say what was seen at work"


def test_a_level_changed_meanwhile_is_said(
    client_for: ClientFor, cast: Cast, make: Make, suggested: ProfileSuggestion
) -> None:
    visitor = client_for(cast.accounts.coordinator)
    able(make, cast.lee, cast.a.catalog.traits[0], 1)
    path = f"/suggestions/{suggested.public_id}/decide"
    page = visitor.follow(visitor.post(path, {"reply": "accept"}, status=303))
    assert "it is 1 now. Nothing was changed." in page.words
    assert make.one(select(ProfileSuggestion.decision).where(ProfileSuggestion.id == suggested.id)) is Decision.OPEN
    visitor.post(path, {"reply": "maybe"}, status=404)


def test_staff_see_their_own_people_only(
    client_for: ClientFor, cast: Cast, make: Make, suggested: ProfileSuggestion
) -> None:
    assert client_for(cast.accounts.coach).get("/suggestions").h1 == "The profiles say what was seen at work"
    make.assign(cast.accounts.coach, cast.lee)
    page = client_for(cast.accounts.coach).get("/suggestions")
    assert page.h1 == "1 level could be brought up to date"
    assert "What the opening asks for" not in page.words
    client_for(cast.accounts.noa).get("/suggestions", 403)
    client_for(cast.accounts.admin).get("/suggestions", 403)
    client_for(cast.accounts.supervisor).get("/suggestions", 403)


def test_where_the_profiles_are_they_are_named(
    client_for: ClientFor, cast: Cast, make: Make, suggested: ProfileSuggestion, clock: Clock
) -> None:
    visitor = client_for(cast.accounts.coordinator)
    person = visitor.get(f"/participants/{cast.lee.public_id}")
    assert person.find("a", href=f"/suggestions?about={cast.lee.public_id}")
    opening = make.one(select(ProfileSuggestion.opening_id).where(ProfileSuggestion.opening_id.is_not(None)))
    assert opening
    visitor.post(f"/suggestions/{suggested.public_id}/decide", {"reply": "accept"}, status=303)
    person = visitor.get(f"/participants/{cast.lee.public_id}")
    assert "seen at work" in person.words
    assert not person.find("a", href=f"/suggestions?about={cast.lee.public_id}")


def test_the_participant_reads_what_it_was_brought_up_to_date_by(
    client_for: ClientFor, cast: Cast, make: Make, suggested: ProfileSuggestion, clock: Clock
) -> None:
    account = make.account("Lee Abel", [Role.PARTICIPANT], cast.a.program)
    link = update(Participant).where(Participant.id == cast.lee.id).values(account_id=account.id)
    make.do(lambda session: session.execute(link))
    # What is only suggested is nobody's profile yet.
    assert "seen at work" not in client_for(account).get("/me").words
    path = f"/suggestions/{suggested.public_id}/decide"
    client_for(cast.accounts.coordinator).post(path, {"reply": "accept"}, status=303)
    page = client_for(account).get("/me")
    assert "Brought up to date on Nov 23, 2026: seen at work." in page.words
    assert "In 9 of 9 shifts this took no help: Filling shelves, Tidying shelves." in page.words
    clock.advance(days=1)
    coordinator = client_for(cast.accounts.coordinator)
    form = f"/participants/{cast.lee.public_id}/abilities"
    coordinator.submit(form, 303, **{f"of-{cast.a.catalog.traits[0].public_id}": "4"})
    assert "seen at work" not in client_for(account).get("/me").words


def test_the_day_says_how_many(client_for: ClientFor, cast: Cast, make: Make, suggested: ProfileSuggestion) -> None:
    page = client_for(cast.accounts.coordinator).get("/day?whose=all")
    assert "5 profiles could be brought up to date" in page.words
    assert page.find("a", href="/suggestions")
    make.assign(cast.accounts.coach, cast.lee, first_day=make.day(0) - timedelta(days=1))
    page = client_for(cast.accounts.coach).get("/day")
    assert page.find("a", href=f"/suggestions?about={cast.lee.public_id}")
