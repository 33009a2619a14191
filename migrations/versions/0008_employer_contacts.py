"""talks with employers, and when to come back to them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employer_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "call",
                "visit",
                "mail",
                "meeting",
                "thanks",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("not_now", sa.Boolean(), nullable=False),
        sa.Column("follow_up_done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("follow_up_on IS NULL OR follow_up_on >= day", name=op.f("ck_employer_contact_follow_up")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_employer_contact_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "employer_id"],
            ["employer.program_id", "employer.id"],
            name=op.f("fk_employer_contact_program_id_employer_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_employer_contact_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_contact")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_employer_contact_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_employer_contact_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("employer_contact", schema=None) as batch_op:
        batch_op.create_index(
            "ix_employer_contact_due",
            ["program_id", "follow_up_on"],
            unique=False,
            sqlite_where=sa.text("follow_up_on IS NOT NULL AND follow_up_done_at IS NULL AND archived_at IS NULL"),
            postgresql_where=sa.text("follow_up_on IS NOT NULL AND follow_up_done_at IS NULL AND archived_at IS NULL"),
        )
        batch_op.create_index("ix_employer_contact_list", ["employer_id", "day", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("employer_contact", schema=None) as batch_op:
        batch_op.drop_index("ix_employer_contact_list")
        batch_op.drop_index(
            "ix_employer_contact_due",
            sqlite_where=sa.text("follow_up_on IS NOT NULL AND follow_up_done_at IS NULL AND archived_at IS NULL"),
            postgresql_where=sa.text("follow_up_on IS NOT NULL AND follow_up_done_at IS NULL AND archived_at IS NULL"),
        )

    op.drop_table("employer_contact")
