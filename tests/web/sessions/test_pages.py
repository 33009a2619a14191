"""The pages of one-to-one sessions: kept answers, broken seals, one tap and back, the spine's own pages."""

from __future__ import annotations

from sqlalchemy import select, update

from placement.domain.sessions import AgreedState
from placement.models.sessions.one_to_one import AgreedTask, OneToOne
from placement.usecases.sessions.practice import WritePractice, write_practice
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.sessions.talks import talk, talk_rows


def rows(cast: Cast, make: Make) -> dict[str, str]:
    return talk_rows(make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist, cast.accounts.coach)


def test_a_broken_seal_is_told_and_everything_else_is_there(client_for: ClientFor, cast: Cast, make: Make) -> None:
    made = rows(cast, make)["one_to_one"]
    make.do(lambda session: session.execute(update(OneToOne).values(summary_sealed=b"\x01" + b"x" * 60)))
    for account in (cast.accounts.noa, cast.accounts.therapist, cast.accounts.coach):
        page = client_for(account).get(f"/sessions/{made}")
        assert "can’t be read" in page.content
        assert "Take the bus twice" in page.content


def test_a_colleague_reads_what_is_shared_and_no_agenda(client_for: ClientFor, cast: Cast, make: Make) -> None:
    """Jo is named as deputy; the summary is open, the note after a reason, what waits to be said is not."""
    made = rows(cast, make)["one_to_one"]
    page = client_for(cast.accounts.coach).get(f"/sessions/{made}")
    assert "We spoke about the bus." in page.content
    assert "Open the private note" in page.content
    assert "Tired today." not in page.content
    assert "The bus" not in page.content.replace("We spoke about the bus.", "")


def test_said_in_a_tap_and_taken_back(client_for: ClientFor, cast: Cast, make: Make) -> None:
    rows(cast, make)
    visitor = client_for(cast.accounts.noa)
    day = visitor.get("/day")
    assert "Take the bus twice" in day.content
    (done, *_) = [form for form in day.main_forms if form.action.endswith("/say")]
    page = visitor.follow(visitor.submit(done, 303))
    assert make.one(select(AgreedTask.state)) is AgreedState.DONE
    undo = next(form for form in page.forms if form.action.endswith("/say"))
    visitor.submit(undo, 303)
    assert make.one(select(AgreedTask.state)) is AgreedState.OPEN


def test_what_was_filled_in_stays_when_it_is_refused(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.therapist)
    new = f"/participants/{cast.a.participant.public_id}/sessions/new"
    page = visitor.submit(new, 422, day="2028-03-26", start="10:00", end="09:00", place="Garden")
    assert page.errors
    assert "Garden" in page.text
    made = talk(make, make.actor(cast.accounts.therapist), cast.a.participant, -1)
    page = visitor.submit(f"/sessions/{made}/write", 422, attendance="", summary="Half a page")
    assert "Half a page" in page.text


def test_a_hundred_items_are_too_many_and_an_empty_one_is_none(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:  # fmt: skip
    visitor = client_for(cast.accounts.therapist)
    path = f"/participants/{cast.a.participant.public_id}/sessions/agenda"
    assert visitor.submit(path, 422, text="   ").errors
    assert visitor.submit(path, 422, text="x" * 301).errors


def test_the_check_in_shows_its_course_to_both(client_for: ClientFor, cast: Cast, make: Make) -> None:
    rows(cast, make)
    whole = f"/participants/{cast.a.participant.public_id}/sessions/together"
    for account, path in ((cast.accounts.noa, "/sessions/together"), (cast.accounts.therapist, whole)):
        page = client_for(account).get(path)
        assert "Once so far: mostly." in page.content
        assert "More breaks" in page.content
    # The coach looks after Noa, too, and has sessions of their own.
    assert "More breaks" not in client_for(cast.accounts.coach).get(whole).content


def test_practice_stands_among_the_progress(client_for: ClientFor, cast: Cast, make: Make) -> None:
    made = rows(cast, make)["one_to_one"]
    task, level = cast.a.catalog.tasks[3], cast.a.catalog.levels[6]
    command = WritePractice(made, {task.public_id: level.public_id})
    write_practice(make.work, make.actor(cast.accounts.therapist), command)
    person = cast.a.participant.public_id
    visitor = client_for(cast.accounts.coach)
    assert task.name["en"] in visitor.get(f"/participants/{person}/progress").content
    visitor.get(f"/participants/{person}/progress/{task.public_id}")
    client_for(cast.accounts.noa).get("/progress")
    assert level.name["en"] in client_for(cast.accounts.noa).get(f"/sessions/{made}").content
