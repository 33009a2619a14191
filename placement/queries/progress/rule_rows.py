"""The rules that a participant's history is held against; see :mod:`past`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from placement.domain.milestones import Rule
from placement.models.progress.milestone import Milestone, MilestoneRule


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule version; ``live`` ones may give new milestones, ended ones only keep what they gave."""

    rule: Rule
    key: str
    live: bool


_RULES = select(
    MilestoneRule.id,
    MilestoneRule.kind,
    MilestoneRule.percent,
    MilestoneRule.occasions,
    MilestoneRule.raters,
    MilestoneRule.amount,
    MilestoneRule.task_id,
    MilestoneRule.key,
    MilestoneRule.archived_at.is_(None),
).where(
    MilestoneRule.program_id == bindparam("program"),
    or_(MilestoneRule.participant_id.is_(None), MilestoneRule.participant_id == bindparam("person")),
    or_(
        MilestoneRule.archived_at.is_(None),
        MilestoneRule.id.in_(select(Milestone.rule_id).where(Milestone.participant_id == bindparam("person"))),
    ),
)


def rules(db: Session, program_id: int, participant_id: int) -> list[RuleRow]:
    """The live rules of the program and of this participant, and ended versions they have a milestone of."""
    return [
        RuleRow(Rule(id_, kind, percent, occasions, raters, amount, task), key, live)
        for id_, kind, percent, occasions, raters, amount, task, key, live in db.execute(
            _RULES, {"program": program_id, "person": participant_id}
        )
    ]
