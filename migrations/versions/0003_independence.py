"""independence: what a stretch says, goals, steps back, contacts, checks of what was mastered, reports"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

EVENTS = ("new_task", "new_supervisor", "new_site", "coaching_step")
RULES = (
    *("first_alone", "consecutive_task", "consecutive_shift", "hours_completed", "shifts_completed", "first_week"),
)
NEW_RULES = ("another_site", "another_rater", "another_time", "fading_held", "goal_attained", "own_words")
#: Table, column → values before and after.
CHOICES = {
    ("chart_event", "kind"): (EVENTS, (*EVENTS, "hours_change")),
    ("milestone_rule", "kind"): (RULES, (*RULES, *NEW_RULES)),
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
    """What the record before this step has no word for goes, or becomes what is nearest."""
    gone = "SELECT id FROM milestone_rule WHERE participant_id IS NOT NULL OR kind IN ({})".format(
        ", ".join(f"'{kind}'" for kind in NEW_RULES)
    )
    op.execute(f"DELETE FROM probe WHERE milestone_id IN (SELECT id FROM milestone WHERE rule_id IN ({gone}))")
    op.execute(f"DELETE FROM milestone WHERE rule_id IN ({gone})")
    op.execute(f"DELETE FROM milestone_rule WHERE id IN ({gone})")
    op.execute("UPDATE chart_event SET kind = 'coaching_step' WHERE kind = 'hours_change'")


def _index_slipping(where: str) -> None:
    """Tasks with which somebody needs more help again."""
    op.create_index(
        "ix_task_summary_slipping",
        "task_summary",
        ["program_id"],
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def upgrade() -> None:
    op.create_table(
        "goal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("levels", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 5", name=op.f("ck_goal_weight")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_goal_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_goal_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_goal_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "goal_rating",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("goal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN -2 AND 2", name=op.f("ck_goal_rating_score")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_goal_rating_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "goal_id"], ["goal.program_id", "goal.id"], name=op.f("fk_goal_rating_program_id_goal_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_goal_rating_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_rating")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_goal_rating_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_rating_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("goal_rating", schema=None) as batch_op:
        batch_op.create_index("ix_goal_rating_day", ["goal_id", "day", "id"], unique=False)

    op.create_table(
        "goal_task",
        sa.Column("goal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "goal_id"], ["goal.program_id", "goal.id"], name=op.f("fk_goal_task_program_id_goal_id")
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_goal_task_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_goal_task_program_id")),
        sa.PrimaryKeyConstraint("goal_id", "task_id", name=op.f("pk_goal_task")),
    )
    op.create_table(
        "point_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_point_note_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "occasion_id"],
            ["occasion.program_id", "occasion.id"],
            name=op.f("fk_point_note_program_id_occasion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_point_note_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "task_id"], ["task.program_id", "task.id"], name=op.f("fk_point_note_program_id_task_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_point_note_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_note")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_point_note_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_point_note_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("point_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_point_note_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "fading_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("share_before", sa.Integer(), nullable=False),
        sa.Column("share_after", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("watch_until", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "watching", "held", "taken_back", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "share_before BETWEEN 0 AND 100 AND share_after BETWEEN 0 AND 100", name=op.f("ck_fading_step_shares")
        ),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_fading_step_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_fading_step_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_fading_step_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_fading_step_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fading_step")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_fading_step_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_fading_step_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("fading_step", schema=None) as batch_op:
        batch_op.create_index("ix_fading_step_person", ["participant_id", "taken_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_fading_step_placement_id"), ["placement_id"], unique=False)
        batch_op.create_index(
            "ix_fading_step_watching",
            ["program_id", "watch_until"],
            unique=False,
            sqlite_where=sa.text("state = 'watching'"),
            postgresql_where=sa.text("state = 'watching'"),
        )

    op.create_table(
        "report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "reader",
            sa.Enum(
                "participant",
                "therapist",
                "employer",
                name="reader",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_report_period")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_report_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_report_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_report_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_report_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_report_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index("ix_report_person", ["participant_id", "id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "coaching",
                "call",
                "employer_visit",
                "travel",
                "meeting",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("follow_up_done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_contact_minutes")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_contact_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_contact_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "shift_id"], ["shift.program_id", "shift.id"], name=op.f("fk_contact_program_id_shift_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_contact_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_contact_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contact_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_contact_follow_up",
            ["program_id", "follow_up_on"],
            unique=False,
            sqlite_where=sa.text("follow_up_on IS NOT NULL AND follow_up_done_at IS NULL"),
            postgresql_where=sa.text("follow_up_on IS NOT NULL AND follow_up_done_at IS NULL"),
        )
        batch_op.create_index("ix_contact_person", ["participant_id", "day", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_shift_id"), ["shift_id"], unique=False)

    op.create_table(
        "probe",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("milestone_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kept", sa.Boolean(), nullable=True),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "milestone_id"],
            ["milestone.program_id", "milestone.id"],
            name=op.f("fk_probe_program_id_milestone_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "occasion_id"],
            ["occasion.program_id", "occasion.id"],
            name=op.f("fk_probe_program_id_occasion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_probe_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_probe_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_probe")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_probe_program_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("probe", schema=None) as batch_op:
        batch_op.create_index(
            "ix_probe_open",
            ["program_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("done_on IS NULL"),
            postgresql_where=sa.text("done_on IS NULL"),
        )
        batch_op.create_index(
            "ix_probe_not_kept",
            ["program_id", "done_on"],
            unique=False,
            sqlite_where=sa.text("NOT kept"),
            postgresql_where=sa.text("NOT kept"),
        )
        batch_op.create_index(batch_op.f("ix_probe_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index("uq_probe_due", ["milestone_id", "due_on"], unique=True)

    with op.batch_alter_table("milestone", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("goal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_milestone_program_id_goal_id"), "goal", ["program_id", "goal_id"], ["program_id", "id"]
        )

    with op.batch_alter_table("milestone_rule", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(
            sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("chosen", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(
            op.f("ck_milestone_rule_chosen_has_person"), "NOT chosen OR participant_id IS NOT NULL"
        )
        batch_op.create_index(batch_op.f("ix_milestone_rule_participant_id"), ["participant_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_milestone_rule_program_id_task_id"), "task", ["program_id", "task_id"], ["program_id", "id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_milestone_rule_program_id_participant_id"),
            "participant",
            ["program_id", "participant_id"],
            ["program_id", "id"],
        )

    with op.batch_alter_table("participant", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("names_shops", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("task_summary", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "trend",
                sa.Enum(
                    "too_early",
                    "growing",
                    "steady",
                    "needs_more_help",
                    name="trend",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default="too_early",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("trend_since", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("trend_nap", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("trend_size", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("trend_rated", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("trend_shifts", sa.Integer(), server_default="0", nullable=False))
        # The quick rule of before gives way to the trend; a rebuild fills it in.
        batch_op.drop_index("ix_task_summary_slipping")
        batch_op.drop_constraint(op.f("ck_task_summary_verdict"), type_="check")
        batch_op.drop_column("verdict_since")
        batch_op.drop_column("verdict")
        batch_op.drop_column("not_since")
    _index_slipping("trend = 'needs_more_help'")

    _allow(1)


def downgrade() -> None:
    _forget()
    _allow(0)
    with op.batch_alter_table("task_summary", schema=None) as batch_op:
        batch_op.drop_index("ix_task_summary_slipping")
        batch_op.add_column(sa.Column("not_since", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column(
                "verdict",
                sa.Enum(
                    "none", "needs_more_help", name="verdict", native_enum=False, create_constraint=True, length=40
                ),
                server_default="none",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("verdict_since", sa.Date(), nullable=True))
        batch_op.drop_constraint(op.f("ck_task_summary_trend"), type_="check")
        batch_op.drop_column("trend_shifts")
        batch_op.drop_column("trend_rated")
        batch_op.drop_column("trend_size")
        batch_op.drop_column("trend_nap")
        batch_op.drop_column("trend_since")
        batch_op.drop_column("trend")
    with op.batch_alter_table("task_summary", schema=None) as batch_op:
        batch_op.alter_column("not_since", server_default=None, existing_type=sa.Integer())
        batch_op.alter_column("verdict", server_default=None, existing_type=sa.String(length=40))
    _index_slipping("verdict = 'needs_more_help'")

    with op.batch_alter_table("participant", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("names_shops")

    with op.batch_alter_table("milestone_rule", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_milestone_rule_program_id_participant_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_milestone_rule_program_id_task_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_milestone_rule_participant_id"))
        batch_op.drop_constraint(op.f("ck_milestone_rule_chosen_has_person"), type_="check")
        batch_op.drop_column("chosen")
        batch_op.drop_column("task_id")
        batch_op.drop_column("participant_id")

    with op.batch_alter_table("milestone", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_milestone_program_id_goal_id"), type_="foreignkey")
        batch_op.drop_column("goal_id")

    with op.batch_alter_table("probe", schema=None) as batch_op:
        batch_op.drop_index("uq_probe_due")
        batch_op.drop_index(batch_op.f("ix_probe_participant_id"))
        batch_op.drop_index("ix_probe_not_kept", sqlite_where=sa.text("NOT kept"), postgresql_where=sa.text("NOT kept"))
        batch_op.drop_index(
            "ix_probe_open", sqlite_where=sa.text("done_on IS NULL"), postgresql_where=sa.text("done_on IS NULL")
        )

    op.drop_table("probe")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_shift_id"))
        batch_op.drop_index("ix_contact_person")
        batch_op.drop_index(
            "ix_contact_follow_up",
            sqlite_where=sa.text("follow_up_on IS NOT NULL AND follow_up_done_at IS NULL"),
            postgresql_where=sa.text("follow_up_on IS NOT NULL AND follow_up_done_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_contact_account_id"))

    op.drop_table("contact")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index("ix_report_person")

    op.drop_table("report")
    with op.batch_alter_table("fading_step", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_fading_step_watching",
            sqlite_where=sa.text("state = 'watching'"),
            postgresql_where=sa.text("state = 'watching'"),
        )
        batch_op.drop_index(batch_op.f("ix_fading_step_placement_id"))
        batch_op.drop_index("ix_fading_step_person")

    op.drop_table("fading_step")
    with op.batch_alter_table("point_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_note_participant_id"))

    op.drop_table("point_note")
    op.drop_table("goal_task")
    with op.batch_alter_table("goal_rating", schema=None) as batch_op:
        batch_op.drop_index("ix_goal_rating_day")

    op.drop_table("goal_rating")
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_participant_id"))

    op.drop_table("goal")
