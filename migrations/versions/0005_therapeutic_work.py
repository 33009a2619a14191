"""therapeutic work: groups, sessions, daily log, exposure, practice, activities, questionnaires, limits, rights"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NOTICES = (
    *("did_not_come", "ill", "worried", "for_coordinator", "how_it_was", "something_wrong", "hurt_me", "not_mine"),
    *("colleague", "no_mails", "held_feedback", "feedback_missing", "unlisted_task", "placement_paused"),
    "placement_ended",
)
NEW_NOTICES = ("concern", "plan_changed", "over_plan", "rights_request")
JOBS = (
    *("mail_welcome", "solve_matching", "mail_shift_tomorrow", "mail_feedback_owed", "mail_feedback_link"),
    *("mail_milestone", "mail_proposal_waiting", "mail_placement_ending", "mail_weekly_digest", "mail_notice"),
    "mail_not_today",
)
NEW_JOBS = ("mail_shift_changed",)


def _allow(table: str, kinds: tuple[str, ...]) -> None:
    """The kinds of notice, or of job, before or after this step."""
    name, listed = op.f(f"ck_{table}_kind"), ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"kind IN ({listed})")


def upgrade() -> None:
    _allow("notice", (*NOTICES, *NEW_NOTICES))
    _allow("job", (*JOBS, *NEW_JOBS))
    op.create_table(
        "clinical_deputy",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("deputy_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("account_id <> deputy_account_id", name=op.f("ck_clinical_deputy_somebody_else")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_clinical_deputy_account_id")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_clinical_deputy_by_account_id")),
        sa.ForeignKeyConstraint(
            ["deputy_account_id"], ["account.id"], name=op.f("fk_clinical_deputy_deputy_account_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_clinical_deputy_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinical_deputy")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_clinical_deputy_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_clinical_deputy_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("clinical_deputy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clinical_deputy_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_clinical_deputy_deputy", ["deputy_account_id"], unique=False)

    op.create_table(
        "questionnaire",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("about", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("items", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "scoring",
            sa.Enum("sum", "mean", name="scoring", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("smallest_change", sa.Float(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("high > low", name=op.f("ck_questionnaire_range")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_questionnaire_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_questionnaire_program_id_id")),
        sa.UniqueConstraint("program_id", "key", "number", name=op.f("uq_questionnaire_program_id_key_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_questionnaire_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "work_group",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("project", "activity", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sort_key", sa.String(length=160), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("leader_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_day IS NULL OR last_day >= first_day", name=op.f("ck_work_group_period")),
        sa.ForeignKeyConstraint(["leader_account_id"], ["account.id"], name=op.f("fk_work_group_leader_account_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_work_group_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_group")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_work_group_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_work_group_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("work_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_group_leader_account_id"), ["leader_account_id"], unique=False)
        batch_op.create_index("ix_work_group_list", ["program_id", "sort_key", "id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("reflections", "work_photos", name="purpose", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_consent_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_consent_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_consent_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consent_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            "uq_consent_standing",
            ["participant_id", "purpose"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "exposure_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("expected BETWEEN 0 AND 100", name=op.f("ck_exposure_step_expected")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_exposure_step_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_exposure_step_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_exposure_step_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure_step")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_exposure_step_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exposure_step_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("exposure_step", schema=None) as batch_op:
        batch_op.create_index("ix_exposure_step_person", ["participant_id", "position"], unique=False)

    op.create_table(
        "group_member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "group_id"],
            ["work_group.program_id", "work_group.id"],
            name=op.f("fk_group_member_program_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_group_member_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_group_member_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_group_member_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_member_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.create_index("ix_group_member_person", ["participant_id"], unique=False)
        batch_op.create_index(
            "uq_group_member_live",
            ["group_id", "participant_id"],
            unique=True,
            sqlite_where=sa.text("last_day IS NULL"),
            postgresql_where=sa.text("last_day IS NULL"),
        )

    op.create_table(
        "group_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("start_fold", sa.Integer(), nullable=False),
        sa.Column("end_fold", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("shared_note", sa.Text(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_group_session_length")),
        sa.ForeignKeyConstraint(
            ["program_id", "group_id"],
            ["work_group.program_id", "work_group.id"],
            name=op.f("fk_group_session_program_id_group_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_group_session_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_session")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_group_session_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_session_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("group_session", schema=None) as batch_op:
        batch_op.create_index("ix_group_session_day", ["program_id", "day"], unique=False)
        batch_op.create_index("ix_group_session_group", ["group_id", "day"], unique=False)

    op.create_table(
        "handout",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("questionnaire_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reader_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("read_by", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_handout_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_handout_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "questionnaire_id"],
            ["questionnaire.program_id", "questionnaire.id"],
            name=op.f("fk_handout_program_id_questionnaire_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_handout_program_id")),
        sa.ForeignKeyConstraint(["reader_account_id"], ["account.id"], name=op.f("fk_handout_reader_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_handout_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_handout_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("handout", schema=None) as batch_op:
        batch_op.create_index("ix_handout_person", ["participant_id", "id"], unique=False)
        batch_op.create_index("ix_handout_reader", ["reader_account_id", "read_by"], unique=False)

    op.create_table(
        "representative",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("scopes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_representative_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_representative_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_representative_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representative")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_representative_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_representative_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_representative_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "work_limit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cleared", sa.Boolean(), nullable=False),
        sa.Column("given_by", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("hours_day", sa.Float(), nullable=True),
        sa.Column("hours_week", sa.Float(), nullable=True),
        sa.Column("lift_kg", sa.Integer(), nullable=True),
        sa.Column("standing_minutes", sa.Integer(), nullable=True),
        sa.Column("no_nights", sa.Boolean(), nullable=False),
        sa.Column("no_noise", sa.Boolean(), nullable=False),
        sa.Column("not_alone_at_till", sa.Boolean(), nullable=False),
        sa.Column("other", sa.String(length=200), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours_day BETWEEN 0 AND 24", name=op.f("ck_work_limit_hours_day")),
        sa.CheckConstraint("hours_week BETWEEN 0 AND 60", name=op.f("ck_work_limit_hours_week")),
        sa.CheckConstraint("lift_kg BETWEEN 0 AND 100", name=op.f("ck_work_limit_lift_kg")),
        sa.CheckConstraint("standing_minutes BETWEEN 0 AND 1440", name=op.f("ck_work_limit_standing_minutes")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_work_limit_period")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_work_limit_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_work_limit_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_work_limit_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_limit")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_work_limit_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_work_limit_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("work_limit", schema=None) as batch_op:
        batch_op.create_index("ix_work_limit_person", ["participant_id", "id"], unique=False)
        batch_op.create_index("ix_work_limit_until", ["program_id", "valid_until"], unique=False)

    op.create_table(
        "activity",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("meant_for", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("words_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_activity_minutes")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_activity_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "occasion_id"],
            ["occasion.program_id", "occasion.id"],
            name=op.f("fk_activity_program_id_occasion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_activity_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_activity_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_activity_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("ix_activity_person", ["participant_id", "day", "id"], unique=False)

    op.create_table(
        "diary_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("day", "thought", "expected", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "occasion_id"],
            ["occasion.program_id", "occasion.id"],
            name=op.f("fk_diary_entry_program_id_occasion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_diary_entry_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_diary_entry_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_entry")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_diary_entry_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_diary_entry_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("diary_entry", schema=None) as batch_op:
        batch_op.create_index("ix_diary_entry_person", ["participant_id", "day", "id"], unique=False)
        batch_op.create_index(
            "uq_diary_entry_day",
            ["participant_id", "day"],
            unique=True,
            sqlite_where=sa.text("kind = 'day'"),
            postgresql_where=sa.text("kind = 'day'"),
        )

    op.create_table(
        "exposure_try",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("predicted", sa.Integer(), nullable=True),
        sa.Column("peak", sa.Integer(), nullable=True),
        sa.Column("at_end", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("at_end BETWEEN 0 AND 100", name=op.f("ck_exposure_try_at_end")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_exposure_try_minutes")),
        sa.CheckConstraint("peak BETWEEN 0 AND 100", name=op.f("ck_exposure_try_peak")),
        sa.CheckConstraint("predicted BETWEEN 0 AND 100", name=op.f("ck_exposure_try_predicted")),
        sa.ForeignKeyConstraint(
            ["program_id", "occasion_id"],
            ["occasion.program_id", "occasion.id"],
            name=op.f("fk_exposure_try_program_id_occasion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_exposure_try_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "step_id"],
            ["exposure_step.program_id", "exposure_step.id"],
            name=op.f("fk_exposure_try_program_id_step_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_exposure_try_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure_try")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_exposure_try_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exposure_try_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("exposure_try", schema=None) as batch_op:
        batch_op.create_index("ix_exposure_try_person", ["participant_id", "day"], unique=False)
        batch_op.create_index("ix_exposure_try_step", ["step_id", "day"], unique=False)

    op.create_table(
        "group_photo",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("caption", sa.String(length=160), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_group_photo_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "group_id"],
            ["work_group.program_id", "work_group.id"],
            name=op.f("fk_group_photo_program_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "session_id"],
            ["group_session.program_id", "group_session.id"],
            name=op.f("fk_group_photo_program_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_group_photo_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_photo")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_group_photo_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_photo_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("group_photo", schema=None) as batch_op:
        batch_op.create_index("ix_group_photo_group", ["group_id", "id"], unique=False)

    op.create_table(
        "group_seat",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "id"], ["occasion.program_id", "occasion.id"], name=op.f("fk_group_seat_program_id_id")
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "session_id"],
            ["group_session.program_id", "group_session.id"],
            name=op.f("fk_group_seat_program_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_group_seat_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_seat")),
    )
    with op.batch_alter_table("group_seat", schema=None) as batch_op:
        batch_op.create_index("ix_group_seat_session", ["session_id"], unique=False)

    op.create_table(
        "group_task",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "group_id"],
            ["work_group.program_id", "work_group.id"],
            name=op.f("fk_group_task_program_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_group_task_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_group_task_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_task")),
        sa.UniqueConstraint("group_id", "task_id", name=op.f("uq_group_task_group_id_task_id")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_group_task_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_task_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "one_to_one",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("start_fold", sa.Integer(), nullable=False),
        sa.Column("end_fold", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_one_to_one_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "id"], ["occasion.program_id", "occasion.id"], name=op.f("fk_one_to_one_program_id_id")
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_one_to_one_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_one_to_one_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_to_one")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_one_to_one_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_one_to_one_public_id")),
    )
    with op.batch_alter_table("one_to_one", schema=None) as batch_op:
        batch_op.create_index("ix_one_to_one_account", ["account_id", "day"], unique=False)
        batch_op.create_index("ix_one_to_one_person", ["participant_id", "day"], unique=False)

    op.create_table(
        "practice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("baseline_rank", sa.Integer(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("target_rank", sa.Integer(), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("baseline_rank BETWEEN 0 AND 6", name=op.f("ck_practice_baseline")),
        sa.CheckConstraint("target_rank BETWEEN 0 AND 6", name=op.f("ck_practice_target")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_practice_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_practice_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_practice_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_practice_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_practice_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_practice_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("practice", schema=None) as batch_op:
        batch_op.create_index(
            "uq_practice_live",
            ["participant_id", "task_id"],
            unique=True,
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("talked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_agenda_item_account_id")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_agenda_item_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_agenda_item_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "session_id"],
            ["one_to_one.program_id", "one_to_one.id"],
            name=op.f("fk_agenda_item_program_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_agenda_item_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_agenda_item_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agenda_item_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_item_pair", ["participant_id", "account_id"], unique=False)

    op.create_table(
        "agreed_task",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open", "done", "partly", "not", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("helped_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_agreed_task_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "reviewed_session_id"],
            ["one_to_one.program_id", "one_to_one.id"],
            name=op.f("fk_agreed_task_program_id_reviewed_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "session_id"],
            ["one_to_one.program_id", "one_to_one.id"],
            name=op.f("fk_agreed_task_program_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_agreed_task_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_task")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_agreed_task_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreed_task_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("agreed_task", schema=None) as batch_op:
        batch_op.create_index("ix_agreed_task_person", ["participant_id", "state"], unique=False)

    op.create_table(
        "family_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rater_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("practice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_family_link_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "practice_id"],
            ["practice.program_id", "practice.id"],
            name=op.f("fk_family_link_program_id_practice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "rater_id"],
            ["rater.program_id", "rater.id"],
            name=op.f("fk_family_link_program_id_rater_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_family_link_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_link")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_family_link_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_family_link_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_family_link_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("family_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_link_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index("ix_family_link_practice", ["practice_id"], unique=False)

    op.create_table(
        "reflection",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "activity_id"],
            ["activity.program_id", "activity.id"],
            name=op.f("fk_reflection_program_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_reflection_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_reflection_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_reflection_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reflection_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reflection", schema=None) as batch_op:
        batch_op.create_index("ix_reflection_person", ["participant_id", "id"], unique=False)

    op.create_table(
        "session_check_in",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_session_check_in_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "session_id"],
            ["one_to_one.program_id", "one_to_one.id"],
            name=op.f("fk_session_check_in_program_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_session_check_in_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_check_in")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_session_check_in_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_session_check_in_public_id")),
        sa.UniqueConstraint("session_id", name=op.f("uq_session_check_in_session_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("session_check_in", schema=None) as batch_op:
        batch_op.create_index("ix_session_check_in_person", ["participant_id", "id"], unique=False)

    op.create_table(
        "session_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_to_participant_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withheld_ground", sa.Text(), server_default="", nullable=False),
        sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withheld_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_session_note_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_session_note_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "session_id"],
            ["one_to_one.program_id", "one_to_one.id"],
            name=op.f("fk_session_note_program_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_session_note_program_id")),
        sa.ForeignKeyConstraint(["withheld_by_id"], ["account.id"], name=op.f("fk_session_note_withheld_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_note")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_session_note_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_session_note_public_id")),
        sa.UniqueConstraint("session_id", "by_account_id", name=op.f("uq_session_note_session_id_by_account_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("session_note", schema=None) as batch_op:
        batch_op.create_index("ix_session_note_person", ["participant_id", "id"], unique=False)

    op.create_table(
        "family_device",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "link_id"],
            ["family_link.program_id", "family_link.id"],
            name=op.f("fk_family_device_program_id_link_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_family_device_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_device")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_family_device_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_family_device_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_family_device_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("family_device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_device_link_id"), ["link_id"], unique=False)

    op.create_table(
        "note_opening",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_note_opening_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "note_id"],
            ["session_note.program_id", "session_note.id"],
            name=op.f("fk_note_opening_program_id_note_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_note_opening_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_opening")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_note_opening_program_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("note_opening", schema=None) as batch_op:
        batch_op.create_index("ix_note_opening_note", ["note_id"], unique=False)

    op.create_table(
        "rights_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "correction", "read_note", "erasure", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "done", "partly", "refused", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_rights_request_answered_by_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "note_id"],
            ["session_note.program_id", "session_note.id"],
            name=op.f("fk_rights_request_program_id_note_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_rights_request_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_rights_request_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_rights_request_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rights_request_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("rights_request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rights_request_open",
            ["program_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index("ix_rights_request_person", ["participant_id", "id"], unique=False)

    op.create_table(
        "share",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "entry",
                "days",
                "thoughts",
                "expectations",
                "activity",
                "reflection",
                "mood_chart",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reflection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reader_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since_day", sa.Date(), nullable=True),
        sa.Column("read_by", sa.Date(), nullable=True),
        sa.Column("first_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "activity_id"],
            ["activity.program_id", "activity.id"],
            name=op.f("fk_share_program_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "entry_id"],
            ["diary_entry.program_id", "diary_entry.id"],
            name=op.f("fk_share_program_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_share_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "reflection_id"],
            ["reflection.program_id", "reflection.id"],
            name=op.f("fk_share_program_id_reflection_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_share_program_id")),
        sa.ForeignKeyConstraint(["reader_account_id"], ["account.id"], name=op.f("fk_share_reader_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_share_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_share_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.create_index("ix_share_person", ["participant_id", "id"], unique=False)
        batch_op.create_index(
            "ix_share_reader",
            ["reader_account_id"],
            unique=False,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "step_plan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_by", sa.String(length=120), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("participant_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participant_declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("employer_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("employer_agreed_by", sa.String(length=120), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("result_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_step_plan_period")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_step_plan_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_step_plan_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_step_plan_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_step_plan_program_id")),
        sa.ForeignKeyConstraint(["result_by_id"], ["account.id"], name=op.f("fk_step_plan_result_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_plan")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_step_plan_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_step_plan_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("step_plan", schema=None) as batch_op:
        batch_op.create_index("ix_step_plan_end", ["program_id", "last_day"], unique=False)
        batch_op.create_index("ix_step_plan_person", ["participant_id"], unique=False)
        batch_op.create_index("ix_step_plan_placement", ["placement_id"], unique=False)

    op.create_table(
        "plan_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "hold", "go_on", "reduce", "stop", name="move", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hours_day", sa.Float(), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_plan_change_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "plan_id"],
            ["step_plan.program_id", "step_plan.id"],
            name=op.f("fk_plan_change_program_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_plan_change_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_change")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_plan_change_program_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("plan_change", schema=None) as batch_op:
        batch_op.create_index("ix_plan_change_plan", ["plan_id"], unique=False)

    op.create_table(
        "plan_stage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("hours_day", sa.Float(), nullable=False),
        sa.Column("days_week", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("reduced_hours_day", sa.Float(), nullable=True),
        sa.Column("reduced_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("days_week BETWEEN 1 AND 7", name=op.f("ck_plan_stage_days_week")),
        sa.CheckConstraint("hours_day > 0 AND hours_day <= 24", name=op.f("ck_plan_stage_hours_day")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_plan_stage_period")),
        sa.CheckConstraint(
            "reduced_hours_day > 0 AND reduced_hours_day <= hours_day", name=op.f("ck_plan_stage_reduced")
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "plan_id"],
            ["step_plan.program_id", "step_plan.id"],
            name=op.f("fk_plan_stage_program_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_plan_stage_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_stage")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_plan_stage_plan_id_position")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_plan_stage_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_stage_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("account", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("plain", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("large_type", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("pictograms", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("read_aloud", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("occasion", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.create_index(
            "uq_occasion_own_day",
            ["participant_id", "local_day"],
            unique=True,
            sqlite_where=sa.text("kind = 'own_day'"),
            postgresql_where=sa.text("kind = 'own_day'"),
        )

    with op.batch_alter_table("participant", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("participant", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("erased_at")

    with op.batch_alter_table("occasion", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_index(
            "uq_occasion_own_day",
            sqlite_where=sa.text("kind = 'own_day'"),
            postgresql_where=sa.text("kind = 'own_day'"),
        )

    with op.batch_alter_table("account", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("read_aloud")
        batch_op.drop_column("pictograms")
        batch_op.drop_column("large_type")
        batch_op.drop_column("plain")

    op.drop_table("plan_stage")
    with op.batch_alter_table("plan_change", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_change_plan")

    op.drop_table("plan_change")
    with op.batch_alter_table("step_plan", schema=None) as batch_op:
        batch_op.drop_index("ix_step_plan_placement")
        batch_op.drop_index("ix_step_plan_person")
        batch_op.drop_index("ix_step_plan_end")

    op.drop_table("step_plan")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_share_reader",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index("ix_share_person")

    op.drop_table("share")
    with op.batch_alter_table("rights_request", schema=None) as batch_op:
        batch_op.drop_index("ix_rights_request_person")
        batch_op.drop_index(
            "ix_rights_request_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )

    op.drop_table("rights_request")
    with op.batch_alter_table("note_opening", schema=None) as batch_op:
        batch_op.drop_index("ix_note_opening_note")

    op.drop_table("note_opening")
    with op.batch_alter_table("family_device", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_family_device_link_id"))

    op.drop_table("family_device")
    with op.batch_alter_table("session_note", schema=None) as batch_op:
        batch_op.drop_index("ix_session_note_person")

    op.drop_table("session_note")
    with op.batch_alter_table("session_check_in", schema=None) as batch_op:
        batch_op.drop_index("ix_session_check_in_person")

    op.drop_table("session_check_in")
    with op.batch_alter_table("reflection", schema=None) as batch_op:
        batch_op.drop_index("ix_reflection_person")

    op.drop_table("reflection")
    with op.batch_alter_table("family_link", schema=None) as batch_op:
        batch_op.drop_index("ix_family_link_practice")
        batch_op.drop_index(batch_op.f("ix_family_link_participant_id"))

    op.drop_table("family_link")
    with op.batch_alter_table("agreed_task", schema=None) as batch_op:
        batch_op.drop_index("ix_agreed_task_person")

    op.drop_table("agreed_task")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index("ix_agenda_item_pair")

    op.drop_table("agenda_item")
    with op.batch_alter_table("practice", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_practice_live",
            sqlite_where=sa.text("archived_at IS NULL"),
            postgresql_where=sa.text("archived_at IS NULL"),
        )

    op.drop_table("practice")
    with op.batch_alter_table("one_to_one", schema=None) as batch_op:
        batch_op.drop_index("ix_one_to_one_person")
        batch_op.drop_index("ix_one_to_one_account")

    op.drop_table("one_to_one")
    op.drop_table("group_task")
    with op.batch_alter_table("group_seat", schema=None) as batch_op:
        batch_op.drop_index("ix_group_seat_session")

    op.drop_table("group_seat")
    with op.batch_alter_table("group_photo", schema=None) as batch_op:
        batch_op.drop_index("ix_group_photo_group")

    op.drop_table("group_photo")
    with op.batch_alter_table("exposure_try", schema=None) as batch_op:
        batch_op.drop_index("ix_exposure_try_step")
        batch_op.drop_index("ix_exposure_try_person")

    op.drop_table("exposure_try")
    with op.batch_alter_table("diary_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_diary_entry_day", sqlite_where=sa.text("kind = 'day'"), postgresql_where=sa.text("kind = 'day'")
        )
        batch_op.drop_index("ix_diary_entry_person")

    op.drop_table("diary_entry")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_person")

    op.drop_table("activity")
    with op.batch_alter_table("work_limit", schema=None) as batch_op:
        batch_op.drop_index("ix_work_limit_until")
        batch_op.drop_index("ix_work_limit_person")

    op.drop_table("work_limit")
    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_representative_participant_id"))

    op.drop_table("representative")
    with op.batch_alter_table("handout", schema=None) as batch_op:
        batch_op.drop_index("ix_handout_reader")
        batch_op.drop_index("ix_handout_person")

    op.drop_table("handout")
    with op.batch_alter_table("group_session", schema=None) as batch_op:
        batch_op.drop_index("ix_group_session_group")
        batch_op.drop_index("ix_group_session_day")

    op.drop_table("group_session")
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_group_member_live",
            sqlite_where=sa.text("last_day IS NULL"),
            postgresql_where=sa.text("last_day IS NULL"),
        )
        batch_op.drop_index("ix_group_member_person")

    op.drop_table("group_member")
    with op.batch_alter_table("exposure_step", schema=None) as batch_op:
        batch_op.drop_index("ix_exposure_step_person")

    op.drop_table("exposure_step")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_consent_standing",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.drop_table("consent")
    with op.batch_alter_table("work_group", schema=None) as batch_op:
        batch_op.drop_index("ix_work_group_list")
        batch_op.drop_index(batch_op.f("ix_work_group_leader_account_id"))

    op.drop_table("work_group")
    op.drop_table("questionnaire")
    with op.batch_alter_table("clinical_deputy", schema=None) as batch_op:
        batch_op.drop_index("ix_clinical_deputy_deputy")
        batch_op.drop_index(batch_op.f("ix_clinical_deputy_account_id"))

    op.drop_table("clinical_deputy")

    listed = ", ".join(f"'{kind}'" for kind in NEW_NOTICES)
    op.execute(f"DELETE FROM notice WHERE kind IN ({listed})")
    _allow("notice", NOTICES)
    listed = ", ".join(f"'{kind}'" for kind in NEW_JOBS)
    op.execute(f"DELETE FROM job WHERE kind IN ({listed})")
    _allow("job", JOBS)
