"""the start gate: a program's checklist, what was written down for a placement, and the papers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "kinds", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="[]", nullable=False
        ),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_check_item_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_item")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_check_item_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_item_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("check_item", schema=None) as batch_op:
        batch_op.create_index("ix_check_item_list", ["program_id", "id"], unique=False)

    op.create_table(
        "check_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_by", sa.String(length=120), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("expires_on IS NULL OR expires_on >= done_on", name=op.f("ck_check_entry_expires")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_check_entry_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "item_id"],
            ["check_item.program_id", "check_item.id"],
            name=op.f("fk_check_entry_program_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_check_entry_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_check_entry_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_entry")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_check_entry_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_entry_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("check_entry", schema=None) as batch_op:
        batch_op.create_index("ix_check_entry_expires", ["program_id", "expires_on"], unique=False)
        batch_op.create_index(
            "uq_check_entry_live",
            ["placement_id", "item_id"],
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.create_table(
        "check_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "application/pdf",
                "image/jpeg",
                "image/png",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "entry_id"],
            ["check_entry.program_id", "check_entry.id"],
            name=op.f("fk_check_file_program_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_check_file_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_file")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_check_file_entry_id")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_check_file_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_file_public_id")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("check_file")
    with op.batch_alter_table("check_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_check_entry_live",
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )
        batch_op.drop_index("ix_check_entry_expires")

    op.drop_table("check_entry")
    with op.batch_alter_table("check_item", schema=None) as batch_op:
        batch_op.drop_index("ix_check_item_list")

    op.drop_table("check_item")
