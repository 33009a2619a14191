"""Mails that were given up, for admins."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.jobs import MAX_ATTEMPTS, JobKind
from placement.models.system.job import Job
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def give_up(make: Make, cast: Cast, count: int = 1) -> list[Job]:
    now = make.clock.now
    return [
        make.add(
            Job(
                kind=JobKind.MAIL_SHIFT_TOMORROW, program_id=cast.a.program.id,
                refs={"shift": cast.a.future.id, "account": cast.accounts.noa.id}, run_after=now, created_at=now,
                dead_at=now, attempts=MAX_ATTEMPTS, last_error="SMTPRecipientsRefused",
            )
        )
        for _ in range(count)
    ]  # fmt: skip


def test_kind_time_and_class_of_the_error_and_nobodys_name(client_for: ClientFor, cast: Cast, make: Make) -> None:
    (job,) = give_up(make, cast)
    page = client_for(cast.accounts.admin).get("/mails/undelivered")
    assert "My shift tomorrow" in page.content
    assert "SMTPRecipientsRefused" in page.content
    assert job.public_id in page.content
    for hidden in ("Noa", cast.accounts.noa.email):
        assert hidden not in page.content


def test_send_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    (job,) = give_up(make, cast)
    visitor = client_for(cast.accounts.admin)
    page = visitor.get("/mails/undelivered")
    done = visitor.submit(page.main_forms[0], 303)
    assert visitor.follow(done).h1 == "Every mail was sent"
    assert make.one(select(Job.dead_at).where(Job.id == job.id)) is None


def test_the_day_page_says_how_many(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    assert "/mails/undelivered" not in visitor.get("/day").links
    give_up(make, cast, 3)
    page = visitor.get("/day")
    assert "/mails/undelivered" in page.links
    assert "3 mails could not be sent" in page.content


def test_page_by_page(client_for: ClientFor, cast: Cast, make: Make, statements: Counter) -> None:
    give_up(make, cast, 45)
    visitor = client_for(cast.accounts.admin)
    with statements:
        page = visitor.get("/mails/undelivered")
    assert statements.count <= 4
    assert len(page.main_forms) == 40
    following = next(link for link in page.links if "page=" in link)
    assert len(visitor.get(following).main_forms) == 5


def test_what_belongs_to_no_program_is_for_whoever_runs_the_site_alone(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    now = make.clock.now
    orphan = make.add(
        Job(
            kind=JobKind.MAIL_WELCOME, program_id=None, refs={"account": cast.accounts.site_admin.id}, run_after=now,
            created_at=now, dead_at=now, attempts=MAX_ATTEMPTS, last_error="SMTPConnectError",
        )
    )  # fmt: skip
    (of_program,) = give_up(make, cast)
    assert "1 mail could not be sent" in client_for(cast.accounts.admin).get("/day").content
    visitor = client_for(cast.accounts.site_admin)
    assert "1 mail could not be sent" in visitor.get("/day").content
    page = visitor.get("/mails/undelivered")
    assert orphan.public_id in page.content
    assert of_program.public_id not in page.content
    client_for(cast.accounts.admin).post(f"/mails/undelivered/{orphan.public_id}/send", {}, 404)
    visitor.post(f"/mails/undelivered/{of_program.public_id}/send", {}, 404)
    visitor.submit(page.main_forms[0], 303)
    assert make.one(select(Job.dead_at).where(Job.id == orphan.id)) is None
