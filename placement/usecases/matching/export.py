"""Taking a run out of the application: who did it is part of the audit."""

from __future__ import annotations

from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def record_export(work: Work, actor: Actor, run_id: int, people: int) -> None:
    """Write that this actor took a run's ``people`` out as a file. Raises Forbidden."""
    with work.transaction() as session:
        ensure(actor, Permission.MATCHING_RUN, Facts(actor.program))
        audit(session, work, actor, "matching.export", "match_run", run_id, people=people)
