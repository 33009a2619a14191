"""the shop floor: patterns, notices, links for raters without an account, calendars, measures, choices of mail"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JOBS = ("mail_welcome", "solve_matching")
MAILS = (
    *("mail_shift_tomorrow", "mail_feedback_owed", "mail_feedback_link", "mail_milestone", "mail_proposal_waiting"),
    *("mail_placement_ending", "mail_weekly_digest", "mail_notice", "mail_not_today"),
)
EVENTS = ("new_task", "new_supervisor", "new_site", "coaching_step", "hours_change")


def _allow(table: str, kinds: tuple[str, ...]) -> None:
    """The kinds of job, or of phase line, before or after this step."""
    name, listed = op.f(f"ck_{table}_kind"), ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"kind IN ({listed})")


def upgrade() -> None:
    op.create_table(
        "measure_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind", sa.Enum("series", name="kind", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "unit",
            sa.Enum("percent", "points", name="unit", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("more_is_better", sa.Boolean(), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_measure_item_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_measure_item_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_measure_item_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_item")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_measure_item_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_measure_item_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("measure_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_item_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "measure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("phase", sa.String(length=80), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "item_id"],
            ["measure_item.program_id", "measure_item.id"],
            name=op.f("fk_measure_program_id_item_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_measure_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_measure_program_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index("uq_measure_day", ["item_id", "day"], unique=True)

    op.create_table(
        "busy",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "source",
            sa.Enum("ill", "calendar", "by_hand", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_busy_length")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_busy_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_busy_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_busy_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_busy_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_busy_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("busy", schema=None) as batch_op:
        batch_op.create_index("ix_busy_person", ["participant_id", "starts_at"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "participant", "supervisor", "site", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rater_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("site_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("names_site", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_calendar_feed_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_calendar_feed_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "rater_id"],
            ["rater.program_id", "rater.id"],
            name=op.f("fk_calendar_feed_program_id_rater_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "site_id"], ["site.program_id", "site.id"], name=op.f("fk_calendar_feed_program_id_site_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_calendar_feed_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_calendar_feed_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calendar_feed_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_feed_rater_id"), ["rater_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_feed_site_id"), ["site_id"], unique=False)

    op.create_table(
        "card_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_card_line_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_card_line_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_line")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_card_line_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_card_line_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("card_line", schema=None) as batch_op:
        batch_op.create_index("ix_card_line_placement", ["placement_id", "id"], unique=False)

    op.create_table(
        "incident",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rater_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("injury", sa.Text(), nullable=False),
        sa.Column("first_aid", sa.Text(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("report_due_on", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_incident_by_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "occasion_id"],
            ["occasion.program_id", "occasion.id"],
            name=op.f("fk_incident_program_id_occasion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_incident_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_incident_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "rater_id"], ["rater.program_id", "rater.id"], name=op.f("fk_incident_program_id_rater_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_incident_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_incident_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incident_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index("ix_incident_open", ["program_id", "report_due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "did_not_come",
                "ill",
                "worried",
                "for_coordinator",
                "how_it_was",
                "something_wrong",
                "hurt_me",
                "not_mine",
                "colleague",
                "no_mails",
                "held_feedback",
                "feedback_missing",
                "unlisted_task",
                "placement_paused",
                "placement_ended",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=80), nullable=True),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rater_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("from_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("to_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("feeling", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "found",
            sa.Enum(
                "well",
                "ill",
                "wants_talk",
                "needs_help",
                "not_reached",
                name="found",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("done_at IS NOT NULL OR done_by_id IS NULL", name=op.f("ck_notice_done")),
        sa.ForeignKeyConstraint(["done_by_id"], ["account.id"], name=op.f("fk_notice_done_by_id")),
        sa.ForeignKeyConstraint(["from_account_id"], ["account.id"], name=op.f("fk_notice_from_account_id")),
        sa.ForeignKeyConstraint(
            ["program_id", "occasion_id"],
            ["occasion.program_id", "occasion.id"],
            name=op.f("fk_notice_program_id_occasion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "participant_id"],
            ["participant.program_id", "participant.id"],
            name=op.f("fk_notice_program_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_notice_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "rater_id"], ["rater.program_id", "rater.id"], name=op.f("fk_notice_program_id_rater_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_notice_program_id")),
        sa.ForeignKeyConstraint(["to_account_id"], ["account.id"], name=op.f("fk_notice_to_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_notice_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notice_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_open",
            ["program_id", "id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.create_index("ix_notice_person", ["participant_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_to_account_id"), ["to_account_id"], unique=False)
        batch_op.create_index("uq_notice_subject", ["program_id", "subject"], unique=True)

    op.create_table(
        "rater_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rater_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_rater_link_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "rater_id"], ["rater.program_id", "rater.id"], name=op.f("fk_rater_link_program_id_rater_id")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_rater_link_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rater_link")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_rater_link_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rater_link_public_id")),
        sa.UniqueConstraint("rater_id", "placement_id", name=op.f("uq_rater_link_rater_id_placement_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_rater_link_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("rater_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rater_link_placement_id"), ["placement_id"], unique=False)

    op.create_table(
        "shift_pattern",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("placement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("times", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "holidays",
            sa.Enum("off", "work", name="holidays", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("planned_until", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("every_weeks BETWEEN 1 AND 8", name=op.f("ck_shift_pattern_every_weeks")),
        sa.CheckConstraint("last_day IS NULL OR last_day >= first_day", name=op.f("ck_shift_pattern_period")),
        sa.ForeignKeyConstraint(
            ["program_id", "placement_id"],
            ["placement.program_id", "placement.id"],
            name=op.f("fk_shift_pattern_program_id_placement_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_shift_pattern_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_pattern")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_shift_pattern_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shift_pattern_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("shift_pattern", schema=None) as batch_op:
        batch_op.create_index("ix_shift_pattern_placement", ["placement_id", "first_day"], unique=False)

    op.create_table(
        "held_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("occasion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("body", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("taken", sa.Boolean(), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "link_id"],
            ["rater_link.program_id", "rater_link.id"],
            name=op.f("fk_held_entry_program_id_link_id"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id", "occasion_id"],
            ["occasion.program_id", "occasion.id"],
            name=op.f("fk_held_entry_program_id_occasion_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_held_entry_program_id")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["account.id"], name=op.f("fk_held_entry_resolved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_entry")),
        sa.UniqueConstraint("link_id", "key", name=op.f("uq_held_entry_link_id_key")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_held_entry_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_held_entry_public_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("held_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_held_entry_waiting",
            ["program_id", "id"],
            unique=False,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )

    op.create_table(
        "rater_device",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id", "link_id"],
            ["rater_link.program_id", "rater_link.id"],
            name=op.f("fk_rater_device_program_id_link_id"),
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_rater_device_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rater_device")),
        sa.UniqueConstraint("program_id", "id", name=op.f("uq_rater_device_program_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rater_device_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_rater_device_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("rater_device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rater_device_link_id"), ["link_id"], unique=False)

    with op.batch_alter_table("account", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("phone", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "mails_off",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="[]",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("quiet_from", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("zone", sa.String(length=64), server_default="", nullable=False))

    with op.batch_alter_table("feedback", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(
            sa.Column(
                "unlisted",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                server_default="[]",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("answer", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("hurt_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("idempotency_key", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("rater_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.alter_column("account_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_unique_constraint(batch_op.f("uq_idempotency_key_rater_id_key"), ["rater_id", "key"])
        batch_op.create_check_constraint(
            op.f("ck_idempotency_key_one_sender"), "(account_id IS NULL) <> (rater_id IS NULL)"
        )

    with op.batch_alter_table("job", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("once", sa.String(length=120), nullable=True))
        batch_op.create_index(
            "ix_job_dead",
            ["dead_at"],
            unique=False,
            sqlite_where=sa.text("dead_at IS NOT NULL"),
            postgresql_where=sa.text("dead_at IS NOT NULL"),
        )
        batch_op.create_unique_constraint(batch_op.f("uq_job_once"), ["once"])

    with op.batch_alter_table("participant", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(
            sa.Column(
                "reads_comments",
                sa.Enum(
                    "at_once", "with_coach", name="reads_comments", native_enum=False, create_constraint=True, length=40
                ),
                server_default="at_once",
                nullable=False,
            )
        )

    with op.batch_alter_table("rater", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=254), server_default="", nullable=False))
        batch_op.add_column(sa.Column("locale", sa.String(length=8), server_default="", nullable=False))
        batch_op.add_column(sa.Column("mails_off_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("pattern_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("agreed_start", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("check_in_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("check_out_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_shift_pattern", ["pattern_id", "agreed_day"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_shift_program_id_pattern_id"),
            "shift_pattern",
            ["program_id", "pattern_id"],
            ["program_id", "id"],
        )

    with op.batch_alter_table("site", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("holiday_region", sa.String(length=12), server_default="", nullable=False))
    # What was written so far could be read at once.
    op.execute("UPDATE feedback SET released_at = sent_at")
    _allow("job", (*JOBS, *MAILS))
    _allow("chart_event", (*EVENTS, "other"))


def downgrade() -> None:
    listed = ", ".join(f"'{kind}'" for kind in MAILS)
    op.execute(f"DELETE FROM job WHERE kind IN ({listed})")
    op.execute("DELETE FROM idempotency_key WHERE account_id IS NULL")
    _allow("job", JOBS)
    op.execute("UPDATE chart_event SET kind = 'coaching_step' WHERE kind = 'other'")
    _allow("chart_event", EVENTS)
    with op.batch_alter_table("site", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("holiday_region")

    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_shift_program_id_pattern_id"), type_="foreignkey")
        batch_op.drop_index("ix_shift_pattern")
        batch_op.drop_column("check_out_at")
        batch_op.drop_column("check_in_at")
        batch_op.drop_column("agreed_start")
        batch_op.drop_column("pattern_id")

    with op.batch_alter_table("rater", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("mails_off_at")
        batch_op.drop_column("locale")
        batch_op.drop_column("email")

    with op.batch_alter_table("participant", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_participant_reads_comments"), type_="check")
        batch_op.drop_column("reads_comments")

    with op.batch_alter_table("job", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_job_once"), type_="unique")
        batch_op.drop_index(
            "ix_job_dead", sqlite_where=sa.text("dead_at IS NOT NULL"), postgresql_where=sa.text("dead_at IS NOT NULL")
        )
        batch_op.drop_column("once")

    with op.batch_alter_table("idempotency_key", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_idempotency_key_one_sender"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_idempotency_key_rater_id_key"), type_="unique")
        batch_op.alter_column("account_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("rater_id")

    with op.batch_alter_table("feedback", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("hurt_at")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("answer")
        batch_op.drop_column("released_at")
        batch_op.drop_column("unlisted")

    with op.batch_alter_table("account", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_column("zone")
        batch_op.drop_column("quiet_until")
        batch_op.drop_column("quiet_from")
        batch_op.drop_column("mails_off")
        batch_op.drop_column("phone")

    with op.batch_alter_table("rater_device", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rater_device_link_id"))

    op.drop_table("rater_device")
    with op.batch_alter_table("held_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_held_entry_waiting",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )

    op.drop_table("held_entry")
    with op.batch_alter_table("shift_pattern", schema=None) as batch_op:
        batch_op.drop_index("ix_shift_pattern_placement")

    op.drop_table("shift_pattern")
    with op.batch_alter_table("rater_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rater_link_placement_id"))

    op.drop_table("rater_link")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("uq_notice_subject")
        batch_op.drop_index(batch_op.f("ix_notice_to_account_id"))
        batch_op.drop_index("ix_notice_person")
        batch_op.drop_index(
            "ix_notice_open", sqlite_where=sa.text("done_at IS NULL"), postgresql_where=sa.text("done_at IS NULL")
        )

    op.drop_table("notice")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_participant_id"))
        batch_op.drop_index("ix_incident_open")

    op.drop_table("incident")
    with op.batch_alter_table("card_line", schema=None) as batch_op:
        batch_op.drop_index("ix_card_line_placement")

    op.drop_table("card_line")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_site_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_feed_rater_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_feed_participant_id"))

    op.drop_table("calendar_feed")
    with op.batch_alter_table("busy", schema=None) as batch_op:
        batch_op.drop_index("ix_busy_person")

    op.drop_table("busy")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index("uq_measure_day")

    op.drop_table("measure")
    with op.batch_alter_table("measure_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_item_participant_id"))

    op.drop_table("measure_item")
