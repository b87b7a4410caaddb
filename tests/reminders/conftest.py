from tests.databases import (
    clock,
    database_address,
    empty_database,
    postgresql_server,
    postgresql_url,
    sqlite_url,
    store,
)

__all__ = [
    "clock",
    "database_address",
    "empty_database",
    "postgresql_server",
    "postgresql_url",
    "sqlite_url",
    "store",
]
