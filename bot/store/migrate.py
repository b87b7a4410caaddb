"""Brings a database to the schema that the code knows."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.store.errors import DatabaseTooNew
from bot.store.tables import metadata
from bot.store.work import Database

HEAD = "0005"
"""The newest revision under `migrations/versions`. Here too, so that a start that has nothing to
upgrade doesn't pay for importing alembic. They are numbered, so a newer one compares greater."""

_ADVISORY_LOCK = 0x6770_7573_636F_7574
"""Any number that nobody else locks on this server; these bytes read "gpuscout"."""


async def upgrade(database: Database) -> None:
    """Upgrade the schema if need be, under a lock: several processes may start at once.

    Raises:
        DatabaseTooNew: a newer version of the bot has used it.
    """
    if await database.read(_version) != HEAD:
        await database.write(_upgrade)


def _version(connection: Connection) -> str | None:
    """Return the schema version of the database, None where it is empty.

    Raises:
        DatabaseTooNew: it is newer than `HEAD`.
    """
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    if found is not None and found > HEAD:
        raise DatabaseTooNew(found=found, known=HEAD)
    return found


def _upgrade(connection: Connection) -> None:
    # On SQLite the writer's BEGIN IMMEDIATE is the lock.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    # Again, under the lock: somebody else may have upgraded it meanwhile.
    found = _version(connection)
    if found is None and connection.dialect.name == "sqlite":
        _make(connection)
    elif found != HEAD:
        _run_migrations(connection)


def _make(connection: Connection) -> None:
    """Make the tables of a new file as they are now, without alembic.

    Columns that were added later stand in another order than after an upgrade, and nothing else is
    different: a test compares the two.
    """
    metadata.create_all(connection, checkfirst=False)
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _run_migrations(connection: Connection) -> None:
    # Tens of megabytes and a quarter of a second that only an upgrade needs.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    # The option goes through configparser, where % begins a substitution.
    folder = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
