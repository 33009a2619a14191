"""the matching workbench: background runs, forced pairs, what a proposal shares, suggestions, travel times"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: Table, column → values before and after.
CHOICES = {
    ("job", "kind"): (("mail_welcome",), ("mail_welcome", "solve_matching")),
    ("match_run", "state"): (
        ("draft", "confirmed", "discarded"),
        ("solving", "draft", "confirmed", "discarded", "failed"),
    ),
    ("proposal", "mark"): (("free", "locked"), ("free", "locked", "forced")),
    ("placement", "answer"): (("yes", "not_now", "no"), ("yes", "not_now", "talk_first", "no")),
}


def _allow(values: int) -> None:
    """The values before (0) or after (1) this step."""
    for (table, column), choices in CHOICES.items():
        name = op.f(f"ck_{table}_{column}")
        listed = ", ".join(f"'{value}'" for value in choices[values])
        with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
            batch_op.drop_constraint(name, type_="check")
            batch_op.create_check_constraint(name, f"{column} IN ({listed})")


def _forget() -> None:
    """What the values before this step cannot say becomes what is nearest."""
    op.execute("UPDATE match_run SET state = 'discarded' WHERE state IN ('solving', 'failed')")
    op.execute("UPDATE proposal SET mark = 'locked' WHERE mark = 'forced'")
    op.execute("UPDATE placement SET answer = 'not_now' WHERE answer = 'talk_first'")
    op.execute("DELETE FROM job WHERE kind = 'solve_matching'")


def upgrade() -> None:
    op.create_table(
        "task_trait",
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("trait_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_task_trait_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "trait_id"], ["trait.program_id", "trait.id"], name=op.f("fk_task_trait_program_id_trait_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_task_trait_program_id")),
        sa.PrimaryKeyConstraint("task_id", "trait_id", name=op.f("pk_task_trait")),
    )
    op.create_table(
        "travel_minutes",
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_travel_minutes_minutes")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_travel_minutes_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "site_id"], ["site.program_id", "site.id"], name=op.f("fk_travel_minutes_program_id_site_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_travel_minutes_program_id")),
        sa.PrimaryKeyConstraint("participant_id", "site_id", name=op.f("pk_travel_minutes")),
    )
    op.create_table(
        "match_force",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "opening_id"],
            ["opening.program_id", "opening.id"],
            name=op.f("fk_match_force_program_id_opening_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_match_force_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "run_id"],
            ["match_run.program_id", "match_run.id"],
            name=op.f("fk_match_force_program_id_run_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_match_force_program_id")),
        sa.PrimaryKeyConstraint("run_id", "participant_id", name=op.f("pk_match_force")),
    )
    op.create_table(
        "opening_rank",
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_opening_rank_rank")),
        sa.ForeignKeyConstraint(
            ["program_id", "opening_id"],
            ["opening.program_id", "opening.id"],
            name=op.f("fk_opening_rank_program_id_opening_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_opening_rank_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_opening_rank_program_id")),
        sa.PrimaryKeyConstraint("opening_id", "participant_id", name=op.f("pk_opening_rank")),
    )
    op.create_table(
        "profile_suggestion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("trait_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_level", sa.Integer(), nullable=True),
        sa.Column("to_level", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "open", "accepted", "refused", name="decision", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(participant_id IS NULL) <> (opening_id IS NULL)", name=op.f("ck_profile_suggestion_about_one")
        ),
        sa.CheckConstraint("from_level BETWEEN 0 AND 5", name=op.f("ck_profile_suggestion_from_level")),
        sa.CheckConstraint("to_level BETWEEN 0 AND 5", name=op.f("ck_profile_suggestion_to_level")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_profile_suggestion_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "opening_id"],
            ["opening.program_id", "opening.id"],
            name=op.f("fk_profile_suggestion_program_id_opening_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_profile_suggestion_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "trait_id"],
            ["trait.program_id", "trait.id"],
            name=op.f("fk_profile_suggestion_program_id_trait_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_profile_suggestion_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_suggestion")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_profile_suggestion_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_profile_suggestion_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("profile_suggestion", schema=None) as batch_op:
        batch_op.create_index(
            "ix_profile_suggestion_open",
            ["program_id", "id"],
            unique=False,
            sqlite_where=sa.text("decision = 'open'"),
            postgresql_where=sa.text("decision = 'open'"),
        )
        batch_op.create_index(batch_op.f("ix_profile_suggestion_opening_id"), ["opening_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_profile_suggestion_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(
            "uq_profile_suggestion_ability",
            ["participant_id", "trait_id"],
            unique=True,
            sqlite_where=sa.text("decision = 'open' AND opening_id IS NULL"),
            postgresql_where=sa.text("decision = 'open' AND opening_id IS NULL"),
        )
        batch_op.create_index(
            "uq_profile_suggestion_requirement",
            ["opening_id", "trait_id"],
            unique=True,
            sqlite_where=sa.text("decision = 'open' AND participant_id IS NULL"),
            postgresql_where=sa.text("decision = 'open' AND participant_id IS NULL"),
        )

    with op.batch_alter_table("match_run", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(
            sa.Column("from_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("progress", sa.Integer(), server_default="100", nullable=False))
        batch_op.add_column(sa.Column("worst_fit", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("failure", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True)
        )
        batch_op.create_check_constraint(op.f("ck_match_run_progress"), "progress BETWEEN 0 AND 100")
        batch_op.create_foreign_key(
            batch_op.f("fk_match_run_program_id_from_run_id"),
            "match_run",
            ["program_id", "from_run_id"],
            ["program_id", "id"],
        )

    with op.batch_alter_table("placement", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(
            sa.Column(
                "shared", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="[]", nullable=False
            )
        )
        batch_op.add_column(sa.Column("likes", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("worries", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("force_reason", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("proposal", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("weakest", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("contested", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("km", sa.Double(), nullable=True))

    _allow(1)


def downgrade() -> None:
    _forget()
    _allow(0)
    with op.batch_alter_table("proposal", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("km")
        batch_op.drop_column("contested")
        batch_op.drop_column("weakest")

    with op.batch_alter_table("placement", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("force_reason")
        batch_op.drop_column("worries")
        batch_op.drop_column("likes")
        batch_op.drop_column("shared")

    with op.batch_alter_table("match_run", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_match_run_program_id_from_run_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_match_run_progress"), type_="check")
        batch_op.drop_column("failure")
        batch_op.drop_column("worst_fit")
        batch_op.drop_column("progress")
        batch_op.drop_column("from_run_id")

    with op.batch_alter_table("profile_suggestion", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_profile_suggestion_requirement",
            sqlite_where=sa.text("decision = 'open' AND participant_id IS NULL"),
            postgresql_where=sa.text("decision = 'open' AND participant_id IS NULL"),
        )
        batch_op.drop_index(
            "uq_profile_suggestion_ability",
            sqlite_where=sa.text("decision = 'open' AND opening_id IS NULL"),
            postgresql_where=sa.text("decision = 'open' AND opening_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_profile_suggestion_participant_id"))
        batch_op.drop_index(batch_op.f("ix_profile_suggestion_opening_id"))
        batch_op.drop_index(
            "ix_profile_suggestion_open",
            sqlite_where=sa.text("decision = 'open'"),
            postgresql_where=sa.text("decision = 'open'"),
        )

    op.drop_table("profile_suggestion")
    op.drop_table("opening_rank")
    op.drop_table("match_force")
    op.drop_table("travel_minutes")
    op.drop_table("task_trait")
