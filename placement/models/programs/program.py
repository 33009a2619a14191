from __future__ import annotations

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from placement.extensions import Base
from placement.models.base import Archived, Created, IntPk, Owned, PublicId, Versioned, Words, table


class Program(PublicId, Created, Archived, Versioned, Base):
    """One program: the tenant every other row belongs to."""

    __tablename__ = "program"
    __table_args__ = table()

    id: Mapped[IntPk]
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(8))
    #: ISO 3166 alpha-2; chooses the country's emergency numbers.
    country: Mapped[str] = mapped_column(String(2))


class HelpContact(Owned, Base):
    """The program's own lines behind "I need help now"."""

    __tablename__ = "help_contact"
    __table_args__ = table()

    id: Mapped[IntPk]
    position: Mapped[int] = mapped_column(Integer)
    label: Mapped[Words]
    phone: Mapped[str] = mapped_column(String(40))
    hours: Mapped[str] = mapped_column(Text, default="")
