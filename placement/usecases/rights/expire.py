"""What the law kept of people who were forgotten goes when its years are over."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from placement.models.participants.participant import Participant
from placement.usecases.effects.erasure import GONE, forget_what_is_over
from placement.usecases.transaction import Work


def keep_no_longer(work: Work) -> int:
    """Remove it, each person in a transaction of their own; of how many people nothing stays any more.

    Their name stays as long as anything does, so it tells whose turn it is. A record brought back is left alone.
    """
    # A day later anywhere in the world is soon enough, a day earlier is not.
    today = (work.clock() - timedelta(days=1)).date()
    wanted = select(Participant.id).where(
        Participant.erased_at.is_not(None), Participant.archived_at.is_not(None), Participant.preferred_name != GONE
    )
    with work.transaction() as session:
        keys = list(session.scalars(wanted))
    done = 0
    for key in keys:
        with work.transaction() as session:
            person = session.get_one(Participant, key, with_for_update=True)
            done += not forget_what_is_over(session, work, person, today)
    return done
