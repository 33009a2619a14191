"""A mail that was given up is tried again."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.errors import NotFound
from placement.domain.jobs import MAILS
from placement.models.system.job import Job
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def resend_mail(work: Work, actor: Actor, public_id: str) -> None:
    """Let the worker try it as if for the first time. Raises NotFound out of sight; one that waits is left alone.

    What no longer holds by then (a shift that is over) is not sent.
    """
    ensure(actor, Permission.MAIL_REPAIR)
    with work.transaction() as session:
        job = session.scalar(
            select(Job).where(Job.public_id == public_id, scope.jobs(actor), Job.kind.in_(MAILS)).with_for_update()
        )
        if job is None:
            raise NotFound
        if job.dead_at is None:
            return
        job.dead_at = job.claimed_at = None
        job.attempts, job.run_after = 0, work.clock()
        audit(session, work, actor, "mails.resend", "job", job.id)
