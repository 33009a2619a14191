"""An opening is found by its role, employer and city: when one of them changes, so does its sort key."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from placement.domain.employers import opening_key
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening


def refresh_opening_keys(session: Session, where: ColumnElement[bool]) -> None:
    """Write the sort keys of the openings for which ``where`` (about Employer or Site) holds."""
    session.flush()
    rows = session.execute(
        select(Opening.id, Opening.role, Opening.sort_key, Employer.name, Site.city)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(where)
    ).all()
    changed = [
        {"id": key, "sort_key": wanted}
        for key, role, stored, employer, city in rows
        if (wanted := opening_key(role, employer, city)) != stored
    ]
    if changed:
        session.execute(update(Opening), changed)
