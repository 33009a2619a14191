"""the way from referral to follow-up: enrollments, approvals, jobs, follow-ups, costs, lists, frozen reports"""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import token_urlsafe

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


#: What the lists of the programs there are start with: list, English, German.
LISTS = (
    ("source", "Clinic", "Klinik"),
    ("source", "Day clinic or outpatient clinic", "Tagesklinik oder Ambulanz"),
    ("source", "Employment agency or job center", "Arbeitsagentur oder Jobcenter"),
    ("source", "Vocational rehabilitation", "Berufliche Rehabilitation"),
    ("source", "School", "Schule"),
    ("source", "Family or friends", "Familie oder Freundeskreis"),
    ("source", "Came by themself", "Kam selbst"),
    ("work", "Without work", "Ohne Arbeit"),
    ("work", "In paid work", "In bezahlter Arbeit"),
    ("work", "Employed, on sick leave", "Angestellt, krankgeschrieben"),
    ("work", "Sheltered workshop", "Werkstatt für behinderte Menschen"),
    ("work", "At school or in training", "In Schule oder Ausbildung"),
    ("benefit", "No benefits", "Keine Leistungen"),
    ("benefit", "Sickness benefit", "Krankengeld"),
    ("benefit", "Unemployment benefit", "Arbeitslosengeld"),
    ("benefit", "Basic income support", "Bürgergeld oder Grundsicherung"),
    ("benefit", "Pension", "Rente"),
    ("insurance", "Statutory or public", "Gesetzlich"),
    ("insurance", "Private", "Privat"),
    ("insurance", "None", "Keine"),
    ("exit_reason", "Took up a job", "Arbeit aufgenommen"),
    ("exit_reason", "Took up training or school", "Ausbildung oder Schule aufgenommen"),
    ("exit_reason", "Reached the end of the program", "Programm regulär beendet"),
    ("exit_reason", "Funding ended", "Finanzierung beendet"),
    ("exit_reason", "Wanted to stop", "Wollte aufhören"),
    ("exit_reason", "Moved away", "Weggezogen"),
    ("exit_reason", "Went to another program", "In ein anderes Angebot gewechselt"),
)


