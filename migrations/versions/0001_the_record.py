"""the record"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: Rows here are only ever added (see placement/models/triggers.py).
APPEND_ONLY = ("audit", "access_log", "seal")


def _triggers() -> None:
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        if dialect == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER tr_{table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE OR REPLACE FUNCTION fn_{table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
            )
            op.execute(
                f"CREATE TRIGGER tr_{table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION fn_{table}_append_only()"
            )


def _drop_functions() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION IF EXISTS fn_{table}_append_only() CASCADE")


def upgrade() -> None:
    op.create_table(
        "access_log",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.create_index("ix_access_log_person", ["participant_id", "at"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sort_key", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=False),
        sa.Column("runs_site", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("public_id", name=op.f("uq_account_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(
            "uq_account_live_email",
            ["email_key"],
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("detail", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject", ["program_id", "subject", "subject_id"], unique=False)

    op.create_table(
        "idempotency_key",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_key")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_idempotency_key_account_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("mail_welcome", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("refs", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("run_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=80), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("public_id", name=op.f("uq_job_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_waiting",
            ["run_after"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        )

    op.create_table(
        "program",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
        sa.UniqueConstraint("public_id", name=op.f("uq_program_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "seal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("log", sa.String(length=20), nullable=False),
        sa.Column("last_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("marks", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("seal", schema=None) as batch_op:
        batch_op.create_index("uq_seal_end", ["log", "last_id"], unique=True)

    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("who_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempt_who", ["who_hash", "at"], unique=False)

    op.create_table(
        "accommodation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_accommodation_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodation")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_accommodation_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accommodation_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("accommodation", schema=None) as batch_op:
        batch_op.create_index(
            "uq_accommodation_live_key",
            ["program_id", "key"],
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.create_table(
        "account_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("set_password", name="purpose", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_link_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_account_link_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_link_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("account_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_link_account_id"), ["account_id"], unique=False)

    op.create_table(
        "employer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("contact_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_employer_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_employer_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_employer_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("employer", schema=None) as batch_op:
        batch_op.create_index("ix_employer_list", ["program_id", "sort_key", "id"], unique=False)

    op.create_table(
        "help_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_help_contact_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_contact")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "match_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "confirmed", "discarded", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("problem", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("total_fit", sa.Integer(), nullable=False),
        sa.Column("proved_best", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_match_run_created_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_match_run_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_match_run_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_run_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.create_index("ix_match_run_list", ["program_id", "created_at", "id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "coordinator",
                "therapist",
                "coach",
                "supervisor",
                "participant",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_membership_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_membership_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_membership_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "uq_membership_live",
            ["program_id", "account_id", "role"],
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.create_table(
        "milestone_rule",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "first_alone",
                "consecutive_task",
                "consecutive_shift",
                "hours_completed",
                "shifts_completed",
                "first_week",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("occasions", sa.Integer(), nullable=False),
        sa.Column("raters", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("occasions >= 1 AND raters >= 1 AND amount >= 0", name=op.f("ck_milestone_rule_counts")),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_milestone_rule_percent")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_milestone_rule_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_rule")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_milestone_rule_program_id_id")),
        sa.UniqueConstraint("program_id", "key", "number", name=op.f("uq_milestone_rule_program_id_key_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_milestone_rule_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("preferred_name", sa.String(length=80), nullable=False),
        sa.Column("family_name", sa.String(length=80), nullable=False),
        sa.Column("sort_key", sa.String(length=170), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "active",
                "paused",
                "finished",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("emergency_name", sa.String(length=120), nullable=False),
        sa.Column("emergency_phone", sa.String(length=40), nullable=False),
        sa.Column("home_address", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column(
            "travel_mode",
            sa.Enum(
                "walk",
                "bike",
                "transit",
                "car",
                name="travel_mode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("travel_limit_km", sa.Float(), nullable=True),
        sa.Column("travel_limit_minutes", sa.Integer(), nullable=True),
        sa.Column("availability", sa.LargeBinary(84), nullable=True),
        sa.Column("weekly_hours_limit", sa.Float(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_participant_position")),
        sa.CheckConstraint("travel_limit_km >= 0 AND travel_limit_minutes >= 0", name=op.f("ck_participant_travel")),
        sa.CheckConstraint("weekly_hours_limit BETWEEN 0 AND 60", name=op.f("ck_participant_weekly_hours")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_participant_account_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_participant_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_participant_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_participant_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_participant_list", ["program_id", "sort_key", "id"], unique=False)
        batch_op.create_index("ix_participant_status", ["program_id", "status", "sort_key", "id"], unique=False)
        batch_op.create_index(
            "uq_participant_account",
            ["program_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("account_id IS NOT NULL"),
            postgresql_where=sa.text("account_id IS NOT NULL"),
        )

    op.create_table(
        "rater",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "supervisor",
                "coach",
                "therapist",
                "family",
                "self",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_rater_account_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_rater_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rater")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_rater_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rater_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("rater", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rater_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "uq_rater_account",
            ["program_id", "account_id", "kind"],
            unique=True,
            sqlite_where=sa.text("account_id IS NOT NULL AND archived_at IS NULL"),
            postgresql_where=sa.text("account_id IS NOT NULL AND archived_at IS NULL"),
        )

    op.create_table(
        "requirement_profile",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_requirement_profile_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_profile")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_requirement_profile_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_requirement_profile_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("requirement_profile", schema=None) as batch_op:
        batch_op.create_index("uq_requirement_profile_code", ["program_id", "source", "code"], unique=True)

    op.create_table(
        "session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_session_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("public_id", name=op.f("uq_session_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "support_scale",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_support_scale_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_scale")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_support_scale_program_id_id")),
        sa.UniqueConstraint("program_id", "number", name=op.f("uq_support_scale_program_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_support_scale_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "trait",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("sentence", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("low", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("high", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_trait_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trait")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_trait_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_trait_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("trait", schema=None) as batch_op:
        batch_op.create_index(
            "uq_trait_live_key",
            ["program_id", "key"],
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.create_table(
        "ability",
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("trait_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 5", name=op.f("ck_ability_level")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_ability_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "trait_id"], ["trait.program_id", "trait.id"], name=op.f("fk_ability_program_id_trait_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_ability_program_id")),
        sa.PrimaryKeyConstraint("participant_id", "trait_id", name=op.f("pk_ability")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stands_in_for_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_assignment_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_assignment_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_assignment_program_id")),
        sa.ForeignKeyConstraint(["stands_in_for_id"], ["account.id"], name=op.f("fk_assignment_stands_in_for_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_assignment_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assignment_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "employer_exclusion",
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "employer_id"],
            ["employer.program_id", "employer.id"],
            name=op.f("fk_employer_exclusion_program_id_employer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_employer_exclusion_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_employer_exclusion_program_id")),
        sa.PrimaryKeyConstraint("participant_id", "employer_id", name=op.f("pk_employer_exclusion")),
    )
    with op.batch_alter_table("employer_exclusion", schema=None) as batch_op:
        batch_op.create_index("ix_employer_exclusion_employer", ["employer_id"], unique=False)

    op.create_table(
        "employer_wish",
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "wish",
            sa.Enum("rather_not", "like", "love", name="wish", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "employer_id"],
            ["employer.program_id", "employer.id"],
            name=op.f("fk_employer_wish_program_id_employer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_employer_wish_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_employer_wish_program_id")),
        sa.PrimaryKeyConstraint("participant_id", "employer_id", name=op.f("pk_employer_wish")),
    )
    op.create_table(
        "need",
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("accommodation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "accommodation_id"],
            ["accommodation.program_id", "accommodation.id"],
            name=op.f("fk_need_program_id_accommodation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_need_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_need_program_id")),
        sa.PrimaryKeyConstraint("participant_id", "accommodation_id", name=op.f("pk_need")),
    )
    op.create_table(
        "occasion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "shift",
                "group_session",
                "one_to_one",
                "own_day",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column(
            "attendance",
            sa.Enum(
                "unknown",
                "here",
                "late",
                "absent",
                "excused",
                name="attendance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_occasion_length")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_occasion_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_occasion_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occasion")),
        sa.UniqueConstraint(
            "program_id", "id", "participant_id", name=op.f("uq_occasion_program_id_id_participant_id")
        ),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_occasion_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_occasion_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("occasion", schema=None) as batch_op:
        batch_op.create_index("ix_occasion_day", ["program_id", "local_day"], unique=False)
        batch_op.create_index("ix_occasion_person", ["participant_id", "starts_at"], unique=False)

    op.create_table(
        "requirement_profile_trait",
        sa.Column("profile_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("trait_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 5", name=op.f("ck_requirement_profile_trait_level")),
        sa.CheckConstraint("weight BETWEEN 1 AND 5", name=op.f("ck_requirement_profile_trait_weight")),
        sa.ForeignKeyConstraint(
            ["program_id", "profile_id"],
            ["requirement_profile.program_id", "requirement_profile.id"],
            name=op.f("fk_requirement_profile_trait_program_id_profile_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "trait_id"],
            ["trait.program_id", "trait.id"],
            name=op.f("fk_requirement_profile_trait_program_id_trait_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_requirement_profile_trait_program_id")),
        sa.PrimaryKeyConstraint("profile_id", "trait_id", name=op.f("pk_requirement_profile_trait")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("sort_key", sa.String(length=300), nullable=False),
        sa.Column("street", sa.String(length=160), nullable=False),
        sa.Column("postcode", sa.String(length=16), nullable=False),
        sa.Column("city", sa.String(length=120), nullable=False),
        sa.Column("address_complete", sa.Boolean(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("opening_hours", sa.Text(), nullable=False),
        sa.Column("opening_week", sa.LargeBinary(84), nullable=True),
        sa.Column("source_ref", sa.String(length=80), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_site_position")),
        sa.ForeignKeyConstraint(
            ["program_id", "employer_id"],
            ["employer.program_id", "employer.id"],
            name=op.f("fk_site_program_id_employer_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_site_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_site_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_site_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_site_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index("ix_site_list", ["program_id", "sort_key", "id"], unique=False)
        batch_op.create_index(
            "uq_site_source",
            ["program_id", "source_ref"],
            unique=True,
            sqlite_where=sa.text("source_ref IS NOT NULL"),
            postgresql_where=sa.text("source_ref IS NOT NULL"),
        )

    op.create_table(
        "support_level",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scale_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("rank BETWEEN 0 AND 6", name=op.f("ck_support_level_rank")),
        sa.ForeignKeyConstraint(
            ["program_id", "scale_id"],
            ["support_scale.program_id", "support_scale.id"],
            name=op.f("fk_support_level_program_id_scale_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_support_level_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_level")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_support_level_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_support_level_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("support_level", schema=None) as batch_op:
        batch_op.create_index("uq_support_level_rank", ["scale_id", "rank"], unique=True)

    op.create_table(
        "task",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("sentence", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "audience",
            sa.Enum("program", "private", name="audience", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "audience = 'program' OR participant_id IS NOT NULL", name=op.f("ck_task_private_has_person")
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_task_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_task_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_task_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_task_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(
            "uq_task_live_key",
            ["program_id", "key"],
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.create_table(
        "chart_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "new_task",
                "new_supervisor",
                "new_site",
                "coaching_step",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_chart_event_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_chart_event_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_chart_event_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chart_event")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_chart_event_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_chart_event_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("chart_event", schema=None) as batch_op:
        batch_op.create_index("ix_chart_event_person", ["participant_id", "day"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rater_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("went_well", sa.Text(), nullable=False),
        sa.Column("try_next", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "occasion_id"],
            ["occasion.program_id", "occasion.id"],
            name=op.f("fk_feedback_program_id_occasion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "rater_id"], ["rater.program_id", "rater.id"], name=op.f("fk_feedback_program_id_rater_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_feedback_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("occasion_id", "rater_id", name=op.f("uq_feedback_occasion_id_rater_id")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_feedback_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_feedback_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index("ix_feedback_rater", ["rater_id", "sent_at"], unique=False)

    op.create_table(
        "observation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rater_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column(
            "not_today",
            sa.Enum(
                "no_occasion",
                "not_wanted",
                "not_safe",
                "unsaid",
                name="not_today",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(level_id IS NULL) = (rank IS NULL)", name=op.f("ck_observation_level_has_rank")),
        sa.CheckConstraint("(rank IS NULL) = (not_today IS NOT NULL)", name=op.f("ck_observation_rank_or_reason")),
        sa.CheckConstraint("rank BETWEEN 0 AND 6", name=op.f("ck_observation_rank")),
        sa.ForeignKeyConstraint(
            ["program_id", "level_id"],
            ["support_level.program_id", "support_level.id"],
            name=op.f("fk_observation_program_id_level_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "occasion_id", "participant_id"],
            ["occasion.program_id", "occasion.id", "occasion.participant_id"],
            name="fk_observation_occasion",
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "rater_id"],
            ["rater.program_id", "rater.id"],
            name=op.f("fk_observation_program_id_rater_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "replaces_id"],
            ["observation.program_id", "observation.id"],
            name=op.f("fk_observation_program_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_observation_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_observation_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_observation_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_observation_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index("ix_observation_history", ["participant_id", "task_id", "occasion_id"], unique=False)
        batch_op.create_index(
            "uq_observation_current",
            ["occasion_id", "task_id", "rater_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )

    op.create_table(
        "opening",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("sort_key", sa.String(length=400), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "on_hold", "closed", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("filled", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("pattern", sa.LargeBinary(84), nullable=False),
        sa.Column("minimum_weekly_hours", sa.Float(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity >= 1", name=op.f("ck_opening_capacity")),
        sa.CheckConstraint("filled BETWEEN 0 AND capacity", name=op.f("ck_opening_filled")),
        sa.CheckConstraint("last_day IS NULL OR last_day >= first_day", name=op.f("ck_opening_period")),
        sa.ForeignKeyConstraint(
            ["program_id", "site_id"], ["site.program_id", "site.id"], name=op.f("fk_opening_program_id_site_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_opening_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_opening_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_opening_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.create_index("ix_opening_list", ["program_id", "sort_key", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opening_site_id"), ["site_id"], unique=False)

    op.create_table(
        "site_supervisor",
        sa.Column("site_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rater_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "rater_id"],
            ["rater.program_id", "rater.id"],
            name=op.f("fk_site_supervisor_program_id_rater_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "site_id"],
            ["site.program_id", "site.id"],
            name=op.f("fk_site_supervisor_program_id_site_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_site_supervisor_program_id")),
        sa.PrimaryKeyConstraint("site_id", "rater_id", name=op.f("pk_site_supervisor")),
    )
    with op.batch_alter_table("site_supervisor", schema=None) as batch_op:
        batch_op.create_index("ix_site_supervisor_rater", ["rater_id"], unique=False)

    op.create_table(
        "task_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_task_step_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_task_step_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_step")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_task_step_program_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("task_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_step_task_id"), ["task_id"], unique=False)

    op.create_table(
        "task_summary",
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("alone_count", sa.Integer(), nullable=False),
        sa.Column("first_rank", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_rank", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("last_occasion", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("best_rank", sa.Integer(), nullable=False),
        sa.Column("run_alone", sa.Integer(), nullable=False),
        sa.Column("best_run", sa.Integer(), nullable=False),
        sa.Column("not_since", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("none", "needs_more_help", name="verdict", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("verdict_since", sa.Date(), nullable=True),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_task_summary_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_task_summary_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_task_summary_program_id")),
        sa.PrimaryKeyConstraint("participant_id", "task_id", name=op.f("pk_task_summary")),
    )
    with op.batch_alter_table("task_summary", schema=None) as batch_op:
        batch_op.create_index(
            "ix_task_summary_slipping",
            ["program_id"],
            unique=False,
            sqlite_where=sa.text("verdict = 'needs_more_help'"),
            postgresql_where=sa.text("verdict = 'needs_more_help'"),
        )

    op.create_table(
        "task_week",
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("median", sa.Float(), nullable=False),
        sa.Column("rated", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_task_week_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_task_week_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_task_week_program_id")),
        sa.PrimaryKeyConstraint("participant_id", "task_id", "monday", name=op.f("pk_task_week")),
    )
    with op.batch_alter_table("task_week", schema=None) as batch_op:
        batch_op.create_index("ix_task_week_recent", ["participant_id", "monday"], unique=False)

    op.create_table(
        "task_wish",
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "wish",
            sa.Enum("rather_not", "like", "love", name="wish", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_task_wish_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_task_wish_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_task_wish_program_id")),
        sa.PrimaryKeyConstraint("participant_id", "task_id", name=op.f("pk_task_wish")),
    )
    op.create_table(
        "match_ban",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "opening_id"],
            ["opening.program_id", "opening.id"],
            name=op.f("fk_match_ban_program_id_opening_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_match_ban_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "run_id"],
            ["match_run.program_id", "match_run.id"],
            name=op.f("fk_match_ban_program_id_run_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_match_ban_program_id")),
        sa.PrimaryKeyConstraint("run_id", "participant_id", "opening_id", name=op.f("pk_match_ban")),
    )
    op.create_table(
        "observation_step",
        sa.Column("observation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("rank BETWEEN 0 AND 6", name=op.f("ck_observation_step_rank")),
        sa.ForeignKeyConstraint(
            ["program_id", "level_id"],
            ["support_level.program_id", "support_level.id"],
            name=op.f("fk_observation_step_program_id_level_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "observation_id"],
            ["observation.program_id", "observation.id"],
            name=op.f("fk_observation_step_program_id_observation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "step_id"],
            ["task_step.program_id", "task_step.id"],
            name=op.f("fk_observation_step_program_id_step_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_observation_step_program_id")),
        sa.PrimaryKeyConstraint("observation_id", "step_id", name=op.f("pk_observation_step")),
    )
    op.create_table(
        "opening_accommodation",
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("accommodation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "accommodation_id"],
            ["accommodation.program_id", "accommodation.id"],
            name=op.f("fk_opening_accommodation_program_id_accommodation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "opening_id"],
            ["opening.program_id", "opening.id"],
            name=op.f("fk_opening_accommodation_program_id_opening_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_opening_accommodation_program_id")),
        sa.PrimaryKeyConstraint("opening_id", "accommodation_id", name=op.f("pk_opening_accommodation")),
    )
    op.create_table(
        "opening_requirement",
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("trait_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 5", name=op.f("ck_opening_requirement_level")),
        sa.CheckConstraint("weight BETWEEN 1 AND 5", name=op.f("ck_opening_requirement_weight")),
        sa.ForeignKeyConstraint(
            ["program_id", "opening_id"],
            ["opening.program_id", "opening.id"],
            name=op.f("fk_opening_requirement_program_id_opening_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "trait_id"],
            ["trait.program_id", "trait.id"],
            name=op.f("fk_opening_requirement_program_id_trait_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_opening_requirement_program_id")),
        sa.PrimaryKeyConstraint("opening_id", "trait_id", name=op.f("pk_opening_requirement")),
    )
    op.create_table(
        "opening_task",
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "opening_id"],
            ["opening.program_id", "opening.id"],
            name=op.f("fk_opening_task_program_id_opening_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_opening_task_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_opening_task_program_id")),
        sa.PrimaryKeyConstraint("opening_id", "task_id", name=op.f("pk_opening_task")),
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "internship",
                "work_therapy",
                "graded_load",
                "own_workplace",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "offered",
                "accepted",
                "active",
                "paused",
                "completed",
                "ended_early",
                "declined",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("fit", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("pattern", sa.LargeBinary(84), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("yes", "not_now", "no", name="answer", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ask_again_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("fit BETWEEN 0 AND 10000", name=op.f("ck_placement_fit")),
        sa.CheckConstraint("last_day IS NULL OR last_day >= first_day", name=op.f("ck_placement_period")),
        sa.ForeignKeyConstraint(
            ["program_id", "opening_id"],
            ["opening.program_id", "opening.id"],
            name=op.f("fk_placement_program_id_opening_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_placement_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "run_id"],
            ["match_run.program_id", "match_run.id"],
            name=op.f("fk_placement_program_id_run_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_placement_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_placement_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_placement_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index("ix_placement_ending", ["program_id", "last_day"], unique=False)
        batch_op.create_index("ix_placement_list", ["program_id", "state", "first_day", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_opening_id"), ["opening_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(
            "uq_placement_live",
            ["opening_id", "participant_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('proposed', 'offered', 'accepted', 'active', 'paused')"),
            postgresql_where=sa.text("state IN ('proposed', 'offered', 'accepted', 'active', 'paused')"),
        )

    op.create_table(
        "proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opening_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fit", sa.Integer(), nullable=True),
        sa.Column("parts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("reason", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column(
            "mark",
            sa.Enum("free", "locked", name="mark", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("fit BETWEEN 0 AND 10000", name=op.f("ck_proposal_fit")),
        sa.ForeignKeyConstraint(
            ["program_id", "opening_id"],
            ["opening.program_id", "opening.id"],
            name=op.f("fk_proposal_program_id_opening_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_proposal_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "run_id"],
            ["match_run.program_id", "match_run.id"],
            name=op.f("fk_proposal_program_id_run_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_proposal_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_proposal_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proposal_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_opening_id"), ["opening_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index("uq_proposal_person", ["run_id", "participant_id"], unique=True)

    op.create_table(
        "milestone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_milestone_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_milestone_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "rule_id"],
            ["milestone_rule.program_id", "milestone_rule.id"],
            name=op.f("fk_milestone_program_id_rule_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_milestone_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_milestone_program_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["account.id"], name=op.f("fk_milestone_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_milestone_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_milestone_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index("ix_milestone_person", ["participant_id", "reached_at"], unique=False)
        batch_op.create_index("ix_milestone_recent", ["program_id", "reached_on"], unique=False)
        batch_op.create_index(
            "ix_milestone_untold",
            ["program_id"],
            unique=False,
            sqlite_where=sa.text("withdrawn_at IS NOT NULL AND seen_at IS NOT NULL AND told_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NOT NULL AND seen_at IS NOT NULL AND told_at IS NULL"),
        )

    op.create_table(
        "placement_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "proposed",
                "offered",
                "accepted",
                "active",
                "paused",
                "completed",
                "ended_early",
                "declined",
                "withdrawn",
                name="from_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "proposed",
                "offered",
                "accepted",
                "active",
                "paused",
                "completed",
                "ended_early",
                "declined",
                "withdrawn",
                name="to_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_placement_move_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_placement_move_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_placement_move_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_move")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_placement_move_program_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("placement_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_move_placement_id"), ["placement_id"], unique=False)

    op.create_table(
        "placement_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "first_meeting",
                "trial_shift",
                "mid_review",
                "final_review",
                "reference",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_placement_step_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_placement_step_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_step")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_placement_step_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_placement_step_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("placement_step", schema=None) as batch_op:
        batch_op.create_index("ix_placement_step_due", ["program_id", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_step_placement_id"), ["placement_id"], unique=False)

    op.create_table(
        "placement_summary",
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("minutes_worked", sa.Integer(), nullable=False),
        sa.Column("shifts_planned", sa.Integer(), nullable=False),
        sa.Column("shifts_done", sa.Integer(), nullable=False),
        sa.Column("shifts_open", sa.Integer(), nullable=False),
        sa.Column("shifts_absent", sa.Integer(), nullable=False),
        sa.Column("shifts_excused", sa.Integer(), nullable=False),
        sa.Column("first_shift_day", sa.Date(), nullable=True),
        sa.Column("last_shift_day", sa.Date(), nullable=True),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_placement_summary_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_placement_summary_program_id")),
        sa.PrimaryKeyConstraint("placement_id", name=op.f("pk_placement_summary")),
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("start_fold", sa.Integer(), nullable=False),
        sa.Column("end_fold", sa.Integer(), nullable=False),
        sa.Column("agreed_day", sa.Date(), nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actual_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actual_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column(
            "attendance_by",
            sa.Enum(
                "admin",
                "coordinator",
                "therapist",
                "coach",
                "supervisor",
                "participant",
                name="attendance_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("feedback_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("actual_end IS NULL OR actual_start IS NOT NULL", name=op.f("ck_shift_actual")),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_shift_minutes")),
        sa.ForeignKeyConstraint(
            ["program_id", "id"], ["occasion.program_id", "occasion.id"], name=op.f("fk_shift_program_id_id")
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_shift_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "site_id"], ["site.program_id", "site.id"], name=op.f("fk_shift_program_id_site_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_shift_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_shift_program_id_id")),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index(
            "ix_shift_owed",
            ["program_id", "feedback_due_at"],
            unique=False,
            sqlite_where=sa.text("feedback_due_at IS NOT NULL"),
            postgresql_where=sa.text("feedback_due_at IS NOT NULL"),
        )
        batch_op.create_index("ix_shift_placement", ["placement_id", "day"], unique=False)
        batch_op.create_index("ix_shift_site", ["site_id", "day"], unique=False)

    _triggers()


def downgrade() -> None:
    _drop_functions()
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_index("ix_shift_site")
        batch_op.drop_index("ix_shift_placement")
        batch_op.drop_index(
            "ix_shift_owed",
            sqlite_where=sa.text("feedback_due_at IS NOT NULL"),
            postgresql_where=sa.text("feedback_due_at IS NOT NULL"),
        )

    op.drop_table("shift")
    op.drop_table("placement_summary")
    with op.batch_alter_table("placement_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_step_placement_id"))
        batch_op.drop_index("ix_placement_step_due")

    op.drop_table("placement_step")
    with op.batch_alter_table("placement_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_move_placement_id"))

    op.drop_table("placement_move")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index("ix_milestone_untold")
        batch_op.drop_index("ix_milestone_recent")
        batch_op.drop_index("ix_milestone_person")

    op.drop_table("milestone")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index("uq_proposal_person")
        batch_op.drop_index(batch_op.f("ix_proposal_participant_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_opening_id"))

    op.drop_table("proposal")
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_placement_live",
            sqlite_where=sa.text("state IN ('proposed', 'offered', 'accepted', 'active', 'paused')"),
            postgresql_where=sa.text("state IN ('proposed', 'offered', 'accepted', 'active', 'paused')"),
        )
        batch_op.drop_index(batch_op.f("ix_placement_participant_id"))
        batch_op.drop_index(batch_op.f("ix_placement_opening_id"))
        batch_op.drop_index("ix_placement_list")
        batch_op.drop_index("ix_placement_ending")

    op.drop_table("placement")
    op.drop_table("opening_task")
    op.drop_table("opening_requirement")
    op.drop_table("opening_accommodation")
    op.drop_table("observation_step")
    op.drop_table("match_ban")
    op.drop_table("task_wish")
    with op.batch_alter_table("task_week", schema=None) as batch_op:
        batch_op.drop_index("ix_task_week_recent")

    op.drop_table("task_week")
    with op.batch_alter_table("task_summary", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_task_summary_slipping",
            sqlite_where=sa.text("verdict = 'needs_more_help'"),
            postgresql_where=sa.text("verdict = 'needs_more_help'"),
        )

    op.drop_table("task_summary")
    with op.batch_alter_table("task_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_step_task_id"))

    op.drop_table("task_step")
    with op.batch_alter_table("site_supervisor", schema=None) as batch_op:
        batch_op.drop_index("ix_site_supervisor_rater")

    op.drop_table("site_supervisor")
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opening_site_id"))
        batch_op.drop_index("ix_opening_list")

    op.drop_table("opening")
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_observation_current",
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        )
        batch_op.drop_index("ix_observation_history")

    op.drop_table("observation")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index("ix_feedback_rater")

    op.drop_table("feedback")
    with op.batch_alter_table("chart_event", schema=None) as batch_op:
        batch_op.drop_index("ix_chart_event_person")

    op.drop_table("chart_event")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_task_live_key",
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.drop_table("task")
    with op.batch_alter_table("support_level", schema=None) as batch_op:
        batch_op.drop_index("uq_support_level_rank")

    op.drop_table("support_level")
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_site_source",
            sqlite_where=sa.text("source_ref IS NOT NULL"),
            postgresql_where=sa.text("source_ref IS NOT NULL"),
        )
        batch_op.drop_index("ix_site_list")
        batch_op.drop_index(batch_op.f("ix_site_employer_id"))

    op.drop_table("site")
    op.drop_table("requirement_profile_trait")
    with op.batch_alter_table("occasion", schema=None) as batch_op:
        batch_op.drop_index("ix_occasion_person")
        batch_op.drop_index("ix_occasion_day")

    op.drop_table("occasion")
    op.drop_table("need")
    op.drop_table("employer_wish")
    with op.batch_alter_table("employer_exclusion", schema=None) as batch_op:
        batch_op.drop_index("ix_employer_exclusion_employer")

    op.drop_table("employer_exclusion")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_participant_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_account_id"))

    op.drop_table("assignment")
    op.drop_table("ability")
    with op.batch_alter_table("trait", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_trait_live_key",
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.drop_table("trait")
    op.drop_table("support_scale")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_account_id"))

    op.drop_table("session")
    with op.batch_alter_table("requirement_profile", schema=None) as batch_op:
        batch_op.drop_index("uq_requirement_profile_code")

    op.drop_table("requirement_profile")
    with op.batch_alter_table("rater", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rater_account",
            sqlite_where=sa.text("account_id IS NOT NULL AND archived_at IS NULL"),
            postgresql_where=sa.text("account_id IS NOT NULL AND archived_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_rater_account_id"))

    op.drop_table("rater")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_participant_account",
            sqlite_where=sa.text("account_id IS NOT NULL"),
            postgresql_where=sa.text("account_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_participant_status")
        batch_op.drop_index("ix_participant_list")
        batch_op.drop_index(batch_op.f("ix_participant_account_id"))

    op.drop_table("participant")
    op.drop_table("milestone_rule")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_live",
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_membership_account_id"))

    op.drop_table("membership")
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.drop_index("ix_match_run_list")

    op.drop_table("match_run")
    op.drop_table("help_contact")
    with op.batch_alter_table("employer", schema=None) as batch_op:
        batch_op.drop_index("ix_employer_list")

    op.drop_table("employer")
    with op.batch_alter_table("account_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_link_account_id"))

    op.drop_table("account_link")
    with op.batch_alter_table("accommodation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_accommodation_live_key",
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.drop_table("accommodation")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempt_who")

    op.drop_table("sign_in_attempt")
    with op.batch_alter_table("seal", schema=None) as batch_op:
        batch_op.drop_index("uq_seal_end")

    op.drop_table("seal")
    op.drop_table("program")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_job_waiting",
            sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        )

    op.drop_table("job")
    op.drop_table("idempotency_key")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_subject")

    op.drop_table("audit")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_account_live_email",
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_account_sort_key"))

    op.drop_table("account")
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.drop_index("ix_access_log_person")

    op.drop_table("access_log")
