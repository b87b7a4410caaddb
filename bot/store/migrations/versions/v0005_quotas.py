"""What users used of their quotas, what providers said of it, and what is personal about them.

Types are spelled out rather than imported, so that this step stays what it was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables; a session that was promised before began, as far as is known, then."""
    op.create_table(
        "quota_usages",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("gpu", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reminder_id", sa.BigInteger()),
        sa.Column("wished_end", sa.BigInteger()),
        sa.Column("rule", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_quota_usages"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quota_usages_user_id", "quota_usages", ["user_id"])
    op.create_index("ix_quota_usages_reminder_id", "quota_usages", ["reminder_id"])
    op.create_table(
        "quota_readings",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("used", sa.Float(), nullable=False),
        sa.Column("remaining", sa.Float(), nullable=False),
        sa.Column("total", sa.Float(), nullable=False),
        sa.Column("refresh_at", sa.BigInteger()),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "offer_id", name="pk_quota_readings"),
    )
    op.create_table(
        "quota_lockouts",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.PrimaryKeyConstraint("user_id", "offer_id", "since", name="pk_quota_lockouts"),
    )
    op.create_table(
        "quota_settings",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("reset_day", sa.Integer()),
        sa.Column("signed_up", sa.BigInteger()),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("amount", sa.Float()),
        sa.Column("gpu", sa.Text()),
        sa.PrimaryKeyConstraint("user_id", "offer_id", name="pk_quota_settings"),
    )
    op.create_table(
        "quota_watches",
        sa.Column("reminder_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("hushed_until", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("reminder_id", name="pk_quota_watches"),
        sa.ForeignKeyConstraint(
            ["reminder_id"],
            ["reminders.id"],
            name="fk_quota_watches_reminders",
            ondelete="CASCADE",
        ),
    )
    op.add_column("occurrences", sa.Column("topic", sa.Text()))
    op.execute(
        "INSERT INTO quota_usages"
        " (user_id, offer_id, starts_at, ends_at, ended_at, source, reminder_id)"
        " SELECT owner_id, offer_id, created_at, ends_at, cancelled_at, 'session', id"
        " FROM reminders WHERE kind = 'session' AND offer_id IS NOT NULL AND ends_at IS NOT NULL"
    )
