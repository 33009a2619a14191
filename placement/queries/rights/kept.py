"""What an erasure of somebody's record would leave today."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from placement.domain.retention import ACCIDENT_YEARS, TREATMENT_YEARS, Kept, still_kept, years_after
from placement.models.notices.notice import Incident
from placement.models.sessions.one_to_one import OneToOne, SessionNote


def kept_of(db: Session, participant_id: int, today: date) -> Kept:
    """Treatment records count from the last session. Two statements."""
    row = db.execute(
        select(
            func.count(OneToOne.id.distinct()).label("sessions"),
            func.count(SessionNote.id).label("notes"),
            func.max(OneToOne.day).label("last"),
        )
        .outerjoin(SessionNote, SessionNote.session_id == OneToOne.id)
        .where(
            OneToOne.participant_id == participant_id,
            or_(OneToOne.summary_sealed.is_not(None), SessionNote.id.is_not(None)),
        )
    ).one()
    accidents, latest = db.execute(
        select(func.count(Incident.id), func.max(Incident.happened_at)).where(
            Incident.participant_id == participant_id, Incident.happened_at >= accidents_since(today)
        )
    ).one()
    treated = still_kept(row.last, TREATMENT_YEARS, today)
    ends = [years_after(row.last, TREATMENT_YEARS)] if treated else []
    if accidents:
        ends.append(years_after(latest.date(), ACCIDENT_YEARS))
    return Kept(row.sessions if treated else 0, row.notes if treated else 0, accidents, max(ends) if ends else None)


def accidents_since(today: date) -> datetime:
    """Accidents before are no longer kept."""
    return datetime.combine(years_after(today, -ACCIDENT_YEARS), time(), UTC)
