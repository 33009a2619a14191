"""Column types and the columns that many tables share."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    String,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from placement.domain import week

#: SQLite only numbers INTEGER keys by itself.
BigId = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB(), "postgresql")

#: Catalog wording: locale → text.
Words = Annotated[dict[str, str], mapped_column(Json)]
IntPk = Annotated[int, mapped_column(BigId, primary_key=True)]


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, always aware and in UTC. SQLite would hand back naive values."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WeekMask(TypeDecorator[int]):
    """A week in quarter-hours: 672 bits (see ``domain.week``), stored as 84 bytes."""

    impl = LargeBinary(84)
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> bytes | None:
        return None if value is None else week.to_bytes(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> int | None:
        return None if value is None else week.from_bytes(value)


def choice(enum: type[StrEnum], name: str) -> SqlEnum:
    """A domain enum as text, check-constrained. ``name`` becomes part of the constraint's name."""
    return SqlEnum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=_values,
        validate_strings=True,
    )


def _values(enum: type[Enum]) -> list[Any]:
    return [member.value for member in enum]


def new_public_id() -> str:
    """What stands in URLs: 96 random bits, never the key."""
    return secrets.token_urlsafe(12)


def table(*items: SchemaItem) -> tuple[SchemaItem | dict[str, Any], ...]:
    """``__table_args__`` with AUTOINCREMENT, so that SQLite never gives an id twice."""
    return (*items, {"sqlite_autoincrement": True})


def owned(*items: SchemaItem) -> tuple[SchemaItem | dict[str, Any], ...]:
    """``__table_args__`` of a table that others point to together with their program."""
    return table(UniqueConstraint("program_id", "id"), *items)


def points_to(parent: str, column: str | None = None, key: str = "id") -> ForeignKeyConstraint:
    """A foreign key that holds the program too, so that no row can point into another program."""
    own = column or f"{parent}_id"
    return ForeignKeyConstraint(["program_id", own], [f"{parent}.program_id", f"{parent}.{key}"])


class PublicId:
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_public_id)


class Owned:
    program_id: Mapped[int] = mapped_column(BigId, ForeignKey("program.id"))


class Created:
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Archived:
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Versioned:
    """A lock for what two people may edit; use cases compare and raise it."""

    version: Mapped[int] = mapped_column(Integer, default=1)
