from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.import_fields import ImportKind, ImportState
from placement.extensions import Base
from placement.models.base import BigId, Created, IntPk, Json, Owned, PublicId, choice, owned


class Upload(PublicId, Owned, Created, Base):
    """A table somebody brought in. Its rows are removed once they are in; what they made stays listed by key."""

    __tablename__ = "upload"
    __table_args__ = owned(
        Index("ix_upload_list", "program_id", "id"),
        CheckConstraint("done >= 0", name="done"),
    )

    id: Mapped[IntPk]
    kind: Mapped[ImportKind] = mapped_column(choice(ImportKind, "kind"))
    state: Mapped[ImportState] = mapped_column(choice(ImportState, "state"), default=ImportState.DRAFT)
    file_name: Mapped[str] = mapped_column(String(120))
    header: Mapped[list[str]] = mapped_column(Json)
    rows: Mapped[list[list[str]]] = mapped_column(Json)
    #: Field → column.
    mapping: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    #: Numbers of the rows that go in, in order.
    chosen: Mapped[list[int]] = mapped_column(Json, default=list)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    #: Table → keys of the rows it made.
    made: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    #: How many of them were in use when it was taken back, and stayed.
    kept: Mapped[int] = mapped_column(default=0)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
