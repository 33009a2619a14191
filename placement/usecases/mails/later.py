"""A mail that has to wait for the end of its reader's quiet hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from placement.domain.jobs import JobKind
from placement.usecases.effects.log import enqueue
from placement.usecases.transaction import Work


def send_later(
    work: Work, kind: JobKind, program_id: int | None, refs: Mapping[str, int], about: str, until: datetime
) -> None:
    """The same mail once more, from ``until`` on. ``about``: the job that waits, so that a retry adds nothing."""
    with work.transaction() as session:
        enqueue(session, work, kind, program_id, refs, run_after=until, once=f"later:{about}")
