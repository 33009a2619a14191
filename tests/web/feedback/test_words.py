"""Words for a participant: read as they chose, answered, and what hurt them is taken care of."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from placement.domain.comments import Reads
from placement.domain.notices import NoticeKind
from placement.domain.shifts import Attendance
from placement.models.feedback.observation import Feedback
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.usecases.feedback.submit import SubmitFeedback, submit_feedback
from placement.usecases.transaction import Work
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make

WORDS = "Swept without being asked."


def send(work: Work, cast: Cast, make: Make, words: str = WORDS) -> str:
    """Words of the supervisor about the shift that runs; their shift's public id."""
    shift = str(make.one(select(Occasion.public_id).where(Occasion.id == cast.a.current.id)))
    sol = make.actor(cast.accounts.supervisor)
    submit_feedback(work, sol, SubmitFeedback(shift, str(uuid4()), Attendance.HERE, went_well=words))
    return shift


def test_at_once_unless_they_choose_otherwise(client_for: ClientFor, cast: Cast, make: Make, work: Work) -> None:
    visitor = client_for(cast.accounts.noa)
    shift = send(work, cast, make)
    for path in ("/words", "/progress", f"/shifts/{shift}"):
        assert WORDS in visitor.get(path).words, path


def test_with_the_coach_first(client_for: ClientFor, cast: Cast, make: Make, work: Work) -> None:
    visitor, coach = client_for(cast.accounts.noa), client_for(cast.accounts.coach)
    visitor.post("/words/reading", {"reads": "with_coach"})
    assert make.one(select(Participant.reads_comments).where(Participant.id == cast.a.participant.id)) is (
        Reads.WITH_COACH
    )
    shift = send(work, cast, make)
    for path in ("/words", "/progress", f"/shifts/{shift}"):
        assert WORDS not in visitor.get(path).words, path
    assert "Friendly with everybody." in visitor.get("/words").words, "what was read stays"
    assert "One more waits" in visitor.get("/words").words
    page = coach.get(f"/shifts/{shift}")
    assert WORDS in page.words
    (form,) = [form for form in page.main_forms if "read-together" in form.action]
    coach.submit(form, 303)
    for path in ("/words", "/progress", f"/shifts/{shift}"):
        assert WORDS in visitor.get(path).words, path
    # Corrected words wait again, and so do new ones until they choose otherwise.
    send(work, cast, make, "Swept slowly.")
    assert "slowly" not in visitor.get("/words").words
    visitor.post("/words/reading", {"reads": "at_once"})
    assert "slowly" in visitor.get("/words").words


def test_an_answer(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor, path = client_for(cast.accounts.noa), f"/words/{cast.a.feedback.public_id}"
    done = visitor.post(f"{path}/answer", {"answer": " I asked twice. "})
    assert "I asked twice." in visitor.follow(done).words
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.rated.id))
    for reader in (cast.accounts.coach, cast.accounts.supervisor):
        assert "I asked twice." in client_for(reader).get(f"/shifts/{shift}").words
    visitor.post(f"{path}/answer", {"answer": "x" * 2001})
    assert make.one(select(Feedback.answer).where(Feedback.id == cast.a.feedback.id)) == "I asked twice."


def test_this_hurt_me(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor, path = client_for(cast.accounts.noa), f"/words/{cast.a.feedback.public_id}/hurt"
    for _ in range(2):
        done = visitor.post(path, {})
    assert "takes care of it" in visitor.follow(done).words
    rows = make.all(select(Notice).where(Notice.kind == NoticeKind.HURT_ME))
    assert [(row.to_account_id, row.occasion_id, row.done_at) for row in rows] == [(None, cast.a.rated.id, None)]
    assert "A comment hurt Noa Lind" in client_for(cast.accounts.coordinator).get("/notices").words
    assert "hurt" not in client_for(cast.accounts.coach).get("/notices").content
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.rated.id))
    assert "hurt" not in client_for(cast.accounts.supervisor).get(f"/shifts/{shift}").content
    visitor.post(path, {"no": "1"})
    assert make.one(select(Notice.done_at).where(Notice.kind == NoticeKind.HURT_ME)) is not None


def test_nobody_answers_for_them_or_before_they_may_read(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/words/{cast.a.feedback.public_id}"
    client_for(cast.accounts.kim).post(f"{path}/answer", {"answer": "x"}, 404)
    client_for(cast.accounts.coach).post(f"{path}/hurt", {}, 403)
    make.do(lambda session: session.get_one(Feedback, cast.a.feedback.id).__setattr__("released_at", None))
    client_for(cast.accounts.noa).post(f"{path}/answer", {"answer": "x"}, 404)
    client_for(cast.accounts.noa).post(f"{path}/read-together", {}, 403)
