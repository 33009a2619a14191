"""A mail that was given up is tried again by the program's admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound
from placement.domain.jobs import MAX_ATTEMPTS, JobKind
from placement.models.programs.program import Program
from placement.models.system.job import Job
from placement.models.system.log import Audit
from placement.usecases.mails.resend import resend_mail
from placement.usecases.system.jobs import claim_job
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def dead(make: Make, program: Program, **columns: object) -> Job:
    now = make.clock.now - timedelta(days=2)
    defaults = {
        "kind": JobKind.MAIL_MILESTONE, "refs": {}, "run_after": now, "created_at": now, "dead_at": now,
        "claimed_at": now, "attempts": MAX_ATTEMPTS, "last_error": "OSError",
    }  # fmt: skip
    return make.add(Job(program_id=program.id, **(defaults | columns)))


def test_it_is_tried_as_if_for_the_first_time(work: Work, make: Make, cast: Cast) -> None:
    job = dead(make, cast.a.program)
    assert claim_job(work) is None
    resend_mail(work, make.actor(cast.accounts.admin), job.public_id)
    claimed = claim_job(work)
    assert claimed is not None
    assert (claimed.public_id, claimed.attempts) == (job.public_id, 1)
    assert make.all(select(Audit.action).where(Audit.subject == "job")) == ["mails.resend"]


def test_twice_it_is_not_taken_from_who_sends_it(work: Work, make: Make, cast: Cast) -> None:
    job, admin = dead(make, cast.a.program), make.actor(cast.accounts.admin)
    resend_mail(work, admin, job.public_id)
    claim_job(work)
    resend_mail(work, admin, job.public_id)
    assert claim_job(work) is None


def test_another_programs_is_not_there(work: Work, make: Make, cast: Cast) -> None:
    job = dead(make, cast.b.program)
    with pytest.raises(NotFound):
        resend_mail(work, make.actor(cast.accounts.admin), job.public_id)


def test_other_jobs_are_no_mails(work: Work, make: Make, cast: Cast) -> None:
    job = dead(make, cast.a.program, kind=JobKind.SOLVE_MATCHING)
    with pytest.raises(NotFound):
        resend_mail(work, make.actor(cast.accounts.admin), job.public_id)


def test_nobody_else_may(work: Work, make: Make, cast: Cast) -> None:
    job = dead(make, cast.a.program)
    with pytest.raises(Forbidden):
        resend_mail(work, make.actor(cast.accounts.coordinator), job.public_id)