def _seed() -> None:
    """The programs there are get their lists; a new one gets them when it is created."""
    connection = op.get_bind()
    programs = [row[0] for row in connection.execute(sa.text("SELECT id FROM program ORDER BY id"))]
    table = sa.table(
        "list_entry",
        sa.column("public_id", sa.String),
        sa.column("program_id", sa.BigInteger),
        sa.column("kind", sa.String),
        sa.column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    now = datetime.now(UTC)
    rows = [
        {
            "public_id": token_urlsafe(12),
            "program_id": program,
            "kind": kind,
            "name": {"en": en, "de": de},
            "created_at": now,
        }
        for program in programs
        for kind, en, de in LISTS
    ]
    if rows:
        op.bulk_insert(table, rows)


def upgrade() -> None:
    op.create_table(
        "frozen_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_frozen_report_period")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_frozen_report_by_account_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_frozen_report_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_report")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_frozen_report_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_frozen_report_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("frozen_report", schema=None) as batch_op:
        batch_op.create_index("ix_frozen_report_list", ["program_id", "id"], unique=False)

    op.create_table(
        "list_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "source",
                "work",
                "benefit",
                "insurance",
                "exit_reason",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_list_entry_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_entry")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_list_entry_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_list_entry_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("list_entry", schema=None) as batch_op:
        batch_op.create_index("ix_list_entry_kind", ["program_id", "kind", "id"], unique=False)

    op.create_table(
        "enrollment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("referred_by", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("own_goals", sa.Text(), nullable=False),
        sa.Column("later", sa.Integer(), server_default="1", nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("work_in_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("benefit_in_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("insurance_in_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("exited_on", sa.Date(), nullable=True),
        sa.Column("exit_reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("job_offer", sa.Boolean(), nullable=True),
        sa.Column("work_out_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("benefit_out_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("insurance_out_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("entered_on IS NULL OR entered_on >= referred_on", name=op.f("ck_enrollment_entered")),
        sa.CheckConstraint(
            "exited_on IS NULL OR exited_on >= COALESCE(entered_on, referred_on)", name=op.f("ck_enrollment_exited")
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "benefit_in_id"],
            ["list_entry.program_id", "list_entry.id"],
            name=op.f("fk_enrollment_program_id_benefit_in_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "benefit_out_id"],
            ["list_entry.program_id", "list_entry.id"],
            name=op.f("fk_enrollment_program_id_benefit_out_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "exit_reason_id"],
            ["list_entry.program_id", "list_entry.id"],
            name=op.f("fk_enrollment_program_id_exit_reason_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "insurance_in_id"],
            ["list_entry.program_id", "list_entry.id"],
            name=op.f("fk_enrollment_program_id_insurance_in_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "insurance_out_id"],
            ["list_entry.program_id", "list_entry.id"],
            name=op.f("fk_enrollment_program_id_insurance_out_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_enrollment_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "source_id"],
            ["list_entry.program_id", "list_entry.id"],
            name=op.f("fk_enrollment_program_id_source_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "work_in_id"],
            ["list_entry.program_id", "list_entry.id"],
            name=op.f("fk_enrollment_program_id_work_in_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "work_out_id"],
            ["list_entry.program_id", "list_entry.id"],
            name=op.f("fk_enrollment_program_id_work_out_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_enrollment_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_enrollment_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_enrollment_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.create_index("ix_enrollment_entered", ["program_id", "entered_on"], unique=False)
        batch_op.create_index("ix_enrollment_exited", ["program_id", "exited_on"], unique=False)
        batch_op.create_index("ix_enrollment_follow_up", ["program_id", "follow_up_on"], unique=False)
        batch_op.create_index("ix_enrollment_person", ["participant_id", "referred_on", "id"], unique=False)
        batch_op.create_index(
            "ix_enrollment_waiting",
            ["program_id", "later", "referred_on", "id"],
            unique=False,
            sqlite_where=sa.text("entered_on IS NULL AND exited_on IS NULL"),
            postgresql_where=sa.text("entered_on IS NULL AND exited_on IS NULL"),
        )
        batch_op.create_index(
            "uq_enrollment_open",
            ["participant_id"],
            unique=True,
            sqlite_where=sa.text("exited_on IS NULL"),
            postgresql_where=sa.text("exited_on IS NULL"),
        )

    op.create_table(
        "expense",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("stipend", "transport", "other", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_expense_amount")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_expense_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_expense_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_expense_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_expense_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_expense_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("expense", schema=None) as batch_op:
        batch_op.create_index("ix_expense_month", ["program_id", "month"], unique=False)
        batch_op.create_index("ix_expense_person", ["participant_id", "month"], unique=False)

    op.create_table(
        "approval",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("funder", sa.String(length=120), nullable=False),
        sa.Column("funder_key", sa.String(length=130), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column(
            "unit",
            sa.Enum("hours", "days", name="unit", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("units", sa.Float(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("given_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("given_days", sa.Integer(), server_default="0", nullable=False),
        sa.Column("used", sa.Integer(), server_default="0", nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_approval_period")),
        sa.CheckConstraint("units > 0", name=op.f("ck_approval_units")),
        sa.ForeignKeyConstraint(
            ["program_id", "enrollment_id"],
            ["enrollment.program_id", "enrollment.id"],
            name=op.f("fk_approval_program_id_enrollment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_approval_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_approval_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_approval_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_approval_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index("ix_approval_end", ["program_id", "last_day"], unique=False)
        batch_op.create_index("ix_approval_enrollment", ["enrollment_id"], unique=False)
        batch_op.create_index("ix_approval_person", ["participant_id", "first_day"], unique=False)

    op.create_table(
        "employment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employer", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("hours_week", sa.Float(), nullable=True),
        sa.Column("wage_hour", sa.Float(), nullable=True),
        sa.Column("four_hours", sa.Boolean(), nullable=True),
        sa.Column("subsidised", sa.Boolean(), nullable=True),
        sa.Column("integrated", sa.Boolean(), nullable=True),
        sa.Column("seasonal", sa.Boolean(), nullable=True),
        sa.Column("prevailing_wage", sa.Boolean(), nullable=True),
        sa.Column("same_site", sa.Boolean(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_employment_period")),
        sa.CheckConstraint("hours_week > 0", name=op.f("ck_employment_hours_week")),
        sa.CheckConstraint("wage_hour >= 0", name=op.f("ck_employment_wage_hour")),
        sa.ForeignKeyConstraint(
            ["program_id", "enrollment_id"],
            ["enrollment.program_id", "enrollment.id"],
            name=op.f("fk_employment_program_id_enrollment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_employment_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_employment_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_employment_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_employment_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("employment", schema=None) as batch_op:
        batch_op.create_index("ix_employment_enrollment", ["enrollment_id"], unique=False)
        batch_op.create_index("ix_employment_person", ["participant_id", "started_on"], unique=False)
        batch_op.create_index("ix_employment_start", ["program_id", "started_on"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("enrollment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column(
            "reached",
            sa.Enum(
                "reached",
                "not_reached",
                "declined",
                name="reached",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("employed", sa.Boolean(), nullable=True),
        sa.Column("earnings", sa.Float(), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "reached = 'reached' OR (employed IS NULL AND earnings IS NULL)", name=op.f("ck_follow_up_unknown")
        ),
        sa.CheckConstraint("earnings >= 0", name=op.f("ck_follow_up_earnings")),
        sa.CheckConstraint("number BETWEEN 1 AND 4", name=op.f("ck_follow_up_number")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_follow_up_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "enrollment_id"],
            ["enrollment.program_id", "enrollment.id"],
            name=op.f("fk_follow_up_program_id_enrollment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_follow_up_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_follow_up_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("enrollment_id", "number", name=op.f("uq_follow_up_enrollment_id_number")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_follow_up_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_follow_up_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index("ix_follow_up_person", ["participant_id"], unique=False)

    _seed()


def downgrade() -> None:
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index("ix_follow_up_person")

    op.drop_table("follow_up")
    with op.batch_alter_table("employment", schema=None) as batch_op:
        batch_op.drop_index("ix_employment_start")
        batch_op.drop_index("ix_employment_person")
        batch_op.drop_index("ix_employment_enrollment")

    op.drop_table("employment")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index("ix_approval_person")
        batch_op.drop_index("ix_approval_enrollment")
        batch_op.drop_index("ix_approval_end")

    op.drop_table("approval")
    with op.batch_alter_table("expense", schema=None) as batch_op:
        batch_op.drop_index("ix_expense_person")
        batch_op.drop_index("ix_expense_month")

    op.drop_table("expense")
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enrollment_open",
            sqlite_where=sa.text("exited_on IS NULL"),
            postgresql_where=sa.text("exited_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_enrollment_waiting",
            sqlite_where=sa.text("entered_on IS NULL AND exited_on IS NULL"),
            postgresql_where=sa.text("entered_on IS NULL AND exited_on IS NULL"),
        )
        batch_op.drop_index("ix_enrollment_person")
        batch_op.drop_index("ix_enrollment_follow_up")
        batch_op.drop_index("ix_enrollment_exited")
        batch_op.drop_index("ix_enrollment_entered")

    op.drop_table("enrollment")
    with op.batch_alter_table("list_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_list_entry_kind")

    op.drop_table("list_entry")
    with op.batch_alter_table("frozen_report", schema=None) as batch_op:
        batch_op.drop_index("ix_frozen_report_list")

    op.drop_table("frozen_report")
