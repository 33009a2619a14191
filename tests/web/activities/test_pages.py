"""The pages of creative and play work: kept answers, a yes that is needed, broken seals, what colleagues see."""

from __future__ import annotations

from sqlalchemy import func, select, update

from placement.models.activities.activity import Activity, Reflection
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter
from tests.web.activities.made import activity_rows, made


def rows(cast: Cast, make: Make) -> dict[str, str]:
    return activity_rows(make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist)


def test_staff_write_it_down_and_the_participant_says_how_it_was(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:  # fmt: skip
    thea, noa = client_for(cast.accounts.therapist), client_for(cast.accounts.noa)
    new = f"/participants/{cast.a.participant.public_id}/activities/new"
    page = thea.submit(new, 422, name="", meant_for="Quiet company", day="", minutes="2000")
    assert len(page.errors) >= 2
    assert "Quiet company" in page.text
    done = thea.submit(new, 303, name="Clay", meant_for="Quiet company", day=make.day(0).isoformat(), minutes="30")
    page = thea.follow(done)
    assert (page.h1, "Nothing here for you" in page.content) == ("Clay", True)
    assert "Clay" in noa.get("/activities").content
    path = done.location
    assert noa.submit(f"{path}/words", 422, text="  ").errors
    assert "My hands knew" in noa.follow(noa.submit(f"{path}/words", 303, text="My hands knew it.")).content
    assert "My hands knew" not in thea.get(path).content
    noa.submit(f"{path}/share", 303, reader=cast.accounts.therapist.public_id)
    assert "My hands knew" in thea.get(path).content
    assert "words for you" in thea.get(f"/participants/{cast.a.participant.public_id}/activities").content
    assert "My hands knew" not in client_for(cast.accounts.coach).get(path).content
    noa.submit(f"{path}/words/remove", 303)
    assert "Nothing here for you" in thea.get(path).content


def test_a_picture_needs_a_yes_and_the_answer_is_kept_meanwhile(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa = client_for(cast.accounts.noa)
    assert noa.get("/pictures").text.count('class="abstract"') == 4
    noa.get("/pictures/new?picture=999", 404)
    page = noa.submit("/pictures/new?picture=6", 422, text="Smoke over a river")
    assert "Without your yes" in page.content
    assert "Smoke over a river" in page.text
    assert make.one(select(func.count(Reflection.id))) == 0
    page = noa.follow(noa.submit("/pictures/new?picture=6", 303, text="Smoke over a river", keep="y"))
    assert "Smoke over a river" in page.content
    assert "Only you." in page.content
    noa.submit("/pictures/new?picture=7", 303, text="A wall")
    page = noa.follow(noa.submit("/pictures/forget", 303))
    assert "Smoke over a river" not in page.content
    assert make.one(select(func.count(Reflection.id))) == 0


def test_a_broken_seal_is_told_and_everything_else_is_there(client_for: ClientFor, cast: Cast, make: Make) -> None:
    found = rows(cast, make)
    for table in (Activity, Reflection):
        make.do(lambda session, table=table: session.execute(update(table).values(words_sealed=b"\x01" + b"x" * 60)))
    noa, thea = client_for(cast.accounts.noa), client_for(cast.accounts.therapist)
    person = cast.a.participant.public_id
    for visitor, path in (
        (noa, f"/activities/{found['activity']}"), (thea, f"/activities/{found['activity']}"),
        (noa, "/pictures"), (noa, f"/pictures/{found['reflection']}"), (thea, f"/participants/{person}/pictures"),
    ):  # fmt: skip
        assert "can’t be read" in visitor.get(path).content, path


def test_off_the_list_and_back(client_for: ClientFor, cast: Cast, make: Make) -> None:
    found, thea = rows(cast, make)["activity"], client_for(cast.accounts.therapist)
    show = thea.get(f"/activities/{found}")
    page = thea.follow(thea.submit(next(form for form in show.forms if form.action.endswith("/archive")), 303))
    assert "Painting stones" not in page.content
    assert "Quiet hands." in client_for(cast.accounts.noa).get(f"/activities/{found}").content
    undo = next(form for form in page.forms if form.action.endswith("/archive"))
    assert thea.follow(thea.submit(undo, 303)).h1 == "Painting stones"


def test_changed_by_two_at_once(client_for: ClientFor, cast: Cast, make: Make) -> None:
    found, thea = rows(cast, make)["activity"], client_for(cast.accounts.therapist)
    thea.submit(f"/activities/{found}/edit", 303, name="Stones")
    page = thea.submit(f"/activities/{found}/edit", 409, name="Pebbles", version="1")
    assert "Stones" in page.content
    assert "Pebbles" in page.content


def test_lists_ask_the_same_number_of_times_whatever_there_is(
    client_for: ClientFor, cast: Cast, make: Make, statements: Counter
) -> None:  # fmt: skip
    found, thea, noa = rows(cast, make), client_for(cast.accounts.therapist), client_for(cast.accounts.noa)
    by, person = make.actor(cast.accounts.therapist), cast.a.participant
    paths = (
        (noa, "/activities", 4), (noa, "/pictures", 4), (noa, f"/activities/{found['activity']}", 6),
        (thea, f"/participants/{person.public_id}/activities", 4),
        (thea, f"/participants/{person.public_id}/pictures", 4),
        (thea, f"/participants/{person.public_id}/activities/new", 6),
    )  # fmt: skip
    for visitor, path, most in paths:
        with statements:
            visitor.get(path)
        before = statements.count
        assert before <= most, path
        for _ in range(3):
            made(make, by, person)
        with statements:
            visitor.get(path)
        assert statements.count == before, path
