"""Asking how it goes, in each quarter after the exit. "Not reached" is an answer, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from placement.domain.enrollments import FOLLOW_UPS, MOST_MONEY, Reached, follow_up_quarter
from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.words import say
from placement.models.enrollments.enrollment import FollowUp
from placement.policy.actor import Actor
from placement.usecases.effects.enrollments import keep_follow_up, locked_enrollment, written
from placement.usecases.effects.log import audit
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class FollowUpValues:
    """``employed``: in paid work at some time in that quarter; ``earnings``: gross, of the whole quarter.

    None: unknown. Both are unknown unless somebody was reached.
    """

    asked_on: date
    reached: Reached
    employed: bool | None = None
    earnings: float | None = None


def write_follow_up(
    work: Work, actor: Actor, enrollment: str, number: int, version: int, values: FollowUpValues
) -> None:
    """Write it down, or correct it; ``version`` 0: there was none when the form was opened.

    Raises NotFound, Forbidden, Stale and Refused with the field's name.
    """
    if number not in FOLLOW_UPS:
        raise NotFound
    with work.transaction() as session:
        row = locked_enrollment(session, actor, enrollment)
        if row.exited_on is None:
            raise NotFound
        _check(work, actor, follow_up_quarter(row.exited_on, number).first, values)
        known = values.reached is Reached.REACHED
        columns = {
            "asked_on": values.asked_on, "reached": values.reached,
            "employed": values.employed if known else None,
            "earnings": values.earnings if known and values.employed else None,
        }  # fmt: skip
        found = session.scalar(select(FollowUp).where(FollowUp.enrollment_id == row.id, FollowUp.number == number))
        if found is None:
            found = FollowUp(
                program_id=row.program_id, participant_id=row.participant_id, enrollment_id=row.id, number=number,
                by_account_id=actor.account_id, created_at=work.clock(), **columns,
            )  # fmt: skip
            session.add(found)
        elif version == 0:
            raise Stale(found.version, {name: getattr(found, name) for name in columns})
        else:
            check_version(found, version, {name: getattr(found, name) for name in columns})
            written(found, columns)
        keep_follow_up(session, row)
        audit(
            session, work, actor, "follow_ups.write", "follow_up", found.id, participant_id=row.participant_id,
            number=number,
        )  # fmt: skip


def _check(work: Work, actor: Actor, first: date, values: FollowUpValues) -> None:
    if values.asked_on > actor.today(work.clock()):
        raise Refused(say("This day has not come yet."), "asked_on")
    if values.asked_on < first:
        raise Refused(say("That quarter had not begun on this day."), "asked_on")
    if values.earnings is not None and not 0 <= values.earnings <= MOST_MONEY:
        raise Refused(say("Please enter a number up to %(most)s, or leave it empty.", most=MOST_MONEY), "earnings")
