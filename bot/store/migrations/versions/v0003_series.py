"""Series, quiet hours, edits, and reminders about a message.

Types are spelled out rather than imported, so that this step stays what it was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; what is there keeps its meaning without them."""
    op.add_column("users", sa.Column("quiet_start", sa.Integer()))
    op.add_column("users", sa.Column("quiet_end", sa.Integer()))
    op.add_column("reminders", sa.Column("recurrence", sa.Text()))
    op.add_column("reminders", sa.Column("recurs_until", sa.BigInteger()))
    op.add_column("reminders", sa.Column("link", sa.Text()))
    op.add_column(
        "reminders", sa.Column("revision", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("occurrences", sa.Column("planned_for", sa.BigInteger()))
