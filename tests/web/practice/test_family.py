"""A family member's link: the participant's own invitation, one task, write-only, ended in a tap."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from placement.domain.support import RaterKind
from placement.domain.tokens import family_link_token, token_hash
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.practice.practice import FamilyDevice, FamilyLink
from placement.models.programs.catalog import Task
from placement.models.progress.summary import TaskSummary
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.practice.rows import SECRET, invitation, private_practice, shared_practice


def test_the_participant_invites_and_the_family_answers_without_reading_anything(
    app: Flask, client_for: ClientFor, cast: Cast, make: Make
) -> None:
    person, levels = cast.a.participant, cast.a.catalog.levels
    practice = private_practice(make, person, cast.accounts.noa)
    noa = client_for(cast.accounts.noa)
    form = next(form for form in noa.get(f"/practice/{practice}").main_forms if "name" in form.names)
    assert noa.submit(form, 422, name=" ").errors
    shown = noa.follow(noa.submit(form, name="Mom"))
    row = make.one(select(FamilyLink))
    code = noa.http.get(f"/invitations/{row.public_id}/code.svg")
    assert code.mimetype == "image/svg+xml"
    assert row.expires_at == make.clock.now + timedelta(days=14)
    assert shown.status == 200
    path = f"/family/open/{family_link_token(make.work.link_key, row.id, row.generation)}"
    assert path in noa.http.get(f"/invitations/{row.public_id}").text
    assert row.token_hash == token_hash(path.rsplit("/", 1)[1])
    mother = Visitor(app)
    landing = mother.http.get(path)
    assert landing.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in landing.headers["Cache-Control"]
    assert SECRET not in landing.text
    assert make.all(select(FamilyDevice)) == []
    mother.get(path)
    mother.submit(path, 303)
    question = mother.get("/family")
    assert SECRET in question.words
    assert "Noa" in question.words
    assert "Lind" not in question.words
    task = make.one(select(Task).where(Task.area == "personal_care"))
    assert "Please choose one of the answers." in mother.submit("/family", 422).words
    thanks = mother.follow(mother.submit("/family", **{f"task-{task.public_id}": levels[3].public_id}))
    assert "arrived" in thanks.words
    # The day alone is chosen: nothing of what was said before comes back.
    assert mother.http.get("/family").text.count(" checked") == 1
    rater = make.one(select(Rater).where(Rater.kind == RaterKind.FAMILY))
    assert (rater.name, rater.account_id) == ("Mom", None)
    assert make.one(select(Observation).where(Observation.rater_id == rater.id)).rank == 3
    assert make.one(select(TaskSummary).where(TaskSummary.task_id == task.id)).last_rank == 3
    assert "Mom" in client_for(cast.accounts.therapist).get(f"/practice/{practice}").words


def test_an_ended_invitation_opens_nothing_at_once(app: Flask, client_for: ClientFor, cast: Cast, make: Make) -> None:
    practice = shared_practice(make, cast.a.participant, cast.accounts.noa)
    made, path = invitation(make, practice, cast.accounts.noa)
    phone, later = Visitor(app), Visitor(app)
    phone.submit(path, 303)
    phone.get("/family")
    noa = client_for(cast.accounts.noa)
    task = make.one(select(Task).where(Task.area == "job_search"))
    said = {f"task-{task.public_id}": cast.a.catalog.levels[6].public_id, "day": make.today.isoformat()}
    noa.follow(noa.post(f"/invitations/{made}/end", {}))
    noa.post(f"/invitations/{made}/end", {}, 303)
    assert phone.get("/family", 303).location.endswith("/family/closed")
    assert phone.post("/family", said, 303).location.endswith("/family/closed")
    later.get(path, 404)
    later.post(path, {}, 404)
    noa.get(f"/invitations/{made}", 404)
    noa.get(f"/invitations/{made}/code.svg", 404)
    assert make.one(select(func.count(Observation.id)).where(Observation.task_id == task.id)) == 0
    assert make.one(select(FamilyLink)).token_hash is None


def test_an_invitation_expires_lasts_with_answers_and_ends_with_the_practice(
    app: Flask, client_for: ClientFor, cast: Cast, make: Make
) -> None:
    practice = shared_practice(make, cast.a.participant, cast.accounts.noa)
    _, path = invitation(make, practice, cast.accounts.noa)
    task = make.one(select(Task).where(Task.area == "job_search"))
    phone = Visitor(app)
    phone.submit(path, 303)
    make.clock.now += timedelta(days=13)
    phone.submit("/family", **{f"task-{task.public_id}": cast.a.catalog.levels[5].public_id})
    make.clock.now += timedelta(days=13)
    phone.get("/family")
    make.clock.now += timedelta(days=2)
    phone.get("/family", 303)
    Visitor(app).get(path, 404)
    _, other = invitation(make, practice, cast.accounts.noa)
    phone.submit(other, 303)
    client_for(cast.accounts.noa).post(f"/practice/{practice}/stop", {}, 303)
    phone.get("/family", 303)
    Visitor(app).get(other, 404)


def test_a_phone_answers_for_its_one_task_only_and_can_be_forgotten(app: Flask, cast: Cast, make: Make) -> None:
    person, noa = cast.a.participant, cast.accounts.noa
    practice, other = shared_practice(make, person, noa), private_practice(make, person, noa)
    _, path = invitation(make, practice, noa)
    phone = Visitor(app)
    phone.submit(path, 303)
    private = make.one(select(Task).where(Task.area == "personal_care"))
    said = {f"task-{private.public_id}": cast.a.catalog.levels[6].public_id, "day": make.today.isoformat()}
    phone.post("/family", said, 422)
    assert make.all(select(Observation).where(Observation.task_id == private.id)) == []
    phone.get(f"/practice/{other}", None)
    assert SECRET not in phone.get("/family").words
    old = (make.today - timedelta(days=30)).isoformat()
    task = make.one(select(Task).where(Task.area == "job_search"))
    phone.post("/family", {f"task-{task.public_id}": cast.a.catalog.levels[6].public_id, "day": old}, 422)
    phone.post("/family/forget", {}, 303)
    phone.get("/family", 303)
    assert make.all(select(FamilyDevice)) == []


def test_nobody_but_the_participant_invites_sees_or_ends(client_for: ClientFor, cast: Cast, make: Make) -> None:
    practice = shared_practice(make, cast.a.participant, cast.accounts.noa)
    made, _ = invitation(make, practice, cast.accounts.noa)
    accounts = cast.accounts
    for account, status in ((accounts.kim, 404), (accounts.ben, 404), (accounts.therapist, 403), (accounts.coach, 403)):
        visitor = client_for(account)
        visitor.post(f"/practice/{practice}/invite", {"name": "Me"}, status)
        visitor.get(f"/invitations/{made}", status)
        visitor.get(f"/invitations/{made}/code.svg", status)
        visitor.post(f"/invitations/{made}/end", {}, status)
    assert "Mom" not in client_for(accounts.therapist).get(f"/practice/{practice}").words
    assert make.one(select(FamilyLink)).revoked_at is None
    assert len(make.all(select(FamilyLink))) == 1
