"""The first tables.

Types are spelled out rather than imported, so that this step stays what it was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables in an empty database."""
    op.create_table(
        "installation",
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint('"row" = 1', name="ck_installation_single"),
        sa.PrimaryKeyConstraint("row", name="pk_installation"),
    )
    op.create_table(
        "users",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("zone", sa.Text()),
        sa.Column("locale", sa.Text()),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("leads", sa.JSON()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_users"),
    )
    op.create_table(
        "guilds",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("channel_ids", sa.JSON(), nullable=False),
        sa.Column("locale", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_guilds"),
    )
    op.create_table(
        "reminders",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("offer_id", sa.Text()),
        sa.Column("ends_at", sa.BigInteger()),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("destination_channel_id", sa.BigInteger()),
        sa.Column("origin_guild_id", sa.BigInteger()),
        sa.Column("origin_channel_id", sa.BigInteger()),
        sa.Column("origin_parent_id", sa.BigInteger()),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminders_owner_id", "reminders", ["owner_id"])
    op.create_table(
        "occurrences",
        sa.Column("reminder_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("snooze_of", sa.Integer()),
        sa.Column("lead_seconds", sa.BigInteger()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger()),
        sa.Column("worker", sa.Text()),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.BigInteger()),
        sa.Column("doubt_since", sa.BigInteger()),
        sa.Column("target_index", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("message_channel_id", sa.BigInteger()),
        sa.Column("settled_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("reminder_id", "number", name="pk_occurrences"),
        sa.ForeignKeyConstraint(
            ["reminder_id"],
            ["reminders.id"],
            name="fk_occurrences_reminders",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_occurrences_next_attempt_at",
        "occurrences",
        ["next_attempt_at"],
        sqlite_where=sa.text("next_attempt_at IS NOT NULL"),
        postgresql_where=sa.text("next_attempt_at IS NOT NULL"),
    )
    op.create_table(
        "dm_channels",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_dm_channels"),
    )
    op.create_table(
        "workers",
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("worker", name="pk_workers"),
    )
    op.create_table(
        "command_registrations",
        sa.Column("application_id", sa.BigInteger(), nullable=False),
        sa.Column("api_base", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("registered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "api_base", name="pk_command_registrations"),
    )
