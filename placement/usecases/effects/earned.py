"""Milestones that occasions have earned: what is stored of them, held against what the history says now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from placement.domain.milestones import (
    GIVEN,
    Earned,
    History,
    MilestoneKey,
    RuleKind,
    StoredMilestone,
    changes,
    detect,
)
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.policy.actor import Actor, System
from placement.policy.device import Device
from placement.policy.family import FamilyPhone
from placement.queries.progress import rule_rows
from placement.queries.progress.rule_rows import RuleRow
from placement.usecases.effects.milestones import new_row, prove_row, restore_row, withdraw_row
from placement.usecases.effects.probes import Mastered
from placement.usecases.effects.summary_rows import Person
from placement.usecases.transaction import Work

#: What rated occasions and shifts have earned; what comes from a fact of its own is not asked here.
_STORED = (
    select(
        Milestone.id, Milestone.rule_id, Milestone.task_id, Milestone.placement_id, Milestone.reached_at,
        Milestone.reached_on, Milestone.evidence, Milestone.withdrawn_at.is_not(None), MilestoneRule.kind,
        MilestoneRule.percent,
    )
    .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
    .where(
        Milestone.participant_id == bindparam("person"),
        MilestoneRule.kind.not_in(GIVEN),
        or_(Milestone.task_id.is_(None), Milestone.task_id.in_(bindparam("tasks", expanding=True))),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many milestones came, went and came back."""

    new: int = 0
    withdrawn: int = 0
    restored: int = 0


@dataclass(frozen=True, slots=True)
class _Stored:
    id: int
    key: MilestoneKey
    reached_at: datetime
    reached_on: date
    evidence: list[int]
    withdrawn: bool
    kind: RuleKind
    percent: int

    def proves(self, earned: Earned) -> bool:
        """Whether it says already what is known now."""
        return (self.reached_at, self.reached_on) == (earned.reached_at, earned.day) and self.evidence == list(
            earned.evidence
        )


def write_milestones(
    session: Session,
    work: Work,
    actor: Actor | System | Device | FamilyPhone,
    person: Person,
    task_ids: Collection[int],
    history: History,
) -> tuple[Refreshed, list[Mastered]]:
    """Give, take back, restore and prove anew; and the milestones of mastered tasks as they stand after that."""
    rules = rule_rows.rules(session, person.program_id, person.id)
    stored = _stored(session, person.id, task_ids)
    diff = changes(
        [StoredMilestone(key, one.withdrawn, one.id) for key, one in stored.items()],
        detect(history, [row.rule for row in rules]),
        [row.rule for row in rules],
    )
    unproved = [one for one in diff.kept if not stored[one.key].proves(one)]
    changed = [stored[one.key].id for one in (*unproved, *diff.restored)]
    rows = _rows(session, [*changed, *(gone.id for gone in diff.withdrawn)])
    for earned in unproved:
        prove_row(rows[stored[earned.key].id], earned)
    for gone in diff.withdrawn:
        withdraw_row(session, work, actor, rows[gone.id], person.account_id)
    for earned in diff.restored:
        restore_row(session, work, actor, rows[stored[earned.key].id], earned)
    of_id = {row.rule.id: row for row in rules}
    new = [new_row(work, person.program_id, person.id, one) for one in diff.new if _may_give(one, stored, of_id)]
    session.add_all(new)
    session.flush()
    days = {one.key: one.day for one in (*diff.kept, *diff.restored)}
    gone_keys = {one.key for one in diff.withdrawn}
    mastered = [
        Mastered(one.id, key[1], one.percent, None if _is_gone(one, days, gone_keys) else days.get(key, one.reached_on))
        for key, one in stored.items()
        if one.kind is RuleKind.CONSECUTIVE_TASK and key[1] is not None
    ]
    mastered += [
        Mastered(row.id, row.task_id, of_id[row.rule_id].rule.percent, row.reached_on)
        for row in new
        if of_id[row.rule_id].rule.kind is RuleKind.CONSECUTIVE_TASK and row.task_id is not None
    ]
    return Refreshed(len(new), len(diff.withdrawn), len(diff.restored)), mastered


def _is_gone(one: _Stored, days: Mapping[MilestoneKey, date], gone: Collection[MilestoneKey]) -> bool:
    return one.key in gone or (one.withdrawn and one.key not in days)


def _stored(session: Session, participant_id: int, task_ids: Collection[int]) -> dict[MilestoneKey, _Stored]:
    rows = session.execute(_STORED, {"person": participant_id, "tasks": sorted(task_ids)})
    found = [_Stored(id_, (rule, task, place), *rest) for id_, rule, task, place, *rest in rows]
    return {one.key: one for one in found}


def _rows(session: Session, ids: Collection[int]) -> dict[int, Milestone]:
    """Only what has to be written is loaded."""
    if not ids:
        return {}
    return {row.id: row for row in session.scalars(select(Milestone).where(Milestone.id.in_(sorted(ids))))}


def _may_give(earned: Earned, stored: Mapping[MilestoneKey, _Stored], rules: Mapping[int, RuleRow]) -> bool:
    """Only live rules give; and not what an earlier version of the same rule has given and nothing has taken back."""
    rule = rules[earned.rule]
    if not rule.live:
        return False
    return not any(_holds(one, earned, rule, rules) for one in stored.values())


def _holds(one: _Stored, earned: Earned, rule: RuleRow, rules: Mapping[int, RuleRow]) -> bool:
    other = rules.get(one.key[0])
    return one.key[1:] == earned.key[1:] and not one.withdrawn and other is not None and other.key == rule.key
