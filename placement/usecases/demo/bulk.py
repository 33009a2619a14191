"""The history of one invented placement, written at once: what plan and feedback would have written one by one.

A test proves both ways equal at small size. Summaries and milestones come from the same rules in both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from placement.domain.occasions import OccasionKind
from placement.domain.roles import Role
from placement.domain.shifts import Attendance, PlannedTime, instants, worked_minutes
from placement.domain.story import Sent, Turn
from placement.domain.support import NotTodayReason
from placement.models.base import new_public_id
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.feedback.observation import Feedback, Observation
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.progress import refresh_everything
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Keys:
    """Ids of what the story names: rater by person, task by catalog key, level by rank; role of each rater."""

    raters: Mapping[str, int]
    roles: Mapping[str, Role]
    tasks: Mapping[str, int]
    levels: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Stay:
    placement_id: int
    program_id: int
    participant_id: int
    site_id: int
    zone: str


def write_history(
    work: Work, actor: Actor, placement: str, planned_at: datetime, turns: Sequence[Turn], keys: Keys
) -> None:
    """Insert the shifts of a placement (public id) with their feedback. ``planned_at``: when they were planned."""
    with work.transaction() as session:
        stay = _stay(session, placement)
        ensure(actor, Permission.SHIFT_PLAN, Facts(stay.program_id, stay.participant_id, stay.site_id))
        _insert_occasions(session, stay, planned_at, turns)
        ids = _occasion_ids(session, stay, turns)
        session.execute(insert(Shift), [_shift(stay, ids[turn.day], turn, keys) for turn in turns])
        sent = [(ids[turn.day], one) for turn in turns for one in turn.feedback]
        if sent:
            session.execute(insert(Feedback), [_feedback(stay, key, one, keys) for key, one in sent])
        rated = [row for key, one in sent for row in _observations(stay, key, one, keys)]
        if rated:
            session.execute(insert(Observation), rated)
        refresh_everything(session, work, actor, stay.participant_id)


def _stay(session: Session, placement: str) -> _Stay:
    row = session.execute(
        select(Placement.id, Placement.program_id, Placement.participant_id, Opening.site_id, Site.zone)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .where(Placement.public_id == placement)
    ).one()
    return _Stay(*row)


def _planned(stay: _Stay, turn: Turn) -> tuple[datetime, datetime]:
    return instants(PlannedTime(turn.day, turn.start, turn.end, stay.zone))


def _insert_occasions(session: Session, stay: _Stay, planned_at: datetime, turns: Sequence[Turn]) -> None:
    rows = []
    for turn in turns:
        starts_at, ends_at = _planned(stay, turn)
        rows.append(
            {
                "public_id": new_public_id(),
                "program_id": stay.program_id,
                "participant_id": stay.participant_id,
                "kind": OccasionKind.SHIFT,
                "starts_at": starts_at,
                "ends_at": ends_at,
                "zone": stay.zone,
                "local_day": turn.day,
                "attendance": attendance_of(turn),
                "created_at": planned_at,
            }
        )
    session.execute(insert(Occasion), rows)


def _occasion_ids(session: Session, stay: _Stay, turns: Sequence[Turn]) -> dict[date, int]:
    rows = session.execute(
        select(Occasion.local_day, Occasion.id).where(
            Occasion.participant_id == stay.participant_id,
            Occasion.starts_at >= min(_planned(stay, turn)[0] for turn in turns),
        )
    )
    return dict(rows.all())


def attendance_of(turn: Turn) -> Attendance:
    """Where the shift stands after everything that was said about it."""
    if turn.attendance is not None:
        return turn.attendance
    for sent in turn.feedback:
        if sent.attendance is not None:
            return sent.attendance
        if any(rated.rank is not None for rated in sent.ratings):
            return Attendance.HERE
    return Attendance.UNKNOWN


def _shift(stay: _Stay, key: int, turn: Turn, keys: Keys) -> dict[str, Any]:
    starts_at, ends_at = _planned(stay, turn)
    attendance = attendance_of(turn)
    minutes = worked_minutes(attendance, int((ends_at - starts_at).total_seconds() // 60), None, None)
    said_by = None
    if turn.attendance is not None:
        said_by = Role.COORDINATOR
    elif attendance is not Attendance.UNKNOWN:
        said_by = keys.roles[turn.feedback[0].rater]
    owed = not turn.feedback and attendance in (Attendance.UNKNOWN, Attendance.HERE)
    return {
        "id": key,
        "program_id": stay.program_id,
        "placement_id": stay.placement_id,
        "site_id": stay.site_id,
        "day": turn.day,
        "start": turn.start,
        "end": turn.end,
        "agreed_day": turn.day,
        "minutes": minutes,
        "attendance_by": said_by,
        "feedback_due_at": ends_at if owed else None,
    }


def _feedback(stay: _Stay, occasion_id: int, sent: Sent, keys: Keys) -> dict[str, Any]:
    return {
        "public_id": new_public_id(),
        "program_id": stay.program_id,
        "occasion_id": occasion_id,
        "rater_id": keys.raters[sent.rater],
        "created_at": sent.at,
        "sent_at": sent.at,
        "released_at": sent.at if sent.went_well or sent.try_next else None,
        "went_well": sent.went_well,
        "try_next": sent.try_next,
        "note": sent.note,
    }


def _observations(stay: _Stay, occasion_id: int, sent: Sent, keys: Keys) -> list[dict[str, Any]]:
    return [
        {
            "public_id": new_public_id(),
            "program_id": stay.program_id,
            "occasion_id": occasion_id,
            "participant_id": stay.participant_id,
            "task_id": keys.tasks[rated.task],
            "rater_id": keys.raters[sent.rater],
            "level_id": None if rated.rank is None else keys.levels[rated.rank],
            "rank": rated.rank,
            "not_today": None if rated.rank is not None else rated.not_today or NotTodayReason.UNSAID,
            "created_at": sent.at,
        }
        for rated in sent.ratings
    ]
