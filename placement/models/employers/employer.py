from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Float, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    Created,
    IntPk,
    Owned,
    PublicId,
    Versioned,
    WeekMask,
    owned,
    points_to,
)

FROM_SOURCE = text("source_ref IS NOT NULL")


class Employer(PublicId, Owned, Created, Archived, Versioned, Base):
    __tablename__ = "employer"
    __table_args__ = owned(Index("ix_employer_list", "program_id", "sort_key", "id"))

    id: Mapped[IntPk]
    name: Mapped[str] = mapped_column(String(160))
    sort_key: Mapped[str] = mapped_column(String(200))
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class Site(PublicId, Owned, Created, Archived, Versioned, Base):
    """One shop of an employer."""

    __tablename__ = "site"
    __table_args__ = owned(
        points_to("employer"),
        Index("ix_site_list", "program_id", "sort_key", "id"),
        Index(
            "uq_site_source",
            "program_id",
            "source_ref",
            unique=True,
            sqlite_where=FROM_SOURCE,
            postgresql_where=FROM_SOURCE,
        ),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="position"),
    )

    id: Mapped[IntPk]
    employer_id: Mapped[int] = mapped_column(BigId, index=True)
    name: Mapped[str] = mapped_column(String(160))
    #: Accent-folded "name city".
    sort_key: Mapped[str] = mapped_column(String(300))
    street: Mapped[str] = mapped_column(String(160), default="")
    postcode: Mapped[str] = mapped_column(String(16), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    #: False: somebody should look the address up.
    address_complete: Mapped[bool] = mapped_column(default=True)
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    zone: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(40), default="")
    #: Whose public holidays count: ISO 3166 country, or country-region ("DE-BE"); "": the program's country.
    holiday_region: Mapped[str] = mapped_column(String(12), default="", server_default="")
    #: As it was given, e.g. in OpenStreetMap's notation; the week beside it is what could be read of it.
    opening_hours: Mapped[str] = mapped_column(Text, default="")
    opening_week: Mapped[int | None] = mapped_column(WeekMask)
    #: Stable reference in an imported source, e.g. "osm:node/1"; importing twice adds nothing.
    source_ref: Mapped[str | None] = mapped_column(String(80))


class SiteSupervisor(Owned, Base):
    """Who may rate shifts at a site, from one day to another."""

    __tablename__ = "site_supervisor"
    __table_args__ = (points_to("site"), points_to("rater"), Index("ix_site_supervisor_rater", "rater_id"))

    site_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    rater_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
