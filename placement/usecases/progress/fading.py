"""The coach steps back in a placement; it holds, or is taken back. Nothing happens by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.events import EventKind
from placement.domain.fading import WATCH_MOST, FadingState
from placement.domain.milestones import RuleKind
from placement.domain.placements import PlacementState
from placement.domain.words import say
from placement.models.placements.placement import Placement
from placement.models.progress.milestone import ChartEvent
from placement.models.progress.plan import FadingStep
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.milestones import give_milestone, take_back_milestone
from placement.usecases.effects.placements import locked_placement
from placement.usecases.transaction import Work

#: Longest note, in characters.
LONGEST = 1000
_RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)


@dataclass(frozen=True, slots=True)
class TakeStep:
    """``placement``: public id. Shares in percent of the hours: about what it is now, and what to aim at."""

    placement: str
    share_before: int
    share_after: int
    watch_until: date
    note: str = ""


def take_step(work: Work, actor: Actor, command: TakeStep) -> str:
    """Take a step back; its public id. It stands as a line on the charts.

    Raises NotFound, Forbidden, and Refused: no running placement, the last step still watched, no smaller share.
    """
    with work.transaction() as session:
        row = locked_placement(session, actor, command.placement)
        ensure(actor, Permission.FADING_STEP, Facts(row.program_id, row.participant_id))
        today = actor.today(work.clock())
        _check(session, row, command, today)
        step = FadingStep(
            program_id=row.program_id,
            participant_id=row.participant_id,
            placement_id=row.id,
            share_before=command.share_before,
            share_after=command.share_after,
            taken_on=today,
            watch_until=command.watch_until,
            by_account_id=actor.account_id,
            note=command.note,
            created_at=work.clock(),
        )
        session.add(step)
        session.flush()
        _draw(session, work, step, today)
        audit(session, work, actor, "fading.take", "fading_step", step.id, participant_id=row.participant_id)
        return step.public_id


def hold_step(work: Work, actor: Actor, public_id: str) -> str:
    """It holds: a milestone. Twice changes nothing. The placement's public id. Raises NotFound, Forbidden, Refused."""
    with work.transaction() as session:
        step, placement = _locked(session, actor, public_id)
        if _ends(step, FadingState.HELD):
            step.state, step.ended_on = FadingState.HELD, actor.today(work.clock())
            give_milestone(
                session, work, actor, step.participant_id, RuleKind.FADING_HELD, step.ended_on,
                placement_id=step.placement_id,
            )  # fmt: skip
            audit(session, work, actor, "fading.hold", "fading_step", step.id, participant_id=step.participant_id)
        return placement


def step_back(work: Work, actor: Actor, public_id: str) -> str:
    """As much coaching as before the step. The placement's public id. Raises NotFound, Forbidden, Refused."""
    with work.transaction() as session:
        step, placement = _locked(session, actor, public_id)
        if _ends(step, FadingState.TAKEN_BACK):
            step.state, step.ended_on = FadingState.TAKEN_BACK, actor.today(work.clock())
            _draw(session, work, step, step.ended_on)
            audit(session, work, actor, "fading.take_back", "fading_step", step.id, participant_id=step.participant_id)
        return placement


def watch_again(work: Work, actor: Actor, public_id: str) -> str:
    """Undo either answer. The placement's public id. Raises NotFound, Forbidden; Refused if another step came since."""
    with work.transaction() as session:
        step, placement = _locked(session, actor, public_id)
        if step.state is FadingState.WATCHING:
            return placement
        _refuse_if_watched(session, step.placement_id)
        if step.state is FadingState.HELD and not _held(session, step):
            take_back_milestone(
                session, work, actor, step.participant_id, RuleKind.FADING_HELD, placement_id=step.placement_id
            )
        if step.state is FadingState.TAKEN_BACK:
            _erase(session, step)
        step.state, step.ended_on = FadingState.WATCHING, None
        audit(session, work, actor, "fading.watch_again", "fading_step", step.id, participant_id=step.participant_id)
        return placement


def _check(session: Session, row: Placement, command: TakeStep, today: date) -> None:
    if row.state not in _RUNNING:
        raise Refused(say("This placement is not running."))
    _refuse_if_watched(session, row.id)
    if not 0 <= command.share_before <= 100:
        raise Refused(say("Please enter a number from 0 to 100."), "share_before")
    if not 0 <= command.share_after < command.share_before:
        raise Refused(say("A step back means less than now: please enter a smaller share."), "share_after")
    if not today < command.watch_until <= today + WATCH_MOST:
        raise Refused(say("Please choose a day from tomorrow, within six weeks."), "watch_until")
    if len(command.note) > LONGEST:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST), "note")


def _refuse_if_watched(session: Session, placement_id: int) -> None:
    watched = select(FadingStep.id).where(
        FadingStep.placement_id == placement_id, FadingStep.state == FadingState.WATCHING
    )
    if session.scalar(watched.limit(1)) is not None:
        raise Refused(say("The last step is still watched. Say first whether it holds."))


def _locked(session: Session, actor: Actor, public_id: str) -> tuple[FadingStep, str]:
    """The step, its placement held against others, and that one's public id."""
    found = select(Placement).join(FadingStep, FadingStep.placement_id == Placement.id)
    placement = session.scalar(
        found.where(FadingStep.public_id == public_id, scope.placements(actor)).with_for_update(of=Placement)
    )
    if placement is None:
        raise NotFound
    ensure(actor, Permission.FADING_STEP, Facts(placement.program_id, placement.participant_id))
    step = session.scalars(select(FadingStep).where(FadingStep.public_id == public_id)).one()
    return step, placement.public_id


def _ends(step: FadingStep, state: FadingState) -> bool:
    """Whether the answer is new. Raises Refused where the other one was given."""
    if step.state is not FadingState.WATCHING and step.state is not state:
        raise Refused(say("Somebody has answered this already. Take their answer back first."))
    return step.state is FadingState.WATCHING


def _held(session: Session, step: FadingStep) -> bool:
    """Whether another step of this placement holds."""
    others = select(FadingStep.id).where(
        FadingStep.placement_id == step.placement_id,
        FadingStep.state == FadingState.HELD,
        FadingStep.id != step.id,
    )
    return session.scalar(others.limit(1)) is not None


def _draw(session: Session, work: Work, step: FadingStep, day: date) -> None:
    session.add(
        ChartEvent(
            program_id=step.program_id, participant_id=step.participant_id, kind=EventKind.COACHING_STEP, day=day,
            created_at=work.clock(),
        )
    )  # fmt: skip


def _erase(session: Session, step: FadingStep) -> None:
    """The line of a step back that was undone; lines with words of their own stay."""
    line = session.scalars(
        select(ChartEvent)
        .where(
            ChartEvent.participant_id == step.participant_id,
            ChartEvent.kind == EventKind.COACHING_STEP,
            ChartEvent.day == step.ended_on,
            ChartEvent.text == "",
        )
        .order_by(ChartEvent.id.desc())
    ).first()
    if line is not None:
        session.delete(line)
