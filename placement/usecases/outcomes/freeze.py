"""Keeping a report's figures as they are today, so that the same can be shown a year later."""

from __future__ import annotations

from datetime import date

from placement.domain.errors import Refused
from placement.domain.outcomes import figures, packed
from placement.domain.words import say
from placement.models.outcomes.frozen import FrozenReport
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.outcomes.facts import outcome_facts
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def freeze_report(work: Work, actor: Actor, first: date, last: date) -> str:
    """Its public id. Raises Forbidden, and Refused for a period that has not begun or ends before it begins."""
    ensure(actor, Permission.OUTCOME_FREEZE, Facts(actor.program))
    today = actor.today(work.clock())
    if first > today or last < first:
        raise Refused(say("This time has not begun yet."))
    with work.transaction() as session:
        made = figures(outcome_facts(session, actor, first, last, today))
        row = FrozenReport(
            program_id=actor.program, first_day=first, last_day=last, as_of=today,
            figures=[packed(one) for one in made], by_account_id=actor.account_id, created_at=work.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit(session, work, actor, "outcomes.freeze", "frozen_report", row.id)
        return row.public_id
