"""Answers to mentions, what users report as wrong, and which offers they follow.

Types are spelled out rather than imported, so that this step stays what it was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Let servers switch answers to mentions off; give reports and follows a place."""
    op.add_column(
        "guilds",
        sa.Column("answers", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.create_table(
        "catalog_reports",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            autoincrement=True,
        ),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_reports"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_catalog_reports_user_id", "catalog_reports", ["user_id"])
    op.create_table(
        "follows",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("destination_channel_id", sa.BigInteger()),
        sa.Column("origin_guild_id", sa.BigInteger()),
        sa.Column("origin_channel_id", sa.BigInteger()),
        sa.Column("origin_parent_id", sa.BigInteger()),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "offer_id", name="pk_follows"),
    )
    op.create_index("ix_follows_offer_id", "follows", ["offer_id", "user_id"])
