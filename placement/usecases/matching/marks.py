"""What a coordinator says about single pairs of a draft: keep it, take it out, take that back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.proposals import Mark, RunState
from placement.domain.words import say
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, MatchForce, MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.usecases.effects.log import audit
from placement.usecases.effects.runs import OPEN, locked_draft
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class MarkPair:
    """Keep (``locked``) or free the pair of a proposal, by public ids."""

    run: str
    proposal: str
    locked: bool


@dataclass(frozen=True, slots=True)
class BanPair:
    """Take a person and an opening of this run apart, by public ids; the reason stays with the run."""

    run: str
    participant: str
    opening: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AllowPair:
    """Take a ban back; ``keep``: the pair was kept before, and is again."""

    run: str
    participant: str
    opening: str
    keep: bool = False


def mark_pair(work: Work, actor: Actor, command: MarkPair) -> None:
    """Keep or free a pair. Raises NotFound, Forbidden, and Refused for somebody without a pair."""
    with work.transaction() as session:
        run = locked_draft(session, actor, command.run)
        row = session.scalar(select(Proposal).where(Proposal.public_id == command.proposal, Proposal.run_id == run.id))
        if row is None:
            raise NotFound
        if row.opening_id is None:
            raise Refused(say("There is no pair to keep."))
        if command.locked and _ban(session, run, row.participant_id, row.opening_id) is not None:
            raise Refused(say("This pair was taken out. Put it back before keeping it."))
        wanted = _kept(session, run, row) if command.locked else Mark.FREE
        if row.mark is not wanted:
            row.mark = wanted
            run.version += 1
            audit(session, work, actor, "matching.mark", "proposal", row.id, mark=wanted.value)


def ban_pair(work: Work, actor: Actor, command: BanPair) -> bool:
    """Take a pair out; it is not confirmed, and not formed when the run is made again. Twice changes the reason.

    Answers whether the pair was kept until now, so that it can be kept again when this is taken back.
    """
    with work.transaction() as session:
        run = locked_draft(session, actor, command.run)
        person, opening = _pair(session, run, command.participant, command.opening)
        row = _ban(session, run, person, opening)
        if row is None:
            row = MatchBan(
                program_id=run.program_id,
                run_id=run.id,
                participant_id=person,
                opening_id=opening,
                created_at=work.clock(),
            )
            session.add(row)
        row.reason = command.reason
        proposal = _proposal(session, run, person, opening)
        kept = proposal is not None and proposal.mark is not Mark.FREE
        if proposal is not None:
            proposal.mark = Mark.FREE
        run.version += 1
        audit(session, work, actor, "matching.ban", "match_run", run.id, participant=person, opening=opening)
        return kept


def allow_pair(work: Work, actor: Actor, command: AllowPair) -> None:
    """Put a pair back. Without a ban nothing changes."""
    with work.transaction() as session:
        run = locked_draft(session, actor, command.run)
        person, opening = _pair(session, run, command.participant, command.opening)
        row = _ban(session, run, person, opening)
        if row is not None:
            session.delete(row)
            proposal = _proposal(session, run, person, opening)
            if command.keep and proposal is not None:
                proposal.mark = _kept(session, run, proposal)
            run.version += 1
            audit(session, work, actor, "matching.allow", "match_run", run.id, participant=person, opening=opening)


def discard_run(work: Work, actor: Actor, run: str) -> None:
    """Set a run aside, solved or not. It stays readable. Raises NotFound, Forbidden, Refused."""
    with work.transaction() as session:
        row = locked_draft(session, actor, run, OPEN)
        row.state = RunState.DISCARDED
        row.version += 1
        audit(session, work, actor, "matching.discard", "match_run", row.id)


def restore_run(work: Work, actor: Actor, run: str) -> None:
    """Bring a discarded draft back. Raises NotFound, Forbidden, and Refused for any other run."""
    with work.transaction() as session:
        row = locked_draft(session, actor, run, (RunState.DISCARDED,))
        # Not by its rows: those who asked to wait have one before anything is solved.
        if row.progress < 100:
            raise Refused(say("It was discarded before it was solved. Make a new run instead."))
        row.state = RunState.DRAFT
        row.version += 1
        audit(session, work, actor, "matching.restore", "match_run", row.id)


def _pair(session: Session, run: MatchRun, participant: str, opening: str) -> tuple[int, int]:
    """Keys of a person of this run and an opening of its program. Raises NotFound."""
    person_id = session.scalar(
        select(Participant.id)
        .join(Proposal, Proposal.participant_id == Participant.id)
        .where(Participant.public_id == participant, Proposal.run_id == run.id)
    )
    opening_id = session.scalar(
        select(Opening.id).where(Opening.public_id == opening, Opening.program_id == run.program_id)
    )
    if person_id is None or opening_id is None:
        raise NotFound
    return person_id, opening_id


def _proposal(session: Session, run: MatchRun, participant_id: int, opening_id: int) -> Proposal | None:
    return session.scalar(
        select(Proposal).where(
            Proposal.run_id == run.id, Proposal.participant_id == participant_id, Proposal.opening_id == opening_id
        )
    )


def _kept(session: Session, run: MatchRun, row: Proposal) -> Mark:
    """How this pair is kept: one that was forced stays forced, with its reason."""
    force = session.get(MatchForce, (run.id, row.participant_id))
    return Mark.FORCED if force is not None and force.opening_id == row.opening_id else Mark.LOCKED


def _ban(session: Session, run: MatchRun, participant_id: int, opening_id: int) -> MatchBan | None:
    return session.get(MatchBan, (run.id, participant_id, opening_id))
