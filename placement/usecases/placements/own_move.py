"""A participant pauses, goes on with or ends their own placement. No reason is asked, and none is kept."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.notices import NoticeKind
from placement.domain.placement_moves import is_final, next_state, own_moves
from placement.domain.placements import Move
from placement.domain.words import say
from placement.models.notices.notice import Notice
from placement.models.placements.placement import Placement, PlacementMove
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.effects.pauses import bring_back, cancel_ahead
from placement.usecases.effects.placement_ends import end_placement
from placement.usecases.effects.placements import change_state, locked_placement
from placement.usecases.transaction import Work


def own_move(work: Work, actor: Actor, public_id: str, move: Move) -> None:
    """Make the move today; coordinators and those who look after the participant are told.

    Done already, it changes nothing. Raises NotFound, Forbidden for anybody else, and Refused where this state does
    not allow it, or somebody else paused the placement.
    """
    with work.transaction() as session:
        row = locked_placement(session, actor, public_id)
        ensure(actor, Permission.PLACEMENT_OWN_MOVE, Facts(row.program_id, row.participant_id))
        if move not in own_moves(row.state):
            if _done_already(session, actor, row, move):
                return
            raise Refused(say("This is not possible any more. Please ask your program."))
        if move is Move.RESUME and not _paused_it(session, actor, row):
            raise Refused(say("Your program has paused it. Please ask them."))
        was, to, today = row.state, next_state(row.state, move), actor.today(work.clock())
        change_state(session, work, actor, row, to, "")
        row.version += 1
        if move is Move.PAUSE:
            cancel_ahead(session, work, actor, row)
        elif move is Move.RESUME:
            bring_back(session, work, actor, row)
        elif is_final(to):
            end_placement(session, work, actor, row, was, today, today)
        _tell(session, work, actor, row, move)
        audit(session, work, actor, "placements.own_move", "placement", row.id, move=move.value, state=to.value)


def _last(session: Session, row: Placement) -> PlacementMove | None:
    return session.scalar(
        select(PlacementMove).where(PlacementMove.placement_id == row.id).order_by(PlacementMove.id.desc()).limit(1)
    )


def _paused_it(session: Session, actor: Actor, row: Placement) -> bool:
    last = _last(session, row)
    return last is not None and last.by_account_id == actor.account_id


def _done_already(session: Session, actor: Actor, row: Placement, move: Move) -> bool:
    """A second tap on the same button: the last change was this one, by them."""
    last = _last(session, row)
    if last is None or last.by_account_id != actor.account_id or last.from_state is None:
        return False
    return move in own_moves(last.from_state) and next_state(last.from_state, move) is row.state


def _tell(session: Session, work: Work, actor: Actor, row: Placement, move: Move) -> None:
    """Going on again needs nobody's care; it settles the word about the pause."""
    if move is Move.RESUME:
        session.execute(
            update(Notice)
            .where(
                Notice.placement_id == row.id,
                Notice.kind == NoticeKind.PLACEMENT_PAUSED,
                Notice.done_at.is_(None),
            )
            .values(done_at=work.clock(), version=Notice.version + 1)
        )
        return
    raise_notice(
        session,
        work,
        kind=NoticeKind.PLACEMENT_PAUSED if move is Move.PAUSE else NoticeKind.PLACEMENT_ENDED,
        participant_id=row.participant_id,
        program_id=row.program_id,
        placement_id=row.id,
        from_account_id=actor.account_id,
    )
