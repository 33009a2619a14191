"""Milestones a participant chooses for themself: from a few kinds, or in their own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.catalog import read
from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.milestones import RuleKind
from placement.domain.rules import TO_CHOOSE, checked_numbers
from placement.domain.words import Wording, say
from placement.models.base import new_public_id
from placement.models.participants.participant import Participant
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.milestones import give_milestone, take_back_milestone
from placement.usecases.effects.progress import refresh_everything
from placement.usecases.effects.tasks import task_in_sight
from placement.usecases.transaction import Work

LONGEST = 120
MOST_CHOSEN = 20


@dataclass(frozen=True, slots=True)
class Choose:
    """``number``: how many times running, hours or shifts; ``task``: public id; ``words``: for own words."""

    kind: RuleKind
    number: int | None = None
    task: str | None = None
    words: str = ""


def choose_milestone(work: Work, actor: Actor, command: Choose) -> str:
    """A milestone of the participant's own; returns the rule's public id. Raises NotFound, Refused."""
    with work.transaction() as session:
        person = _own(actor)
        _ensure_room(session, person)
        row = MilestoneRule(
            program_id=actor.program,
            key=f"chosen_{new_public_id()[:8].lower()}",
            number=1,
            kind=command.kind,
            name=_name(actor, command),
            participant_id=person,
            task_id=_task(session, actor, command, person),
            chosen=True,
            created_at=work.clock(),
            **_numbers(command),
        )
        session.add(row)
        session.flush()
        audit(session, work, actor, "rule.choose", "milestone_rule", row.id, participant_id=person)
        refresh_everything(session, work, actor, person)
        return row.public_id


def reach_chosen(work: Work, actor: Actor, rule: str, day: date) -> None:
    """They say that they have reached it, on this day. Raises NotFound, Refused (field day)."""
    with work.transaction() as session:
        row = _chosen(session, actor, rule)
        if day > actor.today(work.clock()):
            raise Refused(say("Please enter a day that has come."), "day")
        give_milestone(session, work, actor, _own(actor), RuleKind.OWN_WORDS, day, rule_id=row.id)


def take_back_chosen(work: Work, actor: Actor, rule: str) -> None:
    """They take it back; nobody has to tell them. Raises NotFound."""
    with work.transaction() as session:
        row = _chosen(session, actor, rule)
        take_back_milestone(session, work, actor, _own(actor), RuleKind.OWN_WORDS, rule_id=row.id)
        for milestone in session.scalars(select(Milestone).where(Milestone.rule_id == row.id)):
            milestone.told_at = work.clock()


def end_chosen(work: Work, actor: Actor, rule: str) -> None:
    """They no longer aim at it; what was reached stays. Raises NotFound."""
    with work.transaction() as session:
        row = _chosen(session, actor, rule, own_words=False)
        row.archived_at = work.clock()
        audit(session, work, actor, "rule.end", "milestone_rule", row.id, participant_id=row.participant_id)


def _own(actor: Actor) -> int:
    if actor.participant_id is None:
        raise Forbidden
    ensure(actor, Permission.MILESTONE_CHOOSE, Facts(actor.program, actor.participant_id))
    return actor.participant_id


def _ensure_room(session: Session, person: int) -> None:
    """One at a time for a person, and not without end."""
    session.execute(select(Participant.id).where(Participant.id == person).with_for_update(key_share=True))
    live = (MilestoneRule.participant_id == person, MilestoneRule.chosen, MilestoneRule.archived_at.is_(None))
    if (session.scalar(select(func.count()).select_from(MilestoneRule).where(*live)) or 0) >= MOST_CHOSEN:
        raise Refused(say("%(n)s are enough for now. Please take one away first.", n=MOST_CHOSEN))


def _numbers(command: Choose) -> dict[str, int]:
    if command.kind is RuleKind.OWN_WORDS:
        return {}
    if command.kind not in TO_CHOOSE:
        raise Refused(say("Please choose one of these."), "kind")
    name = "occasions" if command.kind is RuleKind.CONSECUTIVE_TASK else "amount"
    try:
        return checked_numbers(command.kind, {"percent": 90, "raters": 1, name: command.number})
    except Refused as error:
        raise Refused(error.reason, "number") from error


def _name(actor: Actor, command: Choose) -> Wording:
    if command.kind is not RuleKind.OWN_WORDS:
        return next((rule.title for rule in read.rules() if rule.kind == command.kind), {})
    if not command.words:
        raise Refused(say("Please write what you would like to reach."), "words")
    if len(command.words) > LONGEST:
        raise Refused(say("Please keep it to %(n)s characters.", n=LONGEST), "words")
    # Their words are theirs in every language.
    return {actor.program_locale: command.words}


def _task(session: Session, actor: Actor, command: Choose, person: int) -> int | None:
    if command.kind is not RuleKind.CONSECUTIVE_TASK:
        return None
    if not command.task:
        raise Refused(say("Please choose a task."), "task")
    try:
        return task_in_sight(session, actor, command.task, person)
    except NotFound as error:
        raise Refused(say("Please choose a task."), "task") from error


def _chosen(session: Session, actor: Actor, rule: str, own_words: bool = True) -> MilestoneRule:
    row = session.scalar(
        select(MilestoneRule)
        .where(
            MilestoneRule.public_id == rule,
            MilestoneRule.participant_id == _own(actor),
            MilestoneRule.chosen,
            MilestoneRule.archived_at.is_(None),
            *([MilestoneRule.kind == RuleKind.OWN_WORDS] if own_words else []),
        )
        .with_for_update()
    )
    if row is None:
        raise NotFound
    return row
