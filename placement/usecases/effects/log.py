"""The audit row and the outbox, written in the change's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from placement.domain.jobs import JobKind
from placement.models.system.job import Job
from placement.models.system.log import Audit
from placement.policy.actor import Actor, System
from placement.policy.device import Device
from placement.policy.family import FamilyPhone
from placement.usecases.transaction import Work


def audit(
    session: Session,
    work: Work,
    actor: Actor | System | Device | FamilyPhone,
    action: str,
    subject: str,
    subject_id: int,
    **detail: Any,
) -> None:
    """Write who changed what, in the change's own transaction. ``detail``: ids, states, field names; no content."""
    if isinstance(actor, Device | FamilyPhone):
        detail = {"rater_id": actor.rater_id, "device_id": actor.id, **detail}
    session.add(
        Audit(
            at=work.clock(),
            program_id=actor.program_id,
            account_id=actor.account_id if isinstance(actor, Actor) else None,
            action=action,
            subject=subject,
            subject_id=subject_id,
            detail=detail,
            request_id=work.request_id,
        )
    )


def enqueue(
    session: Session,
    work: Work,
    kind: JobKind,
    program_id: int | None,
    refs: Mapping[str, Any],
    run_after: datetime | None = None,
    once: str | None = None,
) -> bool:
    """Put a job into the outbox: ids (and instants as seconds) only, never text or tokens.

    ``once``: what this job is about, at most 120 characters ("shift_tomorrow:<shift>"). A job that was ever asked
    for under it is not added again, however many ask at the same time. Returns whether the job is new.
    """
    now = work.clock()
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    asked = insert(Job).values(
        kind=kind, program_id=program_id, refs=dict(refs), run_after=run_after or now, created_at=now, once=once
    )
    return session.scalar(asked.on_conflict_do_nothing(index_elements=["once"]).returning(Job.id)) is not None
