"""One kind of mail ends, or comes again, without signing in: whoever holds the signed address is believed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.notices import NoticeKind
from placement.domain.stop_mails import ACCOUNT, Stop
from placement.models.accounts.account import Account
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.transaction import Work


def stop_mails(work: Work, stop: Stop, again: bool = False) -> None:
    """End mails of this kind, or send them again. Twice changes nothing. Raises NotFound for who has left.

    Somebody without an account ends all of theirs, and the coordinator hears of it: who is to be asked now?
    """
    with work.transaction() as session:
        if stop.reader == ACCOUNT:
            _account(session, work, stop, again)
        else:
            _rater(session, work, stop, again)


def _account(session: Session, work: Work, stop: Stop, again: bool) -> None:
    account = session.scalar(
        select(Account).where(Account.public_id == stop.public_id, Account.archived_at.is_(None)).with_for_update()
    )
    if account is None:
        raise NotFound
    off = set(account.mails_off)
    wanted = off - {stop.kind} if again else off | {stop.kind}
    if wanted != off:
        account.mails_off = sorted(wanted)
        audit(session, work, System(), _action(again), "account", account.id, kind=stop.kind.value)


def _rater(session: Session, work: Work, stop: Stop, again: bool) -> None:
    rater = session.scalar(
        select(Rater)
        .where(Rater.public_id == stop.public_id, Rater.account_id.is_(None), Rater.archived_at.is_(None))
        .with_for_update()
    )
    if rater is None:
        raise NotFound
    if (rater.mails_off_at is None) is again:
        return
    rater.mails_off_at = None if again else work.clock()
    audit(session, work, System(rater.program_id), _action(again), "rater", rater.id)
    if not again:
        _tell_coordinator(session, work, rater)


def _tell_coordinator(session: Session, work: Work, rater: Rater) -> None:
    placement = session.scalar(
        select(Placement)
        .join(RaterLink, RaterLink.placement_id == Placement.id)
        .where(RaterLink.rater_id == rater.id)
        .order_by(RaterLink.id.desc())
        .limit(1)
    )
    if placement is not None:
        raise_notice(
            session,
            work,
            kind=NoticeKind.NO_MAILS,
            participant_id=placement.participant_id,
            program_id=rater.program_id,
            placement_id=placement.id,
            rater_id=rater.id,
        )


def _action(again: bool) -> str:
    return "mails.again" if again else "mails.stop"
