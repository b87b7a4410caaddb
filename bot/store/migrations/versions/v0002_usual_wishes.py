"""Usual wishes of users.

Types are spelled out rather than imported, so that this step stays what it was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Give users a place for what they usually ask `/gpu recommend` for."""
    op.add_column("users", sa.Column("wishes", sa.JSON()))
